"""A state in PostgreSQL, alone, for two processes, or beside the same one in SQLite."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import asyncpg
import pytest

from tests.state.postgresql.twins import Twins, make_state


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture
async def twins(tmp_path: Path, database_url: str) -> AsyncIterator[Twins]:
    async with _connected(database_url) as server:
        with closing(sqlite3.connect(tmp_path / "state.sqlite3", isolation_level=None)) as file:
            twins = Twins(file, server)
            await twins.begin()
            yield twins


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Give a state as one process is connected to it."""
    async with _connected(database_url) as here:
        await make_state(here)
        yield here


@pytest.fixture
async def there(here: asyncpg.Connection, database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Give the same state as another process is connected to it."""
    async with _connected(database_url) as there:
        yield there
