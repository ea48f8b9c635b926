"""The five kinds: one right choice, wrong ones that are wrong, nothing too long for a button."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interview.lines import split_line
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
from bot.trivia.kinds import Question, statement_of

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
    shown = kinds.who_said(quote(1, "We baked at sea."), interview(ADA, other), "en")
    assert shown is not None
    assert shown.choices == ("Ada Example", "Ada Other")


@pytest.mark.parametrize(
    "speakers", [(ADA,), tuple(Person(f"p{n}", f"P{n} X", is_speaker=True) for n in range(5))]
)
def test_who_said_it_needs_two_to_four_speakers(speakers: Sequence[Person]) -> None:
    assert (
        kinds.who_said(quote(1, "We baked at sea.", speakers[0].key), interview(*speakers), "en")
        is None
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
def test_who_said_it_is_asked_only_of_names(names: Sequence[str], is_right: bool) -> None:
    voices = [Person(f"p{n}", name, is_speaker=True) for n, name in enumerate(names)]
    assert kinds.is_who_said_asked(interview(*voices)) is is_right


def test_a_line_is_offered_with_endings_of_other_lines() -> None:
    lines = [
        quote(1, "We carried the oven down to the quay at dawn."),
        quote(2, "Nobody believed that it could ever float on water."),
        quote(3, "The flour came from a mill behind the old church."),
        quote(4, "In winter we bake for whoever comes rowing past us."),
    ]
    shown = kinds.line_ending(lines[0], lines[1:], random.Random(1), "en")
    assert shown is not None
    assert shown.passage.removesuffix(" …") + " " + shown.choices[shown.right] == lines[0].text
    assert len(set(shown.choices)) == 4
    assert kinds.line_ending(lines[0], lines[1:3], random.Random(1), "en") is None


def test_a_large_letter_does_not_tell_how_a_line_went_on() -> None:
    line = quote(1, "We carried the oven down to the quay at dawn.")
    large = [quote(n, f"Nobody knew the way home at all. Ship {n} did.") for n in range(2, 6)]
    small = [quote(n, f"Nobody knew the way that went home by mill {n}.") for n in range(6, 9)]
    shown = kinds.line_ending(line, [*large, *small], random.Random(1), "en")
    assert shown is not None
    assert all(choice[0].islower() for choice in shown.choices)


def test_which_question_is_asked_offers_other_questions() -> None:
    talk, rng = interview(ADA, BEN), random.Random(1)
    shown = kinds.which_question(quote(1, "We baked at sea."), talk, talk, Spoiler.NONE, rng, "en")
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
        shown = kinds.which_question(oven, talk, talk, Spoiler.NONE, rng, "en")
        assert shown is not None
        assert "Question 1" not in shown.choices


def test_which_question_is_asked_offers_no_spoiler() -> None:
    talk, rng = interview(ADA, BEN), random.Random(1)
    last = replace(talk.exchanges[-1], spoiler=Spoiler.MAJOR)
    talk = replace(talk, exchanges=(*talk.exchanges[:-1], last))
    for number in range(1, 5):
        shown = kinds.which_question(
            quote(1, "So.", exchange=number), talk, talk, Spoiler.MILD, rng, "en"
        )
        assert shown is not None
        assert last.title not in shown.choices
    assert (
        kinds.which_question(quote(1, "So.", exchange=5), talk, talk, Spoiler.MILD, rng, "en")
        is None
    )


def test_which_question_is_asked_of_those_that_their_titles_tell_apart() -> None:
    talk, rng = interview(ADA, BEN), random.Random(1)
    bare = replace(talk.exchanges[2], is_guessed=False)
    talk = replace(talk, exchanges=(*talk.exchanges[:2], bare, *talk.exchanges[3:]))
    for exchange, is_asked in ((1, True), (2, False)):
        shown = kinds.which_question(
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


def test_questions_on_one_fact_state_the_same() -> None:
    fact = Fact("boat", 9, (), 2, "A fact.")
    about = CuratedQuestion("boat", 1, 2, "?", "a", ("b", "c", "d"), "", Difficulty.EASY, about=9)
    assert statement_of(fact) == statement_of(about) != statement_of(QUESTION)
    assert statement_of(quote(9, "x")) != statement_of(fact)


@given(st.lists(st.text(st.characters(categories=("L",)), min_size=1, max_size=12), max_size=60))
def test_a_line_is_split_into_itself(words: list[str]) -> None:
    text = " ".join(words)
    if (split := split_line(text)) is not None:
        start, ending = split
        assert f"{start} {ending}" == " ".join(text.split())
        assert len(ending) <= MAX_CHOICE
        assert len(start.split()) >= 5


def test_a_line_is_not_split_at_a_cut() -> None:
    start, ending = "In winter we baked at sea", "and it was good for all of us."
    assert split_line(f"{start} {ending}") == (start, ending)
    assert split_line(f"{start} […] {ending}") is None, "the start would end with it"
    assert split_line(f"{start} and it […] was good.") is None, "the ending would hold it"
    assert split_line(f"In winter […] {start} {ending}") == (f"In winter […] {start}", ending)
