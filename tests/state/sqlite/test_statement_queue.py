"""What waits at once is written together, and each statement is right or wrong for itself."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import aiosqlite
import pytest

from bot.state.database import Row, Statement
from bot.state.sqlite.statement_queue import StatementQueue

_PUT = "INSERT INTO note (id, words) VALUES (?, ?) RETURNING id"


class Room:
    """A queue, and what SQLite was told to run."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self.connection = connection
        self.queue = StatementQueue(connection, writes=True)
        self.ran: list[str] = []

    async def run(self, sql: str, *values: object) -> list[Row]:
        (rows,) = await self.queue.run(Statement(sql, values))
        return rows

    async def put(self, number: int, words: str | None = "words") -> int:
        ((stored,),) = await self.run(_PUT, number, words)
        return stored

    async def stored(self) -> list[int]:
        rows = await self.run("SELECT id FROM note ORDER BY rowid")
        return [number for (number,) in rows]

    def commits(self) -> int:
        return self.ran.count("COMMIT")


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with aiosqlite.connect(tmp_path / "notes.sqlite3", isolation_level=None) as connection:
        await connection.execute("PRAGMA journal_mode = WAL")
        await connection.execute("CREATE TABLE note (id INTEGER UNIQUE, words TEXT NOT NULL)")
        room = Room(connection)
        await connection.set_trace_callback(room.ran.append)
        yield room


async def test_a_hundred_writes_at_once_take_one_commit(room: Room) -> None:
    numbers = await asyncio.gather(*(room.put(n) for n in range(100)))
    assert numbers == list(range(100)), "each is told of its own"
    assert room.commits() == 1


async def test_one_that_writes_alone_begins_nothing(room: Room) -> None:
    assert await room.put(1) == 1
    assert room.ran == [_PUT.replace("?, ?", "1, 'words'")]


async def test_what_comes_while_others_write_is_written_together_next(room: Room) -> None:
    first = asyncio.create_task(room.put(0))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.gather(first, *(room.put(n) for n in range(1, 50)))
    assert room.commits() == 1
    assert await room.stored() == list(range(50)), "in the order in which they came"


async def test_a_statement_that_fails_fails_alone(room: Room) -> None:
    outcomes = await asyncio.gather(
        room.put(1),
        room.put(1),
        room.put(2, None),
        room.run("SELECT nonsense"),
        room.put(3),
        return_exceptions=True,
    )
    kinds = [type(outcome) for outcome in outcomes]
    assert kinds == [
        int,
        sqlite3.IntegrityError,
        sqlite3.IntegrityError,
        sqlite3.OperationalError,
        int,
    ]
    assert await room.stored() == [1, 3]


async def test_what_a_failed_statement_had_begun_is_undone_with_it(room: Room) -> None:
    await room.put(7)
    many = "INSERT INTO note (id, words) SELECT value, 'many' FROM json_each('[5, 6, 7]')"
    outcomes = await asyncio.gather(
        room.put(1), room.run(many), room.put(2), return_exceptions=True
    )
    assert isinstance(outcomes[1], sqlite3.IntegrityError)
    assert await room.stored() == [7, 1, 2]


async def test_who_is_cancelled_takes_nobody_along(room: Room) -> None:
    writes = [asyncio.create_task(room.put(n)) for n in range(5)]
    await asyncio.sleep(0)
    writes[2].cancel()
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert isinstance(outcomes.pop(2), asyncio.CancelledError)
    assert outcomes == [0, 1, 3, 4]
    assert await room.stored() == [0, 1, 3, 4], "one that has not begun is left out"


async def test_one_whose_waiter_goes_while_it_runs_is_written_all_the_same(room: Room) -> None:
    writes = [asyncio.create_task(room.put(n)) for n in range(3)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    writes[0].cancel()
    await asyncio.gather(*writes, return_exceptions=True)
    assert await room.stored() == [0, 1, 2]


async def test_a_pragma_runs_outside_of_a_transaction_and_in_its_turn(room: Room) -> None:
    _first, ((is_busy, *_pages),), _last = await asyncio.gather(
        room.put(1), room.run("PRAGMA wal_checkpoint(TRUNCATE)"), room.put(2)
    )
    assert not is_busy
    assert room.commits() == 0
    assert await room.stored() == [1, 2]


async def test_where_the_commit_fails_nobody_is_told_that_it_is_written(room: Room) -> None:
    await room.run("PRAGMA foreign_keys = ON")
    await room.run(
        "CREATE TABLE late (id INTEGER REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)"
    )
    outcomes = await asyncio.gather(
        room.put(1), room.run("INSERT INTO late VALUES (9)"), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes] == [sqlite3.IntegrityError] * 2
    assert await room.stored() == []
    assert await room.put(2) == 2, "the next one finds no transaction left open"


async def test_after_the_connection_has_closed_each_is_told_so(room: Room) -> None:
    await room.connection.close()
    outcomes = await asyncio.gather(room.put(1), room.put(2), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [ValueError] * 2
