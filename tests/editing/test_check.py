"""Whoever checks packs is told where there is none."""

from pathlib import Path

import pytest

from bot.editing.check import folders_to_check
from bot.errors import OperatorError


def test_a_folder_without_packs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="There is no interview"):
        folders_to_check(tmp_path)
