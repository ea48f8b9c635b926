"""Copying a state between PostgreSQL and a file of SQLite: all of one moment, or nothing."""

import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, Final, NamedTuple

import asyncpg
from asyncpg import Connection, Record

from bot.errors import OperatorError, UnavailableError
from bot.state.copies.archive import no_use
from bot.state.postgresql import schema
from bot.state.postgresql.engine import connected, place_of
from bot.state.postgresql.transactions import undivided
from bot.state.sqlite.schema import migrations
from bot.text import _

# Of one or two kilobytes each: what is copied is in memory a batch at a time.
_BATCH: Final = 1000
# Longer than any server takes for a batch, and shorter than a network that is gone.
_PATIENCE_SECONDS: Final = 120.0
_LOCK_TIMEOUT: Final = "10s"
_LARGEST_ID: Final = 2**63 - 1
# Of the server, and of the driver for what no column can hold.
_REFUSALS: Final = (
    asyncpg.DataError,
    asyncpg.IntegrityConstraintViolationError,
    ArithmeticError,
    TypeError,
    ValueError,
)
_COLUMNS: Final = """
SELECT table_name, column_name, data_type = 'boolean', is_identity = 'YES'
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
"""
_REFERENCES: Final = """
SELECT child.relname, parent.relname FROM pg_constraint
JOIN pg_class AS child ON child.oid = conrelid JOIN pg_class AS parent ON parent.oid = confrelid
WHERE contype = 'f' AND child.relnamespace = current_schema()::regnamespace
"""
_FORGOTTEN: Final = "SELECT mark, forgotten_at FROM forgotten_mark"
_OFF_BOARD: Final = "SELECT guild_id, mark FROM off_board_mark"
_TABLES: Final = "SELECT name FROM sqlite_schema WHERE type = 'table'"
_RULES: Final = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"


class _Table(NamedTuple):
    """A table that both engines have."""

    name: str
    columns: Sequence[str]
    flags: Set[str]
    """What is true or false in PostgreSQL, and 1 or 0 in SQLite."""
    numbered: str
    """What PostgreSQL numbers by itself; "" for nothing."""

    @property
    def quoted(self) -> str:
        # A word of SQL's own may be the name of a column.
        return ", ".join(f'"{column}"' for column in self.columns)


class Arrival(NamedTuple):
    """What a database notes of a copy that is put in it."""

    name: str
    mark_key: bytes


class Memory(NamedTuple):
    """What a database knows of the members and servers that were forgotten."""

    mark_key: bytes
    forgotten: Sequence[tuple[str, int]]
    off_board: Sequence[tuple[int, str]]


async def copy_to_file(url: str, path: Path) -> bytes:
    """Write all that a state holds at one moment to a new file, of the version that it has.

    Others write meanwhile, and nobody waits. Gives the key of its marks, which is in no file.
    Raises OperatorError as `open_database` does, sqlite3.Error where the file cannot be written.
    """
    async with (
        connected(url, _PATIENCE_SECONDS) as connection,
        undivided(connection, isolation="repeatable_read", readonly=True),
    ):
        await _take_time(connection)
        version = await schema.state_version(connection, place_of(url))
        if version == 0:
            raise _nothing_yet(url)
        with _new_file(path, version) as file:
            for table in await _tables(connection, file):
                await _copy_out(connection, table, file)
        return await connection.fetchval("SELECT key FROM mark_key")


def _nothing_yet(url: str) -> OperatorError:
    return OperatorError(
        _("There's nothing to back up: {place} is empty.", place=place_of(url)),
        _("Start the bot once, or correct DATABASE_URL."),
    )


async def _take_time(connection: "Connection[Record]") -> None:
    """Let what follows take as long as it needs, whatever else goes for this role."""
    await connection.execute(
        "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
    )


@contextmanager
def _new_file(path: Path, version: int) -> Generator[sqlite3.Connection]:
    """Make the tables of a version, and its rules once there are rows: those need no adding up."""
    # From the newest one on, each engine has a migration for each of the other's.
    behind = len(schema.migrations()) - version
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        # One that is interrupted is thrown away.
        file.execute("PRAGMA journal_mode = OFF")
        file.execute("PRAGMA synchronous = OFF")
        for _number, script in migrations()[: len(migrations()) - behind]:
            file.executescript(script)
        rules = file.execute(_RULES).fetchall()
        for name, _sql in rules:
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("BEGIN")
        yield file
        for _name, sql in rules:
            file.execute(sql)
        file.execute("COMMIT")


async def _tables(connection: "Connection[Record]", file: sqlite3.Connection) -> list[_Table]:
    """List what both have, so that whatever a row refers to comes before it."""
    columns: dict[str, dict[str, tuple[bool, bool]]] = {}
    for table, column, is_flag, is_numbered in await connection.fetch(_COLUMNS):
        columns.setdefault(table, {})[column] = is_flag, is_numbered
    both = [name for (name,) in file.execute(_TABLES) if name in columns]
    parents: dict[str, set[str]] = {name: set() for name in both}
    for child, parent in await connection.fetch(_REFERENCES):
        parents[child].add(parent)
    return [_table(file, name, columns[name]) for name in TopologicalSorter(parents).static_order()]


def _table(file: sqlite3.Connection, name: str, kinds: Mapping[str, tuple[bool, bool]]) -> _Table:
    return _Table(
        name,
        [name for (name,) in file.execute("SELECT name FROM pragma_table_info(?)", (name,))],
        {column for column, (is_flag, _numbered) in kinds.items() if is_flag},
        next((column for column, (_flag, is_numbered) in kinds.items() if is_numbered), ""),
    )


async def _copy_out(
    connection: "Connection[Record]", table: _Table, file: sqlite3.Connection
) -> None:
    file.execute(f'DELETE FROM "{table.name}"')  # noqa: S608 - the databases' own words, as below
    values = ", ".join("?" * len(table.columns))
    put = f'INSERT INTO "{table.name}" ({table.quoted}) VALUES ({values})'  # noqa: S608
    rows = await connection.cursor(f'SELECT {table.quoted} FROM "{table.name}"')  # noqa: S608
    while batch := await rows.fetch(_BATCH):
        file.executemany(put, batch)


async def copy_from_file(path: Path, url: str, arrival: Arrival) -> None:
    """Put the rows of an up-to-date file in the place of all that a database of its version holds.

    Nobody sees it half done, and where it is interrupted nothing was changed. Raises OperatorError
    as `open_database` does and where PostgreSQL refuses what the file holds, UnavailableError where
    somebody else uses a table for too long, sqlite3.Error where the file cannot be read.
    """
    async with connected(url) as connection:
        try:
            async with undivided(connection):
                await _take_time(connection)
                with closing(sqlite3.connect(path)) as file:
                    await _replace(connection, file)
                await _note(connection, arrival)
        except asyncpg.LockNotAvailableError:
            raise UnavailableError(
                _("Another program is using {place}.", place=place_of(url)),
                _("Stop it, or wait until it's done, then try again."),
            ) from None
        except _REFUSALS as error:
            # Of several lines the others tell ids.
            why = str(error).partition("\n")[0]
            raise no_use(
                _("PostgreSQL doesn't take what this backup holds: {why}.", why=why)
            ) from error


async def _replace(connection: "Connection[Record]", file: sqlite3.Connection) -> None:
    tables = await _tables(connection, file)
    await connection.execute(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}'")
    await connection.execute(f"TRUNCATE {', '.join(table.name for table in tables)}")
    for table in tables:
        # The sums that its rules would keep come along.
        await connection.execute(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
        await connection.copy_records_to_table(
            table.name, columns=table.columns, records=_records(file, table)
        )
        await connection.execute(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')
        if table.numbered:
            await _number_on(connection, table)
        # What it knows of the tables is about what they held before.
        await connection.execute(f'ANALYZE "{table.name}"')


def _records(file: sqlite3.Connection, table: _Table) -> Iterator[Sequence[Any]]:
    rows = file.execute(f'SELECT {table.quoted} FROM "{table.name}"')  # noqa: S608
    flags = [column in table.flags for column in table.columns]
    for row in rows:
        yield [
            bool(value) if is_flag and value is not None else value
            for value, is_flag in zip(row, flags, strict=True)
        ]


async def _number_on(connection: "Connection[Record]", table: _Table) -> None:
    column = f'"{table.numbered}"'
    largest = await connection.fetchval(f'SELECT max({column}) FROM "{table.name}"')  # noqa: S608
    following = min(max(largest or 0, 0) + 1, _LARGEST_ID)
    # Unlike `setval` it is undone with everything else.
    await connection.execute(
        f'ALTER TABLE "{table.name}" ALTER COLUMN {column} RESTART WITH {following}'
    )


async def _note(connection: "Connection[Record]", arrival: Arrival) -> None:
    await connection.execute("UPDATE mark_key SET key = $1", arrival.mark_key)
    await connection.execute("UPDATE encore SET last_arrival = $1", arrival.name)


async def version_of(url: str) -> int:
    """Give the version of the state in a database, 0 where there is nothing yet."""
    async with connected(url, _PATIENCE_SECONDS) as connection:
        return await schema.state_version(connection, place_of(url))


async def update(url: str, mark_key: bytes) -> None:
    """Bring a database up to date, as opening it does."""
    async with connected(url) as connection:
        await schema.bring_up_to_date(connection, place_of(url), mark_key)


async def last_arrival(url: str) -> str:
    """Name the copy that was put in a database last; "" for none."""
    async with connected(url, _PATIENCE_SECONDS) as connection:
        if await schema.state_version(connection, place_of(url)) == 0:
            return ""
        return await connection.fetchval("SELECT last_arrival FROM encore")


async def memory_of(url: str) -> Memory:
    """Tell what a database of this version knows of who was forgotten."""
    async with connected(url) as connection, undivided(connection, readonly=True):
        await _take_time(connection)
        return Memory(
            await connection.fetchval("SELECT key FROM mark_key"),
            [(mark, at) for mark, at in await connection.fetch(_FORGOTTEN)],
            [(guild_id, mark) for guild_id, mark in await connection.fetch(_OFF_BOARD)],
        )
