"""Where a state lies in the tests: in a file of SQLite, or in a PostgreSQL."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, closing, contextmanager
from pathlib import Path

from bot.state.database import Database
from bot.state.postgresql.engine import open_database as open_postgresql
from bot.state.sqlite.engine import open_database
from tests.postgresql import ROLE, Server, name_in

_LOCK = """
BEGIN;
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename LOOP
        EXECUTE 'LOCK TABLE ' || name || ' IN EXCLUSIVE MODE';
    END LOOP;
END $$;
"""


class SqlitePlace:
    """A file, which whoever opens it shares with others."""

    trouble = "database is locked"
    """What is told of it while it is locked."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self) -> AbstractAsyncContextManager[Database]:
        return open_database(self.path)

    async def hurry(self, database: Database) -> None:
        """Have nobody wait for long while it is locked."""
        await database.write("PRAGMA busy_timeout = 5")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let another process write, so that others can only read."""
        with closing(sqlite3.connect(self.path, isolation_level=None, timeout=5)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield


class PostgresqlPlace:
    """A database of a server, which whoever opens it shares with others."""

    trouble = "canceling statement due to lock timeout"

    def __init__(self, server: Server, url: str) -> None:
        self.server = server
        self.url = url

    def open(self) -> AbstractAsyncContextManager[Database]:
        return open_postgresql(self.url, b"k" * 32)

    async def hurry(self, _database: Database) -> None:
        """Have nobody wait for long while it is locked."""
        name = name_in(self.url)
        self.server.execute(f"ALTER ROLE {ROLE} IN DATABASE {name} SET lock_timeout = '20ms'")
        # Who is connected keeps what was so before; the next one to ask is connected anew.
        for patience in (0, 5000):
            self.server.execute(
                f"SELECT pg_terminate_backend(pid, {patience}) FROM pg_stat_activity"
                f" WHERE datname = '{name}'"
            )
        await asyncio.sleep(0.01)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Let another process change every table, so that others can only read."""
        with self.server.session(name_in(self.url)) as run:
            run(_LOCK)
            yield


Place = SqlitePlace | PostgresqlPlace
