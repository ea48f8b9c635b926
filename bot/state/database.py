"""The state database: one connection that writes, one that reads, and bringing it up to date."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import Final

import aiosqlite

from bot.errors import StateUnavailableError
from bot.process.outages import Outages, Part
from bot.process.sqlite_faults import is_of_the_file
from bot.state.id_marks import marker
from bot.state.schema import BUSY_SECONDS, explained, file_version, migrations
from bot.state.statement_queue import Parameters, Row, StatementQueue

log = logging.getLogger(__name__)

# Deleted within some milliseconds, so that no press waits.
_AT_ONCE: Final = 500


class Database:
    """Runs one statement a call, and those that come at once in one hop to its thread.

    A statement names its parameters (`:user_id`), or has them in their order (`?`); `mark_of(id)`
    makes a mark of an id. Every write is a single statement and therefore atomic, also when its
    caller is cancelled. Raises StateUnavailableError where the file cannot be used.
    """

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._writer = StatementQueue(writer, writes=True)
        self._reader = StatementQueue(reader, writes=False)
        self.waited: Callable[[float], None] | None = None
        """Told of each statement how many seconds it took, the wait for its turn included."""
        self.outages = Outages()
        """Told when the file cannot be used, and when it can be again."""

    async def read(self, sql: str, /, *values: object, **named: object) -> list[Row]:
        return await self._run(self._reader, sql, named or values)

    async def write(self, sql: str, /, *values: object, **named: object) -> list[Row]:
        """Run a statement that changes something; its rows are those of RETURNING."""
        return await self._run(self._writer, sql, named or values)

    async def delete(self, table: str, key: str, where: str, /, **named: object) -> int:
        """Delete rows, a few at a time: others write in between; gives how many.

        `key` are the columns of the primary key.
        """
        sql = (
            f"DELETE FROM {table} WHERE ({key})"  # noqa: S608 - our own words
            f" IN (SELECT {key} FROM {table} WHERE {where} LIMIT {_AT_ONCE}) RETURNING 1"
        )
        count = 0
        while rows := await self.write(sql, **named):
            count += len(rows)
        return count

    async def _run(self, queue: StatementQueue, sql: str, parameters: Parameters) -> list[Row]:
        began = perf_counter()
        try:
            rows = await queue.run(sql, parameters)
        except sqlite3.DatabaseError as error:
            if not is_of_the_file(error):
                raise
            self.outages.begin(Part.STATE, error)
            raise StateUnavailableError(str(error)) from error
        finally:
            if self.waited is not None:
                self.waited(perf_counter() - began)
        if queue is self._writer:
            self.outages.end(Part.STATE)
        return rows


@asynccontextmanager
async def open_database(path: Path) -> AsyncGenerator[Database]:
    """Open the file, made where there is none, and bring it up to date.

    Raises OperatorError when the file is not ours, damaged, newer than this version or not
    writable, UnavailableError when another process holds it.
    """
    async with AsyncExitStack() as stack:
        try:
            database = await _open(stack, path)
        except (sqlite3.DatabaseError, OSError) as error:
            raise explained(error, path) from error
        yield database


async def _open(stack: AsyncExitStack, path: Path) -> Database:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Another program's file is left as it is: it is looked at before anything is written.
    version = await asyncio.to_thread(file_version, path)
    mark_of = await asyncio.to_thread(marker, path.parent)
    writer = await _connected(stack, path, mark_of)
    await _bring_up_to_date(writer, version)
    stack.push_async_callback(_optimise, writer)
    reader = await _connected(stack, path, mark_of)
    await reader.execute("PRAGMA query_only = ON")
    return Database(writer, reader)


async def _optimise(writer: aiosqlite.Connection) -> None:
    # It makes the next start faster, and is no reason for this one to end with an error.
    with suppress(sqlite3.Error):
        await writer.execute("PRAGMA optimize")


async def _connected(
    stack: AsyncExitStack, path: Path, mark_of: Callable[[int], str]
) -> aiosqlite.Connection:
    connection = await stack.enter_async_context(
        aiosqlite.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    )
    connection.row_factory = sqlite3.Row
    # The library leaves open what a function gives.
    await connection.create_function("mark_of", 1, mark_of, deterministic=True)  # pyright: ignore[reportUnknownMemberType]
    return connection


async def _bring_up_to_date(writer: aiosqlite.Connection, version: int) -> None:
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "secure_delete = ON",
    ):
        await writer.execute(f"PRAGMA {pragma}")
    for number, script in migrations()[version:]:
        log.info("updating the database to version %d", number)
        await _migrate(writer, script)


async def _migrate(writer: aiosqlite.Connection, script: str) -> None:
    try:
        await writer.executescript(script)
    except sqlite3.Error:
        await writer.rollback()
        raise
