"""Whoever checks packs is told where there is none."""

from pathlib import Path

import pytest

from bot.editing.check import folders_to_check
from bot.editing.preview import Preview, show_preview
from bot.errors import OperatorError


def test_a_folder_without_packs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="There's no interview"):
        folders_to_check(tmp_path)


def test_an_interview_under_another_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "interview.toml.txt").write_text("")
    with pytest.raises(OperatorError, match=r"Rename interview\.toml\.txt: it has to be"):
        folders_to_check(tmp_path)


def test_a_preview_of_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    preview = Preview(tmp_path, tmp_path, 0, pack=tmp_path / "gone")
    with pytest.raises(OperatorError, match="There's no interview in"):
        show_preview(preview, print)
