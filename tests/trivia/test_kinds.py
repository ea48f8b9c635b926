"""The six kinds: one right choice, wrong ones that are wrong, nothing too long for a button."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interview.gaps import are_kin, can_hide_any, places_to_hide, tokens_of
from bot.interview.giveaways import is_anybodys
from bot.interview.model import (
    MAX_CHOICE,
    CuratedQuestion,
    Difficulty,
    Exchange,
    Fact,
    Interview,
    Person,
    Quote,
    Spoiler,
)
from bot.trivia import kinds
from bot.trivia.kinds import Question, Source
from bot.trivia.missing_word import GAP, Wordbook
from bot.trivia.quote_kinds import compared, missing_word, which_question, who_said

ADA = Person("ada", "Ada Example", is_speaker=True)
BEN = Person("ben", "Ben Sample", is_speaker=True)
CLEO = Person("cleo", "Cleo Third", is_speaker=True)


def interview(*speakers: Person) -> Interview:
    exchanges = tuple(Exchange(n, f"Question {n}", f"About {n}.") for n in range(6))
    return Interview("boat", "T", "W", "O", "B", "", "en", "", speakers, exchanges)


def quote(number: int, text: str, speaker: str = "ada", exchange: int = 2) -> Quote:
    return Quote("boat", number, exchange, speaker, text)


QUESTION = CuratedQuestion(
    "boat", 4, 2, "What?", "Bread", ("Salt", "Fish", "Rope"), "So.", Difficulty.HARD
)


def test_a_curated_question_shuffles_and_knows_the_right_choice() -> None:
    orders = {kinds.curated(QUESTION, random.Random(n)).choices for n in range(50)}
    assert len(orders) > 10
    shown = kinds.curated(QUESTION, random.Random(1))
    assert shown.choices[shown.right] == "Bread"
    assert sorted(shown.choices) == ["Bread", "Fish", "Rope", "Salt"]


@pytest.mark.parametrize(
    ("people", "right"),
    [
        (("ada",), "Ada"),
        (("ben",), "Ben"),
        (("ada", "ben"), "Both of them"),
        ((), "Neither of them"),
    ],
)
def test_who_is_asked_of_one_both_or_neither(people: tuple[str, ...], right: str) -> None:
    fact = Fact("boat", 1, people, 2, "A fact.", who="Who?")
    shown = kinds.who(fact, interview(ADA, BEN), "en")
    assert shown is not None
    assert shown.choices[shown.right] == right
    assert shown.choices == ("Ada", "Ben", "Both of them", "Neither of them")


def test_a_fact_about_somebody_who_does_not_speak_is_about_neither() -> None:
    dan = Person("dan", "Dan Absent")
    shown = kinds.who(
        Fact("boat", 1, ("dan",), 2, "A fact.", who="Who?"), interview(ADA, BEN, dan), "en"
    )
    assert shown is not None
    assert shown.choices[shown.right] == "Neither of them"


def test_with_three_speakers_who_is_asked_only_of_one() -> None:
    people = interview(ADA, BEN, CLEO)
    one = kinds.who(Fact("boat", 1, ("cleo",), 2, "A fact.", who="Who?"), people, "en")
    two = kinds.who(Fact("boat", 1, ("ada", "cleo"), 2, "A fact.", who="Who?"), people, "en")
    assert one is not None
    assert one.choices[one.right] == "Cleo"
    assert two is None


def test_speakers_of_one_first_name_are_told_apart_by_their_full_names() -> None:
    other = Person("ada-2", "Ada Other", is_speaker=True)
    shown = who_said(quote(1, "We baked at sea."), interview(ADA, other), "en")
    assert shown is not None
    assert shown.choices == ("Ada Example", "Ada Other")


@pytest.mark.parametrize(
    "speakers", [(ADA,), tuple(Person(f"p{n}", f"P{n} X", is_speaker=True) for n in range(5))]
)
def test_who_said_it_needs_two_to_four_speakers(speakers: Sequence[Person]) -> None:
    assert (
        who_said(quote(1, "We baked at sea.", speakers[0].key), interview(*speakers), "en") is None
    )


@pytest.mark.parametrize(
    ("names", "is_right"),
    [
        (("A", "B"), False),
        (("SPEAKER_00", "SPEAKER_01"), False),
        (("Speaker 1", "Speaker 2", "Ada"), False),
        (("Ada", "Speaker 2"), True),
        (("AB", "CD"), True),
    ],
)
@pytest.mark.parametrize("source", [Source.SAID, Source.COMPARE])
def test_voices_are_told_apart_only_by_names(
    source: Source, names: Sequence[str], is_right: bool
) -> None:
    voices = [Person(f"p{n}", name, is_speaker=True) for n, name in enumerate(names)]
    assert kinds.has_speakers_for(source, interview(*voices)) is is_right


LINES = (
    "We carried the heavy oven down to the quay before dawn.",
    "Nobody believed that it could ever cross the water.",
    "They painted the small harbour and married in a barn.",
    "In winter we hurried home along the frozen river.",
    "She buried the letters under a tree in the garden.",
    "He worried about the weather all the way to the island.",
)


def test_a_missing_word_is_offered_among_words_of_its_form() -> None:
    wordbook = Wordbook(LINES)
    shown = missing_word(quote(1, LINES[0]), wordbook, interview(ADA, BEN), random.Random(1), "en")
    assert shown is not None
    assert shown.passage.replace(GAP, shown.choices[shown.right]) == LINES[0]
    assert shown.passage.count(GAP) == 1
    assert shown.choices[shown.right] == "carried"
    assert {choice[-2:] for choice in shown.choices} == {"ed"}
    assert shown.explanation == f"Ada Example: {LINES[0]}"
    few = Wordbook([LINES[0], LINES[3]])
    assert few.hide(LINES[0], random.Random(1)) is None, "only one other looks like it"


def test_a_wrong_word_is_no_form_of_one_that_is_there() -> None:
    lines = (*LINES, "They carried on and carries were buried there by carrying men.")
    for n in range(20):
        gap = Wordbook(lines).hide(LINES[0], random.Random(n))
        if gap is not None:
            words = [token.key for token in tokens_of(LINES[0])]
            assert not [(one, two) for one in gap.wrong for two in words if are_kin(one, two)]


def test_a_word_that_somebody_said_there_is_not_wrong() -> None:
    lines = (*LINES, "They hurried the heavy oven down.", "We married the heavy oven.")
    lines = (*lines, "Some heavily varied cargo tarried on the lorry there.")
    hidden = [Wordbook(lines).hide("Nobody hurried down the quay at all.", random.Random(1))]
    assert not [gap for gap in hidden if gap and gap.word == "quay"]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("We danced and danced until the morning came to us.", ["until", "morning"]),
        ("We went to dance because all the dancers were there.", ["because", "there"]),
        ("Anna saw the ship. Tomorrow it leaves for the north.", ["leaves", "north"]),
        ("It took us exactly 35 days to get to it.", ["exactly", "35"]),
        ("Too short to be guessed, friends.", []),
        ("彼は毎朝六時に起きて海まで走りました。 とても 寒い 日 でも 休み ません でした。", []),
    ],
)
def test_only_the_one_word_of_its_stem_within_a_sentence_is_hidden(
    text: str, hidden: list[str]
) -> None:
    assert [tokens_of(text)[place].word for place in places_to_hide(text)] == hidden
    assert can_hide_any(text) is bool(hidden)


def test_two_lines_on_a_topic_are_compared() -> None:
    one, other = quote(1, "We baked at sea."), quote(2, "I steered through fog.", "ben")
    sides = set[str]()
    for n in range(20):
        shown = compared(one, other, "boats", interview(ADA, BEN), random.Random(n), "en")
        assert shown.prompt == "Ada and Ben on boats: which of these did Ada say?"
        assert shown.passage.split("\n")[shown.right] == one.text
        first, second = ("Ada", "Ben") if shown.right == 0 else ("Ben", "Ada")
        assert shown.explanation == f"{first} said the first, {second} the second."
        sides.add(shown.choices[shown.right])
    assert sides == {"The first", "The second"}


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("We baked bread at sea.", False),
        ("Ada baked bread at sea.", True),
        ("They called me Rye for years.", True),
        ("My character never bakes.", True),
        ("I did not write my characters.", False),
        ("Je n'aime pas mon personnage.", True),
    ],
)
def test_a_line_that_tells_whose_it_is_is_nobody_elses(text: str, is_told: bool) -> None:
    ada = replace(ADA, part="Rye")
    assert is_anybodys(text, interview(ada, BEN)) is not is_told


def test_which_question_is_asked_offers_other_questions() -> None:
    talk, rng = interview(ADA, BEN), random.Random(1)
    shown = which_question(quote(1, "We baked at sea."), talk, talk, Spoiler.NONE, rng, "en")
    assert shown is not None
    assert shown.choices[shown.right] == "Question 2"
    assert len(set(shown.choices)) == 4
    assert "Question 0" not in shown.choices


def test_a_question_about_the_same_is_no_wrong_choice() -> None:
    talk = interview(ADA, BEN)
    about = {1: ("oven",), 2: ("oven", "boat")}
    exchanges = (replace(one, topics=about.get(one.number, ())) for one in talk.exchanges)
    talk = replace(talk, exchanges=tuple(exchanges))
    oven = replace(quote(1, "We carried the oven."), topics=("oven",))
    for seed in range(9):
        rng = random.Random(seed)
        shown = which_question(oven, talk, talk, Spoiler.NONE, rng, "en")
        assert shown is not None
        assert "Question 1" not in shown.choices


def test_which_question_is_not_asked_where_the_line_repeats_it() -> None:
    talk, rng = interview(ADA, BEN), random.Random(1)
    line = quote(1, "All my questions were about bread.")
    assert which_question(line, talk, talk, Spoiler.NONE, rng, "en") is None


def test_which_question_is_asked_offers_no_spoiler() -> None:
    talk, rng = interview(ADA, BEN), random.Random(1)
    last = replace(talk.exchanges[-1], spoiler=Spoiler.MAJOR)
    talk = replace(talk, exchanges=(*talk.exchanges[:-1], last))
    for number in range(1, 5):
        shown = which_question(
            quote(1, "So.", exchange=number), talk, talk, Spoiler.MILD, rng, "en"
        )
        assert shown is not None
        assert last.title not in shown.choices
    assert which_question(quote(1, "So.", exchange=5), talk, talk, Spoiler.MILD, rng, "en") is None


def test_which_question_is_asked_of_those_that_their_titles_tell_apart() -> None:
    talk, rng = interview(ADA, BEN), random.Random(1)
    bare = replace(talk.exchanges[2], is_guessed=False)
    talk = replace(talk, exchanges=(*talk.exchanges[:2], bare, *talk.exchanges[3:]))
    for exchange, is_asked in ((1, True), (2, False)):
        shown = which_question(
            quote(1, "So.", exchange=exchange), talk, talk, Spoiler.NONE, rng, "en"
        )
        assert (shown is not None) is is_asked
        assert shown is None or bare.title not in shown.choices


def test_true_or_false_shows_either_version() -> None:
    fact = Fact("boat", 1, (), 2, "It floats.", false_version="It sinks.", explanation="It floats.")
    shown = [kinds.true_or_false(fact, random.Random(n), "en") for n in range(20)]
    seen = {(one.passage, one.choices[one.right]) for one in shown if one}
    assert seen == {("It floats.", "True"), ("It sinks.", "False")}


def test_what_was_shown_is_stored_and_read_again() -> None:
    shown = kinds.curated(QUESTION, random.Random(1))
    assert Question.from_json(shown.stored().document) == shown


EARLIER = """{"slug": "boat", "source": "line", "number": 3, "difficulty": "hard", "right": 1,
"prompt": "How did this go on?", "passage": "We carried the oven down …", "explanation": "So.",
"choices": ["in a barn.", "to the quay."], "exchange": 2, "statement": "quote:3"}"""


def test_a_question_of_before_the_missing_word_is_read_as_it_was_shown() -> None:
    shown = Question.from_json(EARLIER)
    assert shown.choices[shown.right] == "to the quay."
    assert shown.stored().kind == kinds.Kind.LINE == "line"
    assert shown.item == "line:3"


def test_questions_on_one_fact_state_the_same() -> None:
    fact = Fact("boat", 9, (), 2, "A fact.")
    about = CuratedQuestion("boat", 1, 2, "?", "a", ("b", "c", "d"), "", Difficulty.EASY, about=9)
    assert fact.statement == about.statement != QUESTION.statement
    assert quote(9, "x").statement != fact.statement


@given(st.lists(st.text(min_size=1, max_size=12), max_size=60), st.integers(0, 9))
def test_whatever_a_line_holds_its_gap_is_filled_by_the_hidden_word(
    words: list[str], seed: int
) -> None:
    text = " ".join(words)
    gap = Wordbook([text, *LINES]).hide(text, random.Random(seed))
    if gap is not None:
        assert gap.passage.replace(GAP, gap.word, 1) == " ".join(text.split())
        assert len({gap.word, *gap.wrong}) == 4
        assert all(len(word) <= MAX_CHOICE for word in (gap.word, *gap.wrong))
