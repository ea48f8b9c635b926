"""Opening the state of a data folder: never over what is missing, never without a way back."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.errors import OperatorError
from bot.state.backups import before_migration, dated_backups, write_backup
from bot.state.database import Database
from bot.state.locks import hold_opening
from bot.state.paths import state_path
from bot.state.restoring import finish_restoring
from bot.state.sqlite.engine import open_database
from bot.state.sqlite.schema import file_version, migrations
from bot.text import _


@asynccontextmanager
async def open_state(data_dir: Path) -> AsyncGenerator[Database]:
    """Open the state, after a backup where it is going to be migrated.

    Raises OperatorError as `open_database` does, and where the file is missing though there are
    backups of it.
    """
    async with AsyncExitStack() as stack:
        async with hold_opening(data_dir):
            await asyncio.to_thread(_prepare, data_dir)
            database = await stack.enter_async_context(open_database(state_path(data_dir)))
        yield database


def _prepare(data_dir: Path) -> None:
    finish_restoring(data_dir)
    path = state_path(data_dir)
    if not path.exists() and (copies := dated_backups(data_dir)):
        raise OperatorError(
            _("{path} has gone missing.", path=path),
            _(
                "Put it back: python -m bot restore {copy}. To start from scratch, move {folder}"
                " away.",
                copy=copies[-1],
                folder=copies[-1].parent,
            ),
        )
    version = file_version(path)
    if 0 < version < len(migrations()):
        write_backup(data_dir, before_migration(data_dir, version))
