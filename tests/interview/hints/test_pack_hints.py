"""A weak question is a hint, never a mistake."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.cli.checkout import ROOT
from bot.editing.check import folders_to_check, hints_at
from bot.interview.pack.mistakes import MAX_HINTS
from tests.interview.pack.conftest import mistakes_in
from tests.packs import question, quote, write_pack

WEAK_QUESTIONS: Sequence[tuple[dict[str, Any], str, str]] = [
    ({"right": "Yes", "wrong": ["No", "Maybe", "Never"]}, "the answer is yes or no", "18:9"),
    ({"prompt": "Who is the skipper now?"}, "'now' won't be true for long", "17:10"),
    ({"prompt": "What is the best loaf?"}, "'best' asks for an opinion", "17:10"),
    ({"right": "None of these"}, "'none of these' among choices", "18:9"),
    ({"wrong": ["Flour", "Salt", "A map"]}, "much longer than the wrong ones", "18:9"),
    ({"right": "A jar of cold old rye starter"}, "much longer than the wrong ones", "18:9"),
    (
        {"right": "A jar", "wrong": ["A bag of rye flour", "A tin of sea salt", "A map of it all"]},
        "much shorter than the wrong ones",
        "18:9",
    ),
    (
        {"right": "The 3 jars of starter"},
        "only 'The 3 jars of starter' is a number; write all",
        "18:9",
    ),
    (
        {"right": "A row of jars", "wrong": ["A set of 12", "A pair of 2", "Shelf 3"]},
        "only 'A row of jars' is no number; write all four alike, or the right answer",
        "18:9",
    ),
    (
        {"right": "A jar", "wrong": ["Flour", "Salt", "3"]},
        "only '3' is a number; write all four alike, or it is ruled out",
        "22:5",
    ),
    ({"right": "It was all gone."}, "only 'It was all gone.' ends as a sentence does", "18:9"),
    ({"right": "'The loaf of lore'"}, "is in quotation marks", "18:9"),
    ({"right": "a jar of starter"}, "only 'a jar of starter' begins with a small letter", "18:9"),
    ({"explanation": "A jar of starter."}, "only repeats the right answer", "24:15"),
]


@pytest.mark.parametrize(("fields", "sentence", "place"), WEAK_QUESTIONS)
def test_a_weak_question_is_a_hint_and_no_mistake(
    tmp_path: Path, fields: dict[str, Any], sentence: str, place: str
) -> None:
    folder = write_pack(tmp_path / "boat", questions=[question(3), question(4, **fields)])
    assert mistakes_in(folder) == []
    hints = [hint.as_hint() for hint in hints_at([folder])]
    assert len(hints) == 1
    assert hints[0].startswith(f"{folder / 'trivia.toml'}:{place}: hint: ")
    assert sentence in hints[0]


@pytest.mark.parametrize(
    "choices",
    [
        ["Chicago", "L.A.", "Toronto", "New York"],
        ["Three", "One", "Two", "Ten"],
        ["3", "12", "7", "2020"],
        ["In 3 days", "At once", "2 weeks later", "Never"],
        ["Until 3 a.m.", "Until 1 a.m.", "Until 5 a.m.", "Until midnight"],
        ["That's not how it goes", "Who taught them that?", "I can do it", "They need help"],
    ],
)
def test_choices_of_one_kind_need_no_hint(tmp_path: Path, choices: list[str]) -> None:
    right, *wrong = choices
    folder = write_pack(tmp_path / "boat", questions=[question(1, right=right, wrong=wrong)])
    assert list(hints_at([folder])) == []


def test_the_shipped_choices_need_no_hint() -> None:
    hints = hints_at(folders_to_check(ROOT / "data"))
    at_trivia = [hint.sentence() for hint in hints if hint.path.name == "trivia.toml"]
    assert [sentence for sentence in at_trivia if "away the answer" not in sentence] == []


def test_of_one_sort_no_more_hints_are_told_than_somebody_reads(tmp_path: Path) -> None:
    quotes = [quote(n, text=f"They brought loaf {n} to the quay.") for n in range(1, 81)]
    folder = write_pack(tmp_path / "boat", quotes=quotes)
    hints = [hint.sentence() for hint in hints_at([folder])]
    assert len(hints) == MAX_HINTS + 1
    assert hints[-1] == "30 more are like those above; fix those first"
