"""A state database of the test's own, and versions of Encore that come after this one."""

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.state import schema
from bot.state.database import Database, open_database
from tests.state.stage import Stage


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(tmp_path / "state.sqlite3") as database:
        yield database


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give what makes this the version after, with one more migration."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)
    monkeypatch.setattr(schema, "MIGRATIONS", folder)

    def release(script: str) -> None:
        (folder / f"{len(schema.migrations()) + 1:04}_later.sql").write_text(script)

    return release
