"""What is copied is all of one moment, whoever writes meanwhile, or nothing."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest

from bot.errors import OperatorError, UnavailableError
from bot.state.copies import copying
from bot.state.copies.copying import Arrival, copy_from_file, copy_to_file
from bot.state.postgresql import schema
from bot.state.sqlite.schema import check_tables, file_version, migrations
from tests.full_disk import full_disk
from tests.state.any_state import Kinds, Rows, make_state, rows_in
from tests.state.postgresql import talk

ONLY_THERE = {"encore", "mark_key"}
"""What PostgreSQL alone has, and no copy."""
ARRIVAL = Arrival("a copy", b"j" * 32)


@pytest.fixture
async def kinds(here: asyncpg.Connection) -> Kinds:
    rows = await here.fetch(
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " JOIN information_schema.tables USING (table_schema, table_name)"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
    )
    return {(table, column): kind for table, column, kind in rows}


@pytest.fixture
async def state(kinds: Kinds, tmp_path: Path) -> Path:
    """Give a file that has something in each table."""
    make_state(tmp_path / "state.sqlite3", kinds, seed=7)
    return tmp_path / "state.sqlite3"


async def _rows(url: str, tmp_path: Path) -> Rows:
    path = tmp_path / "rows.sqlite3"
    path.unlink(missing_ok=True)
    await copy_to_file(url, path)
    return rows_in(path)


def test_a_migration_of_one_engine_has_one_of_the_other() -> None:
    """A copy of a database of an earlier version is a file of the version that belongs to it."""
    assert len(migrations()) - len(schema.migrations()) == 8


async def test_each_table_that_both_have_is_copied(
    state: Path, kinds: Kinds, database_url: str, tmp_path: Path
) -> None:
    before = rows_in(state)
    assert {table for table, _column in kinds} - ONLY_THERE == before.keys()
    await copy_from_file(state, database_url, ARRIVAL)
    assert await copy_to_file(database_url, tmp_path / "copy.sqlite3") == b"j" * 32
    assert rows_in(tmp_path / "copy.sqlite3") == before
    version = file_version(tmp_path / "copy.sqlite3", is_thorough=True)
    assert version == len(migrations())
    check_tables(tmp_path / "copy.sqlite3", version, name=tmp_path)


async def test_the_rules_hold_again_for_what_comes_after_a_copy(
    here: asyncpg.Connection, database_url: str, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(tmp_path / "state.sqlite3")) as file:
        for _number, script in migrations():
            file.executescript(script)
        file.execute(talk.question(700, "curated:1"))
        file.commit()
    await copy_from_file(tmp_path / "state.sqlite3", database_url, ARRIVAL)
    await here.execute(talk.answer(700, 7, 0))
    assert await here.fetchval("SELECT answered FROM score WHERE period = 'ever'") == 1
    sql = talk.question(0, "curated:2").replace("(id, ", "(").replace("(0, ", "(")
    assert await here.fetchval(f"{sql} RETURNING id") == 701
    await copy_to_file(database_url, tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as file:
        file.execute(talk.answer(701, 7, 0))
        assert file.execute("SELECT answered FROM score WHERE period = 'ever'").fetchone() == (2,)


async def test_a_copy_is_of_one_moment_while_others_write(
    here: asyncpg.Connection, database_url: str, tmp_path: Path
) -> None:
    for number in range(1, 400):
        await here.execute(talk.question(number, f"curated:{number}"))
    counts: list[int] = []

    async def answer() -> None:
        for number in range(1, 400):
            await here.execute(talk.answer(number, 7, number % 4))

    answering = asyncio.create_task(answer())
    while not answering.done():
        path = tmp_path / f"{len(counts)}.sqlite3"
        await copy_to_file(database_url, path)
        with closing(sqlite3.connect(path)) as file:
            (count, points), (right,) = (
                file.execute("SELECT count(*), sum(points) FROM answer").fetchone(),
                file.execute("SELECT coalesce(sum(right_count), 0) FROM question").fetchone(),
            )
            sums = file.execute(
                "SELECT answered, points, right_count FROM score WHERE period = 'ever'"
            ).fetchone()
        assert sums in ((count, points, right), None)
        counts.append(count)
    assert len({*counts}) > 2, "it has to be copied in between"
    await answering


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO kind_score VALUES (1, 2, 'who', 1099511627776, 1)",
        "INSERT INTO saved VALUES (1, char(66, 0, 67), 1, 1)",
        "UPDATE OR IGNORE game_player SET game_id = 424242",
    ],
)
async def test_what_postgresql_cannot_hold_is_told_and_changes_nothing(
    state: Path, database_url: str, tmp_path: Path, change: str
) -> None:
    await copy_from_file(state, database_url, ARRIVAL)
    before = await _rows(database_url, tmp_path)
    with closing(sqlite3.connect(state)) as file:
        file.execute(change)
        file.commit()
    with pytest.raises(OperatorError, match="PostgreSQL doesn't take what this backup holds"):
        await copy_from_file(state, database_url, Arrival("another", b"x" * 32))
    assert await _rows(database_url, tmp_path) == before


async def test_a_table_that_somebody_uses_for_long_is_told(
    state: Path,
    here: asyncpg.Connection,
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(copying, "_LOCK_TIMEOUT", "50ms")
    async with here.transaction():
        await here.fetch("SELECT * FROM saved")
        with pytest.raises(UnavailableError, match="Another program is using"):
            await copy_from_file(state, database_url, ARRIVAL)
    await copy_from_file(state, database_url, ARRIVAL)


async def test_a_copy_that_is_cancelled_at_any_moment_is_all_there_or_not_at_all(
    state: Path, kinds: Kinds, database_url: str, tmp_path: Path
) -> None:
    await copy_from_file(state, database_url, ARRIVAL)
    before = rows_in(state)
    make_state(tmp_path / "other.sqlite3", kinds, seed=8)
    after, outcomes = rows_in(tmp_path / "other.sqlite3"), set[bool]()
    for moment in range(0, 120, 6):
        copy = copy_from_file(tmp_path / "other.sqlite3", database_url, Arrival("b", b"x" * 32))
        copying_it = asyncio.create_task(copy)
        await asyncio.wait([copying_it], timeout=moment / 1000)
        copying_it.cancel()
        await asyncio.gather(copying_it, return_exceptions=True)
        rows = await _rows(database_url, tmp_path)
        assert rows in (before, after)
        outcomes.add(rows == after)
        await copy_from_file(state, database_url, ARRIVAL)
    assert False in outcomes


async def test_a_full_disk_is_told_by_who_copies_to_it(
    here: asyncpg.Connection, database_url: str, tmp_path: Path
) -> None:
    await here.execute(talk.question(1, "curated:1"))
    with full_disk(), pytest.raises(sqlite3.Error):
        await copy_to_file(database_url, tmp_path / "copy.sqlite3")


async def test_a_database_in_which_nothing_is_yet_has_no_copy(
    database_url: str, tmp_path: Path
) -> None:
    with pytest.raises(OperatorError, match="There's nothing to back up"):
        await copy_to_file(database_url, tmp_path / "copy.sqlite3")
