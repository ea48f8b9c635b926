"""A state is opened never over what is missing, never without a way back."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.hosting.restore import restore
from bot.interview.audience import SpoilerPolicy
from bot.state.copies.backups import dated_backups, make_todays_backup
from bot.state.paths import state_path
from bot.state.sqlite.schema import migrations
from tests.state.data_folder import chosen_in


async def test_there_is_a_copy_before_a_migration(
    data_dir: Path, release: Callable[[str], None]
) -> None:
    version = len(migrations())
    assert dated_backups(data_dir) == []
    release("CREATE TABLE later (a INTEGER) STRICT;")
    assert await chosen_in(data_dir) is SpoilerPolicy.HIDE
    with closing(sqlite3.connect(state_path(data_dir))) as state:
        assert state.execute("SELECT * FROM later").fetchall() == []
    (copy,) = dated_backups(data_dir)
    assert f"version-{version}" in copy.name
    assert restore(copy, data_dir / "again").former is None


async def test_a_file_that_went_missing_is_not_begun_anew(data_dir: Path) -> None:
    make_todays_backup(data_dir)
    for file in data_dir.glob("state.sqlite3*"):
        file.unlink()
    with pytest.raises(OperatorError, match=r"has gone missing.*restore"):
        await chosen_in(data_dir)
    assert not state_path(data_dir).exists()
    restore(dated_backups(data_dir)[-1], data_dir)
    assert await chosen_in(data_dir) is SpoilerPolicy.HIDE
