"""A weak question is a hint, never a mistake."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.cli import ROOT
from bot.editing.check import folders_to_check, hints_at
from tests.interview.pack.conftest import mistakes_in
from tests.packs import question, write_pack

WEAK_QUESTIONS: Sequence[tuple[dict[str, Any], str]] = [
    ({"right": "Yes", "wrong": ["No", "Maybe", "Never"]}, "the answer is yes or no"),
    ({"prompt": "Who is the skipper now?"}, "'now' won't be true for long"),
    ({"prompt": "What is the best loaf?"}, "'best' asks for an opinion"),
    ({"right": "None of these"}, "'none of these' among choices"),
    ({"wrong": ["Flour", "Salt", "A map"]}, "much longer than the wrong ones"),
    ({"explanation": "A jar of starter."}, "only repeats the right answer"),
]


@pytest.mark.parametrize(("fields", "sentence"), WEAK_QUESTIONS)
def test_a_weak_question_is_a_hint_and_no_mistake(
    tmp_path: Path, fields: dict[str, Any], sentence: str
) -> None:
    folder = write_pack(tmp_path / "boat", questions=[question(3), question(4, **fields)])
    assert mistakes_in(folder) == []
    hints = [hint.as_hint() for hint in hints_at([folder])]
    assert len(hints) == 1
    assert hints[0].startswith(f"{folder / 'trivia.toml'}:14: hint: ")
    assert sentence in hints[0]


def test_the_shipped_trivia_needs_no_hint() -> None:
    assert list(hints_at(folders_to_check(ROOT / "data"))) == []
