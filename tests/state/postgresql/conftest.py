"""A state in PostgreSQL, alone, for two processes, or beside the same one in SQLite."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest

from tests.state.postgresql.twins import Twins, connected_to


@pytest.fixture
async def twins(tmp_path: Path, database_url: str) -> AsyncIterator[Twins]:
    async with connected_to(database_url) as server:
        with closing(sqlite3.connect(tmp_path / "state.sqlite3", isolation_level=None)) as file:
            twins = Twins(file, server)
            await twins.begin()
            yield twins


@pytest.fixture
async def there(here: asyncpg.Connection, database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Give the same state as another process is connected to it."""
    async with connected_to(database_url) as there:
        yield there
