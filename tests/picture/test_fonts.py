"""Every sign finds a font that has it."""

import pytest

from bot.picture.fonts import BOLD, REGULAR, is_right_to_left, runs


@pytest.mark.parametrize(
    "text", ["Élan vital", "Привет, мир", "Ελλάδα", "שלום עולם", "مرحبا", "สวัสดี", "नमस्ते", "→ ✓"]
)
def test_many_scripts_are_written_without_a_box(text: str) -> None:
    for family in (REGULAR, BOLD):
        assert "".join(run for run, _name in runs(text, family)) == text


def test_the_direction_is_that_of_the_first_letter() -> None:
    assert is_right_to_left('"שלום" said Ada')
    assert not is_right_to_left("Ada said שלום")
    assert not is_right_to_left("123 …")
