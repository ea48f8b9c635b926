"""The state database: one connection that writes, one that reads, and its migrations."""

import logging
import sqlite3
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import aiosqlite

from bot.errors import OperatorError, UnavailableError
from bot.text import _

log = logging.getLogger(__name__)

APPLICATION_ID: Final = 0x456E6372
_MIGRATIONS: Final = Path(__file__).with_name("migrations")
_BUSY_TIMEOUT_MS: Final = 2000


Row = tuple[Any, ...]
"""Columns in the order of the statement; the functions over it give them types."""


class Database:
    """Runs one statement a call, each in one hop to its thread.

    Every write is a single statement and therefore atomic, also when its caller is cancelled.
    """

    def __init__(self, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self._writer = writer
        self._reader = reader
        self.waited: Callable[[float], None] | None = None
        """Told of each statement how many seconds it took, the wait for its turn included."""

    async def read(self, sql: str, *parameters: object) -> list[Row]:
        return await self._run(self._reader, sql, parameters)

    async def write(self, sql: str, *parameters: object) -> list[Row]:
        """Run a statement that changes something; its rows are those of RETURNING."""
        return await self._run(self._writer, sql, parameters)

    async def _run(
        self, connection: aiosqlite.Connection, sql: str, parameters: tuple[object, ...]
    ) -> list[Row]:
        if self.waited is None:
            return _tuples(await connection.execute_fetchall(sql, parameters))
        began = perf_counter()
        try:
            return _tuples(await connection.execute_fetchall(sql, parameters))
        finally:
            self.waited(perf_counter() - began)


def _tuples(rows: object) -> list[Row]:
    # aiosqlite types rows as sqlite3.Row, but without a row factory they are plain tuples.
    return rows  # type: ignore[return-value]


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
            raise _explained(error, path) from error
        yield database


async def _open(stack: AsyncExitStack, path: Path) -> Database:
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = await stack.enter_async_context(aiosqlite.connect(path, isolation_level=None))
    await _prepare(writer, path)
    stack.push_async_callback(writer.execute, "PRAGMA optimize")
    reader = await stack.enter_async_context(aiosqlite.connect(path, isolation_level=None))
    await reader.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    await reader.execute("PRAGMA query_only = ON")
    return Database(writer, reader)


async def _prepare(writer: aiosqlite.Connection, path: Path) -> None:
    await writer.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    # Another program's file is left as it is.
    version = await _version(writer, path)
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "secure_delete = ON",
    ):
        await writer.execute(f"PRAGMA {pragma}")
    for number, script in migrations()[version:]:
        log.info("migrating the state database to version %d", number)
        await _migrate(writer, number, script)


async def _version(writer: aiosqlite.Connection, path: Path) -> int:
    """Give the version of a database that is ours, 0 for an empty one."""
    application_id = await _number(writer, "PRAGMA application_id")
    version = await _number(writer, "PRAGMA user_version")
    has_tables = await _number(writer, "SELECT count(*) FROM sqlite_schema") > 0
    if application_id != APPLICATION_ID and (has_tables or application_id or version):
        raise OperatorError(
            _("{path} is another program's database.", path=path),
            _("Move it away, or set DATA_DIR to another folder."),
        )
    if version > len(migrations()):
        raise OperatorError(
            _("{path} was written by a newer version of Encore.", path=path),
            _("Update Encore, or set DATA_DIR to another folder."),
        )
    return version


async def _number(connection: aiosqlite.Connection, sql: str) -> int:
    return _tuples(await connection.execute_fetchall(sql))[0][0]


async def _migrate(writer: aiosqlite.Connection, number: int, script: str) -> None:
    # executescript takes no transaction of its own, so the script brings one: all of it or nothing.
    try:
        await writer.executescript(
            f"BEGIN IMMEDIATE;\n{script}\n"
            f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {number};\nCOMMIT;"
        )
    except sqlite3.Error:
        await writer.rollback()
        raise


def migrations() -> Sequence[tuple[int, str]]:
    """List the migrations, numbered from 1 without a gap."""
    paths = sorted(_MIGRATIONS.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return [(number, path.read_text("utf-8")) for number, path in enumerate(paths, 1)]


def _explained(error: sqlite3.DatabaseError | OSError, path: Path) -> OperatorError:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return UnavailableError(
            _("{path} is in use by another process.", path=path),
            _("Stop the other bot, or set DATA_DIR to another folder."),
        )
    if code is not None and code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return OperatorError(
            _("{path} is damaged or no database: {why}.", path=path, why=error),
            _("Put a backup in its place; nothing was changed."),
        )
    return OperatorError(
        _("{path} cannot be used: {why}.", path=path, why=error),
        _("Check that the bot's user may write in the folder and that the disk is not full."),
    )
