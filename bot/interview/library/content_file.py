"""The content database while the bot runs: read, and built again where it turns out damaged."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from bot.errors import ContentUnavailableError, OperatorError
from bot.process.outages import Outages, Part
from bot.process.persistence import persist
from bot.process.sqlite_faults import is_of_the_file
from bot.process.tasks import cancel

Rebuild = Callable[[], Awaitable[None]]
"""Builds the same content again under the same name; raises OperatorError where it cannot."""


class Content:
    """Two connections to one file: one for items, one so that no item waits for a search.

    Both raise ContentUnavailableError where the file cannot be read. It is then built again, if
    there is a `rebuild`, and opened anew.
    """

    def __init__(self, path: Path, outages: Outages) -> None:
        self._path = path
        self._outages = outages
        self.rebuild: Rebuild | None = None
        self._connections: list[aiosqlite.Connection] = []
        self._mending: asyncio.Task[None] | None = None

    async def items(self, sql: str, *parameters: object) -> list[Any]:
        return await self._fetch(0, sql, parameters)

    async def search(self, sql: str, *parameters: object) -> list[Any]:
        return await self._fetch(1, sql, parameters)

    async def open(self) -> None:
        # Nothing changes under a name that is a hash, so SQLite needs no locks and no file beside.
        uri = f"{self._path.as_uri()}?mode=ro&immutable=1"
        connections = [await aiosqlite.connect(uri, uri=True) for _n in range(2)]
        self._connections, before = connections, self._connections
        for connection in before:
            await connection.close()

    async def close(self) -> None:
        if self._mending is not None:
            await cancel([self._mending])
        for connection in self._connections:
            await connection.close()

    async def _fetch(self, which: int, sql: str, parameters: tuple[object, ...]) -> list[Any]:
        try:
            return list(await self._connections[which].execute_fetchall(sql, parameters))
        except sqlite3.DatabaseError as error:
            # Bytes that are no text have no code; our own statements make none.
            if hasattr(error, "sqlite_errorcode") and not is_of_the_file(error):
                raise
            self._outages.begin(Part.CONTENT, error)
            if self.rebuild is not None and (self._mending is None or self._mending.done()):
                self._mending = asyncio.create_task(self._mend(self.rebuild))
            raise ContentUnavailableError(str(error)) from error

    async def _mend(self, rebuild: Rebuild) -> None:
        async def mend() -> None:
            try:
                await rebuild()
                await self.open()
            except (OperatorError, sqlite3.Error) as error:
                raise ContentUnavailableError(str(error)) from error

        await persist(mend, self._outages, Part.CONTENT)


@asynccontextmanager
async def open_content(path: Path, outages: Outages) -> AsyncGenerator[Content]:
    """Open a content database by its absolute path; raises sqlite3.Error where it cannot be."""
    content = Content(path, outages)
    try:
        await content.open()
        yield content
    finally:
        await content.close()
