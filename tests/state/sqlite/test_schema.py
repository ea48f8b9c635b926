"""A state file is used only where it is ours, whole and not newer, and said to be otherwise."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import OperatorError, UnavailableError
from bot.state.sqlite.engine import open_database
from bot.state.sqlite.schema import file_version, migrations


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    path = tmp_path / "state.sqlite3"
    async with open_database(path):
        pass
    return path


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [number for number, _script in migrations()] == [*range(1, len(migrations()) + 1)]


async def test_a_file_of_ours_has_a_version(path: Path) -> None:
    assert file_version(path) == file_version(path, is_thorough=True) == len(migrations())


def test_where_nothing_is_there_is_no_version_and_nothing_is_made(tmp_path: Path) -> None:
    assert file_version(tmp_path / "state.sqlite3") == 0
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty.sqlite3").touch()
    assert file_version(tmp_path / "empty.sqlite3", is_thorough=True) == 0


@pytest.mark.parametrize(
    ("pragma", "sentence"),
    [
        ("application_id = 1", "copy.zip is another program's database"),
        ("user_version = 999", "copy.zip was written by a newer version of Encore"),
    ],
)
async def test_another_file_is_a_sentence_about_what_its_host_knows(
    path: Path, pragma: str, sentence: str
) -> None:
    with closing(sqlite3.connect(path)) as state:
        state.execute(f"PRAGMA {pragma}")
    before = path.read_bytes()
    with pytest.raises(OperatorError, match=sentence):
        file_version(path, name=Path("copy.zip"))
    assert path.read_bytes() == before


async def test_damage_within_the_file_is_found_by_who_looks_at_all_of_it(path: Path) -> None:
    with closing(sqlite3.connect(path)) as state:
        (page,) = state.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'bag'").fetchone()
        (size,) = state.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"x" * size
    path.write_bytes(content)
    assert file_version(path) == len(migrations())
    with pytest.raises(OperatorError, match="is damaged or not a database"):
        file_version(path, is_thorough=True)


async def test_a_file_that_another_process_holds_may_be_free_later(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as state:
        state.execute("PRAGMA journal_mode = DELETE")
        state.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UnavailableError, match="in use by another process"):
            file_version(path)


async def test_of_each_table_it_is_said_how_large_it_grows(path: Path) -> None:
    with closing(sqlite3.connect(path)) as state:
        rows = state.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    tables = {name for (name,) in rows if not name.startswith("sqlite_")}
    scripts = "".join(script for _number, script in migrations())
    told = set(re.findall(r"^-- (\w+)  +\S", scripts, re.MULTILINE)) | {"game_round", "game_answer"}
    assert tables - told == set(), "say in a migration what bounds it"
