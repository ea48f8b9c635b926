"""The state database: migrated, ours, and never silently broken."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import OperatorError, StateUnavailableError, UnavailableError
from bot.process.outages import Part
from bot.state.database import Database
from bot.state.sqlite.engine import open_database
from bot.state.sqlite.schema import APPLICATION_ID, migrations
from tests.state.stage import hops


async def pragma(database: Database, name: str) -> int:
    ((value,),) = await database.read(f"PRAGMA {name}")
    return value


async def test_a_new_file_has_the_newest_version(tmp_path: Path) -> None:
    async with open_database(tmp_path / "var" / "state.sqlite3") as database:
        assert await pragma(database, "user_version") == len(migrations())
        assert await pragma(database, "application_id") == APPLICATION_ID


@pytest.mark.parametrize("version", range(len(migrations()) + 1))
async def test_every_earlier_version_is_brought_up_to_date(
    tmp_path: Path, release: Callable[[str], None], version: int
) -> None:
    path = tmp_path / "state.sqlite3"
    with closing(sqlite3.connect(path)) as old:
        for number, script in migrations()[:version]:
            old.executescript(script)
            old.execute(f"PRAGMA user_version = {number}")
            old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.commit()
    release("CREATE TABLE later (a INTEGER) STRICT;")
    async with open_database(path) as database:
        assert await pragma(database, "user_version") == len(migrations())
        tables = await database.read("SELECT name FROM sqlite_schema WHERE type = 'table'")
        names = {name for (name,) in tables}
        assert {"bag", "question", "answer", "command_sync", "later"} <= names


async def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    async with open_database(path) as database:
        await database.write("PRAGMA user_version = 999")
    with pytest.raises(OperatorError, match="written by a newer version"):
        async with open_database(path):
            pass
    with closing(sqlite3.connect(path)) as left:
        assert left.execute("PRAGMA user_version").fetchone() == (999,)


async def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    with pytest.raises(OperatorError, match="another program's database"):
        async with open_database(path):
            pass


async def test_a_damaged_file_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    path.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(OperatorError, match="damaged or not a database") as caught:
        async with open_database(path):
            pass
    assert caught.value.exit_code == 78


async def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where a folder should be")
    with pytest.raises(OperatorError, match="can't be used"):
        async with open_database(tmp_path / "var" / "state.sqlite3"):
            pass


async def test_a_file_that_another_process_holds_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UnavailableError, match="in use by another process"):
            async with open_database(path):
                pass


async def test_a_failed_migration_leaves_nothing_behind(
    tmp_path: Path, release: Callable[[str], None]
) -> None:
    version = len(migrations())
    release("CREATE TABLE half (a); SELECT nonsense;")
    with pytest.raises(OperatorError):
        async with open_database(tmp_path / "state.sqlite3"):
            pass
    with closing(sqlite3.connect(tmp_path / "state.sqlite3")) as left:
        assert left.execute("PRAGMA user_version").fetchone() == (version,)
        assert not left.execute("SELECT 1 FROM sqlite_schema WHERE name = 'half'").fetchall()


async def test_the_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StateUnavailableError, match="readonly"):
        await database.read("DELETE FROM bag")


async def test_a_locked_file_passes(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    path = tmp_path / "state.sqlite3"
    async with open_database(path) as database:
        await database.write("PRAGMA busy_timeout = 0")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _attempt in range(3):
                with pytest.raises(StateUnavailableError, match="locked"):
                    await database.write("DELETE FROM bag")
            assert database.outages.reasons == {Part.STATE: "database is locked"}
        await database.write("DELETE FROM bag")
        assert not database.outages.reasons
    told = [record.message for record in caplog.records if "state database:" in record.message]
    assert len(told) == 2


async def test_a_wrong_statement_is_no_outage(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await database.read("SELECT * FROM nonsense")
    assert not database.outages.reasons


async def test_a_locked_file_is_waited_for_by_one_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "state.sqlite3"
    async with open_database(path) as database:
        await database.write("PRAGMA busy_timeout = 100")
        tries = hops(database, monkeypatch)
        sql = "INSERT INTO member_setting (user_id) VALUES (?)"
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            writes = [database.write(sql, n) for n in range(20)]
            results = await asyncio.gather(*writes, return_exceptions=True)
        assert [type(result) for result in results] == [StateUnavailableError] * 20
        assert len(tries) == 1, "twenty stood in line, and have waited as long"
        await asyncio.gather(*[database.write(sql, n) for n in range(20)])


async def test_much_is_deleted_while_others_write(database: Database) -> None:
    await database.write(
        "WITH RECURSIVE number(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM number LIMIT 5000)"
        " INSERT INTO bag (channel_id, slug, kind, state, used_day)"
        " SELECT n, 'boat', 'quote', '', n % 2 FROM number"
    )
    deleting = asyncio.create_task(
        database.delete("bag", "channel_id, slug, kind", "used_day < :day", day=1)
    )
    await asyncio.sleep(0)
    await database.write("INSERT INTO pulse (id, beats) VALUES (1, 1)")
    assert not deleting.done()
    assert await deleting == 2500
    ((left,),) = await database.read("SELECT count(*) FROM bag")
    assert left == 2500
