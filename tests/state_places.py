"""Where a state lies in the tests: in a file of SQLite, or in a PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, closing, contextmanager
from pathlib import Path

from bot.state.database import Database
from bot.state.postgresql.engine import open_database as open_postgresql
from bot.state.sqlite.engine import open_database
from tests.postgresql import ROLE, Server, name_in


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

    trouble = "the database takes no changes just now"

    def __init__(self, server: Server, url: str) -> None:
        self.server = server
        self.url = url

    def open(self) -> AbstractAsyncContextManager[Database]:
        return open_postgresql(self.url, b"k" * 32)

    async def hurry(self, database: Database) -> None:
        """Nobody waits here: what can't be written is refused at once."""

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Have the database only be read, as one that stands by for another can be."""
        self._let("SET default_transaction_read_only = on")
        try:
            yield
        finally:
            self._let("RESET default_transaction_read_only")

    def _let(self, what: str) -> None:
        name = name_in(self.url)
        self.server.execute(f"ALTER ROLE {ROLE} IN DATABASE {name} {what}")
        # Who is connected keeps what was so before.
        self.server.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )


Place = SqlitePlace | PostgresqlPlace
