"""A state file: one connection that writes, one that reads, and bringing it up to date."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from time import time

import aiosqlite

from bot.errors import StateUnavailableError
from bot.process.progress import showing_in_task
from bot.process.sqlite_faults import is_of_the_file
from bot.state.database import Database, Row, Statement
from bot.state.id_marks import marker
from bot.state.sqlite.schema import BUSY_SECONDS, explained, file_version, migrations
from bot.state.sqlite.statement_queue import StatementQueue

log = logging.getLogger(__name__)


class SqliteEngine:
    """Runs what comes at once in one hop to its thread.

    To its statements `mark_of(id)` makes a mark of an id, `unix_now()` tells the time.
    """

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._writer = StatementQueue(writer, writes=True)
        self._reader = StatementQueue(reader, writes=False)

    async def read(self, statement: Statement) -> Sequence[Row]:
        (rows,) = await _run(self._reader, statement)
        return rows

    async def write(self, *statements: Statement) -> Sequence[Sequence[Row]]:
        return await _run(self._writer, *statements)

    async def forget_traces(self) -> None:
        """Write what waits in the log to its place, and empty it.

        Raises StateUnavailableError while somebody reads what was there before.
        """
        # The first never waits; the second does for those who read, and keeps others from writing.
        passive = Statement("PRAGMA wal_checkpoint(PASSIVE)", ())
        (((_is_busy, waiting, written),),) = await self.write(passive)
        is_busy = waiting != written
        if not is_busy:
            (((is_busy, *_log),),) = await self.write(
                Statement("PRAGMA wal_checkpoint(TRUNCATE)", ())
            )
        if is_busy:
            raise StateUnavailableError("another program reads what was deleted")


async def _run(queue: StatementQueue, *statements: Statement) -> Sequence[Sequence[Row]]:
    try:
        return await queue.run(*statements)
    except sqlite3.DatabaseError as error:
        if not is_of_the_file(error):
            raise
        raise StateUnavailableError(str(error)) from error


@asynccontextmanager
async def open_database(path: Path) -> AsyncGenerator[Database]:
    """Open the file, made where there is none, and bring it up to date.

    Raises OperatorError when the file is not ours, damaged, newer than this version or not
    writable, UnavailableError when another process holds it.
    """
    async with AsyncExitStack() as stack:
        try:
            database = Database(await _open(stack, path))
        except (sqlite3.DatabaseError, OSError) as error:
            raise explained(error, path) from error
        yield database


async def _open(stack: AsyncExitStack, path: Path) -> SqliteEngine:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Another program's file is left as it is: it is looked at before anything is written.
    version = await asyncio.to_thread(file_version, path)
    mark_of = await asyncio.to_thread(marker, path.parent)
    writer = await _connected(stack, path, mark_of)
    await _bring_up_to_date(writer, version)
    if version == 0:
        log.info("created the database in %s", path)
    stack.push_async_callback(_optimise, writer)
    reader = await _connected(stack, path, mark_of)
    await reader.execute("PRAGMA query_only = ON")
    return SqliteEngine(writer, reader)


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
    await connection.create_function("unix_now", 0, time)  # pyright: ignore[reportUnknownMemberType]
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
    scripts = migrations()[version:]
    if version and scripts:
        log.info("updating the database from version %d to %d", version, version + len(scripts))
    async with showing_in_task("Updating the database"):
        for _number, script in scripts:
            await _migrate(writer, script)


async def _migrate(writer: aiosqlite.Connection, script: str) -> None:
    try:
        await writer.executescript(script)
    except sqlite3.Error:
        await writer.rollback()
        raise
