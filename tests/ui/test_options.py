"""What autocomplete offers, in which order, and how much of it."""

from bot.ui.options import MAX_CHOICES, matching


def names(typed: str, *choices: str) -> list[str]:
    return [choice.name for choice in matching(choices, typed)]


def test_what_begins_so_comes_before_a_word_that_does_and_what_only_holds_it() -> None:
    assert names("ann", "Johanna Bach", "Mary Anne", "Anna Maiche", "Bob") == [
        "Anna Maiche",
        "Mary Anne",
        "Johanna Bach",
    ]


def test_case_accents_and_width_do_not_count() -> None:
    assert names("ÉL", "Elodie", "Bob") == ["Elodie"]
    assert names("ｅｌ", "Élodie") == ["Élodie"]


def test_signs_are_letters_like_others() -> None:
    assert names("(", "A (b)", "C") == ["A (b)"]
    assert names(".*", "A", "C") == []


def test_another_name_counts_and_the_value_is_sent() -> None:
    offered = matching(("Casimere", "Anna"), "bet", ("c", "a"), (("Bette",), ("Cassie",)))
    assert [(choice.name, choice.value) for choice in offered] == [("Casimere", "c")]


def test_no_more_is_offered_than_discord_takes() -> None:
    many = [f"Person {n}" for n in range(100)]
    assert len(names("", *many)) == len(names("pers", *many)) == MAX_CHOICES
    assert names("x" * 6000, *many) == []
