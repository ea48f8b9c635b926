"""A state database and a data folder, and versions of Encore that come after this one."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import asyncpg
import pytest

from bot.interview.audience import SpoilerPolicy
from bot.process.tasks import cancel
from bot.state.database import Database
from bot.state.sqlite import schema
from bot.state.sqlite.engine import open_database
from tests.state.data_folder import choose
from tests.state.postgresql.twins import connected_to, make_state
from tests.state.stage import Stage
from tests.state_places import Place


@pytest.fixture(autouse=True)
async def nothing_goes_on() -> AsyncIterator[None]:
    """End what a test has begun, such as writing bags."""
    before = asyncio.all_tasks()
    yield
    await cancel(asyncio.all_tasks() - before - {asyncio.current_task()})


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what hundreds do at once take as long as a slow machine needs."""
    monkeypatch.setattr("bot.state.postgresql.engine._PATIENCE_SECONDS", 60.0)
    monkeypatch.setattr("bot.state.postgresql.engine._STATEMENT_MS", 60_000)


@pytest.fixture
async def database(place: Place) -> AsyncIterator[Database]:
    """Give an empty state, on either engine."""
    async with place.open() as database:
        yield database


@pytest.fixture
async def state_file(tmp_path: Path) -> AsyncIterator[Database]:
    """Give an empty state in a file, which tells how SQLite goes about a statement."""
    async with open_database(tmp_path / "state.sqlite3") as database:
        yield database


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


@pytest.fixture
async def data_dir(tmp_path: Path) -> Path:
    """Give a data folder in which a member has chosen and an interview was loaded."""
    folder = tmp_path / "var"
    await choose(folder, SpoilerPolicy.HIDE)
    (folder / "packs" / "mine").mkdir(parents=True)
    (folder / "packs" / "mine" / "interview.toml").write_text("title = 'Mine'")
    return folder


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give what makes this the version after, with one more migration."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)
    monkeypatch.setattr(schema, "MIGRATIONS", folder)

    def release(script: str) -> None:
        (folder / f"{len(schema.migrations()) + 1:04}_later.sql").write_text(script)

    return release


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Give a state as one process is connected to it."""
    async with connected_to(database_url) as here:
        await make_state(here)
        yield here
