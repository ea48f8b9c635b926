"""Opening the state of a data folder: never over what is missing, never without a way back."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

from bot.errors import OperatorError, StateUnavailableError, UnavailableError
from bot.process.progress import showing
from bot.state.copies.backups import before_migration, dated_backups, write_backup
from bot.state.copies.restoring import finish_restoring
from bot.state.database import Database
from bot.state.id_marks import mark_key
from bot.state.locks import hold_opening
from bot.state.paths import state_path
from bot.state.postgresql.driver import check_driver
from bot.state.sqlite.engine import open_database
from bot.state.sqlite.schema import file_version, migrations
from bot.text import ENCORE, Text, _

_TRY_AGAIN: Final = _("Try again in a minute.")


@asynccontextmanager
async def open_state(data_dir: Path, database_url: str | None = None) -> AsyncGenerator[Database]:
    """Open the state, after a backup where it is going to be migrated.

    It is a file in the data folder, or a database of PostgreSQL's. Raises OperatorError as their
    `open_database` do, and where the file is missing though there are backups of it.
    """
    async with AsyncExitStack() as stack:
        if database_url is None:
            async with hold_opening(data_dir):
                await asyncio.to_thread(_prepare, data_dir)
                database = await stack.enter_async_context(open_database(state_path(data_dir)))
        else:
            database = await stack.enter_async_context(_postgresql(data_dir, database_url))
        yield database


@contextmanager
def spoken_outage(remedy: Text = _TRY_AGAIN) -> Generator[None]:
    """Tell a host, who waits for a command, that the state does not work; a bot would persist."""
    try:
        yield
    except StateUnavailableError as error:
        raise UnavailableError(
            _("The database can't be used right now: {why}.", why=error), remedy
        ) from error


@asynccontextmanager
async def _postgresql(data_dir: Path, url: str) -> AsyncGenerator[Database]:
    check_driver()
    from bot.state.copies.arrivals import prepare_database
    from bot.state.postgresql.engine import open_database as open_postgresql

    await asyncio.to_thread(data_dir.mkdir, parents=True, exist_ok=True)
    await prepare_database(data_dir, url)
    key = await asyncio.to_thread(mark_key, data_dir)
    async with open_postgresql(url, key) as database:
        yield database


def _prepare(data_dir: Path) -> None:
    finish_restoring(data_dir)
    path = state_path(data_dir)
    if not path.exists() and (copies := dated_backups(data_dir)):
        raise OperatorError(
            _("{path} has gone missing.", path=path),
            _(
                "Put it back: {encore} restore {copy}. To start from scratch, move {folder} away.",
                encore=ENCORE,
                copy=copies[-1],
                folder=copies[-1].parent,
            ),
        )
    version = file_version(path)
    if 0 < version < len(migrations()):
        with showing("Backing up the database"):
            write_backup(data_dir, before_migration(data_dir, version))
