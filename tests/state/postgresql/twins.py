"""The same state in both engines, which are told the same."""

import sqlite3
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final

import asyncpg

from bot.state.postgresql.schema import bring_up_to_date
from bot.state.sqlite.schema import migrations

KEY: Final = bytes(range(32))
"""Of what the marks in it are made."""
_NUMBERED: Final = {"game_player", "session_begun"}
"""Tables whose rows are numbered by the engine: otherwise by each, but in the same order."""


@asynccontextmanager
async def connected_to(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def make_state(server: asyncpg.Connection) -> None:
    await bring_up_to_date(server, "here", KEY)


class Twins:
    """A state in a file of SQLite, and one in a database of PostgreSQL."""

    def __init__(self, file: sqlite3.Connection, server: asyncpg.Connection) -> None:
        self.file = file
        self.server = server

    async def begin(self) -> None:
        self.file.execute("PRAGMA foreign_keys = ON")
        for _number, script in migrations():
            self.file.executescript(script)
        await make_state(self.server)

    async def run(self, *statements: str) -> None:
        """Run statements that both speak in both."""
        for sql in statements:
            self.file.execute(sql)
            await self.server.execute(sql)

    async def rows(self) -> Mapping[str, Sequence[Sequence[object]]]:
        """Give what is in the tables, after a look that it is the same in both."""
        tables = self.tables()
        ours = {name: _sorted(name, self.file.execute(_all_of(name))) for name in tables}
        theirs = {name: _sorted(name, await self.server.fetch(_all_of(name))) for name in tables}
        assert theirs == ours
        return {name: rows for name, rows in ours.items() if rows}

    def tables(self) -> list[str]:
        sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
        return [name for (name,) in self.file.execute(sql)]


def _all_of(table: str) -> str:
    return f"SELECT * FROM {table}{' ORDER BY id' if table in _NUMBERED else ''}"


def _sorted(table: str, rows: Iterable[Iterable[object]]) -> list[list[object]]:
    plain = [[int(cell) if isinstance(cell, bool) else cell for cell in row] for row in rows]
    return [row[1:] for row in plain] if table in _NUMBERED else sorted(plain, key=repr)
