"""A state database of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.state.database import Database, open_database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "state.sqlite3") as database:
        yield database
