"""A transcript becomes an interview, or more of one there is."""

from pathlib import Path

import pytest

from bot.editing.check import check
from bot.editing.load import tomorrow
from bot.errors import OperatorError
from bot.interview.audience import SpoilerPolicy, audience
from bot.interview.library.opening import open_library
from bot.interview.loading.plan import Plan
from bot.interview.loading.planning import plan_new
from bot.interview.transcript import SpokenAnswer, SpokenExchange, Transcript
from tests.interview.loading.checkouts import OVEN, SECOND, Checkout
from tests.packs import INTERVIEW, write_pack

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)


def test_a_transcript_adds_to_the_interview_whose_quotes_occur_in_it(checkout: Checkout) -> None:
    plan = checkout.plan()
    assert plan.adds_to == "boat"
    assert [(row["number"], row["text"]) for row in plan.quotes] == [
        (1001, f"Nobody helped. {SECOND}"),
        (1002, "I held the rope."),
        (1003, f"{OVEN} Truly."),
    ]
    assert [row.get("drawn", True) for row in plan.quotes] == [True, False, True]
    assert [row.get("mature", False) for row in plan.quotes] == [True, False, False]


def test_what_is_loaded_comes_on_the_cards_of_later_days(checkout: Checkout) -> None:
    days = {row["since"] for row in checkout.plan().quotes}
    assert days == {tomorrow().isoformat()}
    path = checkout.load() / "quotes.jsonl"
    path.write_text(path.read_text("utf-8").replace(*days, "2026-01-01"), "utf-8")
    assert {row["since"] for row in checkout.plan().quotes} == {"2026-01-01"}, "once, not each time"


async def test_another_interview_becomes_one_of_its_own(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    write_pack(checkout.packs_dir / "boat", interview={**INTERVIEW, "title": "Something else"})
    plan = checkout.plan()
    assert (plan.adds_to, plan.slug) == ("", "two-bakers-on-a-boat")
    folder = checkout.load()
    assert list(check([folder])) == []
    async with open_library(checkout.content()) as library:
        loaded = library.interviews["two-bakers-on-a-boat"]
        assert [person.name for person in loaded.speakers] == ["Ada Example", "Ben Sample"]
        assert [exchange.title for exchange in loaded.exchanges] == [
            "Introduction",
            "How did it begin?",
            "And what about the oven?",
        ]
        assert loaded.outlet == "The Harbour Post"
    assert checkout.load() == folder, "the same interview again takes the same place"


def test_an_interview_that_is_not_there_or_is_another_is_refused(checkout: Checkout) -> None:
    with pytest.raises(OperatorError, match="There's no interview 'ship'"):
        checkout.plan("ship")
    write_pack(checkout.packs_dir / "ship")
    with pytest.raises(OperatorError, match="Most quotes of 'ship' aren't"):
        checkout.plan("ship")


def test_a_name_that_no_button_carries_gets_a_key(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    checkout.packs_dir.mkdir()
    checkout.file.write_text(
        "记者：为什么？\n\n李娜：因为。\n\n记者：怎么做？\n\n李娜：慢慢地。", "utf-8"
    )
    folder = checkout.load()
    assert list(check([folder])) == []
    assert "speaker-1" in (folder / "interview.toml").read_text("utf-8")


def test_what_is_added_has_the_topics_that_the_interview_names(checkout: Checkout) -> None:
    path = checkout.packs_dir / "boat" / "interview.toml"
    path.write_text(path.read_text("utf-8").replace('"bread"', '"rope", "oven"'), "utf-8")
    rows = {row["text"]: row.get("topics") for row in checkout.plan().quotes}
    assert rows["I held the rope."] == ["boats", "rope"], "its exchange's, and what it speaks of"
    assert rows[f"{OVEN} Truly."] is None, "those of its exchange, as they stand there"


def own(folder: Path, text: str) -> Plan:
    checkout = Checkout(folder)
    checkout.packs_dir.mkdir()
    checkout.file.write_text(text, "utf-8")
    return checkout.plan()


def test_an_interview_is_written_in_its_own_language(tmp_path: Path) -> None:
    talk = "Nous avons eu le bateau pendant trois semaines, et puis il était dans l’eau avec nous."
    plan = own(tmp_path, f"Post : Et alors ?\n\nAda : {talk}\n\nPost : Quoi ?\n\nAda : {talk} Oui.")
    assert plan.interview["language"] == "fr"


def test_who_only_has_a_role_is_no_outlet(tmp_path: Path) -> None:
    plan = own(
        tmp_path, "Q: Why?\n\nADA: Because.\n\nQ: How?\n\nADA: Slowly.\n\nQ: So?\n\nADA: So."
    )
    assert plan.interview["outlet"] == "An interview with Ada"
    assert plan.interview["exchanges"][0]["summary"] == "Ada in conversation with an interviewer."


BY = "By Cora Writer\n\n"


@pytest.mark.parametrize(
    ("opening", "asker", "outlet", "byline"),
    [
        (BY, "Cora", "Cora Writer", None),
        (BY, "Q", "Cora Writer", None),
        (BY, "The Harbour Post", "The Harbour Post", "Cora Writer"),
        (f"{BY}Outlet: The Quay\n\n", "Cora", "The Quay", "Cora Writer"),
        ("", "The Harbour Post", "The Harbour Post", None),
    ],
)
def test_an_outlet_is_who_published_it_else_the_whole_byline_never_half_of_it(
    tmp_path: Path, opening: str, asker: str, outlet: str, byline: str | None
) -> None:
    talk = f"{asker}: Why?\n\nADA: Because.\n\n{asker}: How?\n\nADA: Slowly.\n\n{asker}: So?"
    plan = own(tmp_path, f"The oven\n\n{opening}{talk}\n\nADA: So it was.")
    assert (plan.interview["outlet"], plan.interview.get("byline")) == (outlet, byline)


def test_questions_that_cannot_be_told_apart_are_not_guessed(tmp_path: Path) -> None:
    plan = own(
        tmp_path,
        "Post: How did the boat begin?\n\nAda: It did.\n\nPost: Right?\n\nAda: Yes.\n\n"
        "Post: Who baked the bread?\n\nAda: I.\n\nPost: Who baked the bread?\n\nAda: He.",
    )
    rows = plan.interview["exchanges"][1:]
    assert [row.get("guessed", True) for row in rows] == [True, False, False, False]


def test_no_two_people_have_one_key(tmp_path: Path) -> None:
    transcript = Transcript(
        "",
        "Post",
        (
            "Speaker 2",
            "李娜",
            "王芳",
            "Ada Example the First of All",
            "Ada Example the First of Us",
        ),
        (SpokenExchange("Why?", (SpokenAnswer("李娜", ("因为。",)),)),),
    )
    keys = [row["key"] for row in plan_new(transcript, "talk").interview["people"]]
    assert len(set(keys)) == 5
    assert keys[0] == "speaker-2"


def test_a_sentence_that_no_entry_holds_is_cut_at_words(tmp_path: Path) -> None:
    long = " ".join(["flour"] * 900)
    transcript = Transcript(
        "", "Post", ("Ada",), (SpokenExchange("Why?", (SpokenAnswer("Ada", (long,)),)),)
    )
    plan = plan_new(transcript, "talk")
    assert " ".join(row["text"] for row in plan.quotes) == long
    assert " ".join(text for row in plan.answers for text in row["sentences"]) == long
    assert {word for row in plan.quotes for word in row["text"].split()} == {"flour"}


def drawn(plan: Plan) -> list[str]:
    return [row["text"] for row in plan.quotes if row.get("drawn", True)]


def test_a_passage_is_about_what_it_names(tmp_path: Path) -> None:
    sleep = "Sleep came much later than any of us had hoped."
    plan = own(
        tmp_path,
        "Post: What came?\n\nAda: The oven came on Monday, and two ovens came later. "
        f"We lit the oven at once, before noon. {sleep}\n\nPost: And then?\n\nAda: We slept.",
    )
    assert plan.interview["exchanges"][1]["topics"] == ["oven"]
    rows = {row["text"]: row.get("topics", ["oven"]) for row in plan.quotes}
    assert rows["We lit the oven at once, before noon."] == ["oven"]
    assert rows[sleep] == []


def talk_of(*texts: str) -> Transcript:
    exchanges = [SpokenExchange("Why?", (SpokenAnswer("Ada", (text,)),)) for text in texts]
    return Transcript("", "Post", ("Ada",), tuple(exchanges))


def test_of_a_long_interview_only_what_stands_alone_is_drawn() -> None:
    alone = [f"We baked bread number {n} before the tide came in." for n in range(12)]
    plan = plan_new(talk_of("It was in a field behind the old mill.", *alone, "So."), "talk")
    assert drawn(plan) == alone
    assert len(plan.quotes) == 14, "the others are found"


def test_of_a_short_interview_all_that_has_the_length_is_drawn() -> None:
    plan = plan_new(talk_of("It was in a field behind the old mill.", "We baked."), "talk")
    assert drawn(plan) == ["It was in a field behind the old mill."]
    assert drawn(plan_new(talk_of("It was.", "We baked."), "talk")) == ["It was.", "We baked."]
