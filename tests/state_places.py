"""Where a state lies in the tests: in a file of SQLite, or in a PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager, closing, contextmanager
from pathlib import Path

from bot.state.database import Database
from bot.state.sqlite.engine import open_database


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
