"""Answers that stand in another item about the same matter are hints, unless a pack says so."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.interview.hints.conftest import hints_in
from tests.packs import fact, question, write_pack

ASKED = question(
    1,
    prompt="Which harbour did the skipper choose for repairs?",
    right="Old Marlow",
    wrong=["Far Quay", "Salt End", "Low Stairs"],
    explanation="The mast was mended there.",
)
TELLING = question(
    2,
    prompt="How long did repairs take in the harbour?",
    right="A month",
    wrong=["A week", "A day", "A year"],
    explanation="The skipper waited in Old Marlow until spring.",
)
TELLING_FACT = fact(
    1,
    text="For repairs the skipper went to a harbour that he hated, Old Marlow.",
    who="Who hated it?",
    false_version="For repairs the skipper went home.",
    explanation="He hated it.",
)
WORDS = ["rye", "oats", "salt", "ropes", "sails", "lamps", "nets", "paint", "coal", "soap"]


def _others(first: int) -> list[dict[str, Any]]:
    """Make items about anything else, so that some words are seldom."""
    return [
        question(
            n,
            prompt=f"How was {word} kept dry on board in winter number {n}?",
            right=f"Under {word}",
            wrong=["In a box", "On a shelf", "In the hold"],
            explanation=f"Nobody touched it before {n} o'clock.",
        )
        for n, word in enumerate(WORDS * 4, first)
    ]


def _hints(
    folder: Path, questions: Sequence[dict[str, Any]], facts: Sequence[dict[str, Any]] = ()
) -> list[str]:
    hints = hints_in(write_pack(folder, questions=[*questions, *_others(10)], facts=facts))
    return [hint for hint in hints if "away the answer" in hint]


def test_an_answer_that_another_question_tells_is_a_hint(tmp_path: Path) -> None:
    assert _hints(tmp_path / "boat", [ASKED, TELLING]) == [
        "trivia.toml:5: question 2 gives away the answer 'Old Marlow';"
        " reword one of them, or set not_with = [2]"
    ]


def test_an_answer_that_a_fact_tells_is_a_hint(tmp_path: Path) -> None:
    assert _hints(tmp_path / "boat", [ASKED], [TELLING_FACT]) == [
        "trivia.toml:5: fact 1 gives away the answer 'Old Marlow';"
        " reword one of them, or set about to the fact that is asked for"
    ]


@pytest.mark.parametrize(
    ("questions", "facts"),
    [
        ([{**ASKED, "not_with": [2]}, TELLING], []),
        ([ASKED, {**TELLING, "not_with": [1]}], []),
        ([{**ASKED, "about": 1}, {**TELLING, "about": 1}], [TELLING_FACT]),
        ([ASKED, {**TELLING, "withdrawn": True}], []),
        ([ASKED], [{"number": 1, "people": [], "exchange": 1, "text": TELLING_FACT["text"]}]),
    ],
    ids=["not_with", "said by the other", "about", "withdrawn", "a fact that nothing asks"],
)
def test_what_never_comes_in_one_game_gives_nothing_away(
    tmp_path: Path, questions: list[dict[str, Any]], facts: list[dict[str, Any]]
) -> None:
    assert _hints(tmp_path / "boat", questions, facts) == []


def test_an_answer_that_stands_in_another_matter_is_none(tmp_path: Path) -> None:
    other = {**TELLING, "prompt": "Where was the first loaf sold?", "explanation": "In Old Marlow."}
    assert _hints(tmp_path / "boat", [ASKED, other]) == []


def test_a_number_stands_in_other_texts_by_chance(tmp_path: Path) -> None:
    asked = {**ASKED, "right": "Three", "prompt": "How many harbours did they try?"}
    other = {**TELLING, "explanation": "Three of the harbours were closed."}
    assert _hints(tmp_path / "boat", [asked, other]) == []


@pytest.mark.parametrize("right", ["A man who can also be it", "In one day"])
def test_an_answer_of_small_words_has_to_stand_there_as_it_is(tmp_path: Path, right: str) -> None:
    asked = {**ASKED, "right": right}
    scattered = {**TELLING, "explanation": "It can be a man in a day, also who chose one: skipper."}
    whole = {**TELLING, "explanation": f"The skipper chose it: {right}."}
    assert _hints(tmp_path / "boat", [asked, scattered]) == []
    assert len(_hints(tmp_path / "boat", [asked, whole])) == 1


def test_where_a_question_names_its_fact_another_fact_is_to_be_reworded(tmp_path: Path) -> None:
    own = fact(2, text="The skipper chose it.", who="Who chose it?")
    (hint,) = _hints(tmp_path / "boat", [{**ASKED, "about": 2}], [TELLING_FACT, own])
    assert hint.endswith("gives away the answer 'Old Marlow'; reword one of them")


def test_what_is_to_be_kept_apart_already_stays_so(tmp_path: Path) -> None:
    (hint,) = _hints(tmp_path / "boat", [{**ASKED, "not_with": [12]}, TELLING])
    assert hint.endswith("set not_with = [12, 2]")


def test_a_seldom_word_in_another_question_of_that_exchange_is_a_hint(tmp_path: Path) -> None:
    other = {**TELLING, "prompt": "Who sang at night in Old Marlow?", "explanation": "A tenor."}
    (hint,) = _hints(tmp_path / "boat", [ASKED, other])
    assert "question 2 gives away the answer 'Old Marlow'" in hint
    elsewhere = {**other, "exchange": 3}
    assert _hints(tmp_path / "boat", [ASKED, elsewhere]) == []
