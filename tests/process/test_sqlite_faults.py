"""What SQLite says is told apart, however closely it says it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.process.sqlite_faults import code_of, is_of_the_disk, is_of_the_file


def error_of(path: Path, script: str) -> sqlite3.Error:
    with pytest.raises(sqlite3.Error) as caught, closing(sqlite3.connect(path)) as database:
        database.executescript(script)
    return caught.value


@pytest.mark.parametrize(
    ("script", "code", "is_disk", "is_file"),
    [
        ("SELECT", sqlite3.SQLITE_ERROR, False, False),
        (
            "CREATE TABLE a (b UNIQUE); INSERT INTO a VALUES (1), (1)",
            sqlite3.SQLITE_CONSTRAINT,
            False,
            False,
        ),
        (
            "PRAGMA max_page_count = 2; CREATE TABLE a (b); INSERT INTO a VALUES (zeroblob(99999))",
            sqlite3.SQLITE_FULL,
            True,
            True,
        ),
        ("PRAGMA query_only = 1; CREATE TABLE a (b)", sqlite3.SQLITE_READONLY, False, True),
    ],
)
def test_a_disk_a_file_and_a_statement_are_told_apart(
    tmp_path: Path, script: str, code: int, is_disk: bool, is_file: bool
) -> None:
    error = error_of(tmp_path / "state.sqlite3", script)
    assert code_of(error) == code
    assert (is_of_the_disk(error), is_of_the_file(error)) == (is_disk, is_file)


def test_a_folder_in_place_of_a_file_is_no_full_disk(tmp_path: Path) -> None:
    error = error_of(tmp_path, "CREATE TABLE a (b)")
    assert (is_of_the_disk(error), is_of_the_file(error)) == (False, True)


def test_what_is_none_of_sqlites_has_no_code() -> None:
    assert code_of(ValueError("ours")) == code_of(None) == 0
