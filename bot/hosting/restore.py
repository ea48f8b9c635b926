"""Putting a backup in place."""

import asyncio
import sqlite3
from pathlib import Path
from typing import NamedTuple

from bot.errors import StateUnavailableError, UnavailableError
from bot.state.copies.backups import BACKUP_DAYS
from bot.state.copies.contents import Amounts, amounts_in, amounts_in_file, spoken_content
from bot.state.copies.restoring import finish_restoring, unpack
from bot.state.copies.unpacking import delete_unfinished_restores
from bot.state.lock_names import FORGETTING, WHOLE
from bot.state.locks import hold_data_alone, hold_interviews
from bot.state.paths import packs_path, state_path
from bot.state.postgresql.driver import check_driver
from bot.state.store import open_state, spoken_outage
from bot.text import Text, _, plural


class Restored(NamedTuple):
    former: Path | None
    """Where is kept what was there before, if there was anything."""
    forgotten: int
    """How many members of the backup were deleted since, and so again."""


def restore(file: Path, data_dir: Path, database_url: str | None = None) -> Restored:
    """Put a backup in the place of a state.

    It replaces the file and the interviews of the data folder, or what a database holds and these
    interviews. Raises OperatorError where the file is foreign, newer or damaged, UnavailableError
    while a bot uses the state; nothing is changed then.
    """
    if database_url:
        with spoken_outage(_("Nothing was changed; try again in a minute.")):
            return asyncio.run(_restore_into(database_url, file, data_dir))
    with hold_data_alone(data_dir):
        delete_unfinished_restores(data_dir)
        # One that was interrupted comes first: each restore keeps what was there before it.
        finish_restoring(data_dir)
        forgotten = unpack(file, data_dir)
        return Restored(finish_restoring(data_dir), forgotten)


async def _restore_into(database_url: str, file: Path, data_dir: Path) -> Restored:
    check_driver()
    from bot.state.copies.arrivals import arrive, has_state
    from bot.state.postgresql.advisory_locks import AdvisoryLocks

    locks = AdvisoryLocks(database_url)
    is_worth_keeping = await has_state(database_url) or packs_path(data_dir).exists()
    # It is brought up to date before anybody is kept from it, who would have to do the same.
    async with open_state(data_dir, database_url):
        pass
    with hold_interviews(data_dir):
        async with locks.at_work(WHOLE), locks.at_work(FORGETTING):
            delete_unfinished_restores(data_dir)
            former, forgotten = await arrive(file, data_dir, database_url)
    if is_worth_keeping:
        return Restored(former, forgotten)
    former.unlink()
    return Restored(None, forgotten)


def what_came_back(file: Path, data_dir: Path, database_url: str | None = None) -> Text:
    """Say what is there now that a backup is in place."""
    try:
        if database_url:
            amounts = asyncio.run(_amounts_in(data_dir, database_url))
        else:
            amounts = amounts_in_file(state_path(data_dir))
    except (StateUnavailableError, UnavailableError, sqlite3.Error):
        # It is in place all the same.
        return _("Restored {file}.", file=file)
    content = spoken_content(amounts, data_dir)
    return _("Restored {file}: {content}.", file=file, content=content)


async def _amounts_in(data_dir: Path, database_url: str) -> Amounts:
    async with open_state(data_dir, database_url) as database:
        return await amounts_in(database)


def who_was_forgotten(count: int) -> Text:
    return plural(
        "1 member, deleted after this backup was made, is deleted again.",
        "{count:,} members, deleted after this backup was made, are deleted again.",
        count,
    )


def about_other_hosts(data_dir: Path) -> Text:
    return _(
        "Other hosts keep the interviews that they have. For the same ones copy {folder} there.",
        folder=packs_path(data_dir),
    )


def where_former_data_is(former: Path) -> Text:
    return _(
        "What was there before is in {folder}. A running bot deletes it after {days} days.",
        folder=former,
        days=BACKUP_DAYS,
    )
