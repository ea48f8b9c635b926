"""Forgetting a member who asks the host for it."""

import asyncio
import os.path
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path
from time import time
from typing import Final

from bot.errors import StateUnavailableError, UnavailableError
from bot.process.outages import Outages, Part
from bot.process.persistence import persist
from bot.state.bags import Bags
from bot.state.erasure import Erasure
from bot.state.lock_names import FORGETTING
from bot.state.locks import hold_forgetting
from bot.state.paths import state_path
from bot.state.store import open_state
from bot.text import Text, _

MARKS: Final = ("forgotten_mark", "off_board_mark")
"""What stays when everything else about a member was deleted."""
_PATIENCE_SECONDS: Final = 30.0
_LARGEST_ID: Final = 2**63 - 1
_NOBODY: Final = _("Nothing is stored about anybody yet.")


def forget(
    data_dir: Path,
    user_id: int,
    agrees: Callable[[Text], bool],
    database_url: str | None = None,
) -> tuple[Text, bool]:
    """Delete all that is stored about a member, also while the bot runs, if somebody agrees.

    They are told what there is. Gives a sentence about what was done, and whether all is well.
    Raises UnavailableError where the database is in use for too long, and during a restore.
    """
    if not database_url and not os.path.isdir(data_dir):
        return _NOBODY, True
    if not 0 < user_id <= _LARGEST_ID:
        return _("Nothing is stored about {user_id}.", user_id=user_id), True
    try:
        if database_url:
            return _forget(data_dir, database_url, user_id, agrees)
        with hold_forgetting(data_dir):
            if not state_path(data_dir).exists():
                return _NOBODY, True
            return _forget(data_dir, None, user_id, agrees)
    except StateUnavailableError as error:
        raise UnavailableError(
            _("The database can't be used right now: {why}.", why=error),
            _("Try again in a minute; nothing stays half deleted."),
        ) from error


def _forget(
    data_dir: Path, database_url: str | None, user_id: int, agrees: Callable[[Text], bool]
) -> tuple[Text, bool]:
    parts = asyncio.run(_stored(data_dir, database_url, user_id))
    if not parts:
        return _("Nothing is stored about {user_id}.", user_id=user_id), True
    # Not while a loop runs, which would keep Ctrl-C to itself.
    if not agrees(_question(user_id, parts)):
        return _("Nothing was changed."), False
    asyncio.run(_delete(data_dir, database_url, user_id))
    return _("Everything about {user_id} is deleted: {parts}.", user_id=user_id, parts=parts), True


async def _stored(data_dir: Path, database_url: str | None, user_id: int) -> str:
    """Say what is stored about a member, table by table; "" for nothing."""
    async with open_state(data_dir, database_url) as database:
        counts = await Erasure(database, time, Bags(database)).counts(user_id)
    return ", ".join(
        f"{table} {count}" for table, count in counts.items() if count and table not in MARKS
    )


async def _delete(data_dir: Path, database_url: str | None, user_id: int) -> None:
    async with _unrestored(database_url), open_state(data_dir, database_url) as database:
        erasure = Erasure(database, time, Bags(database))
        erasure.has_traces.clear()
        await erasure.forget_member(user_id)
        if erasure.has_traces.is_set():
            await _forget_traces(erasure)


def _unrestored(database_url: str | None) -> AbstractAsyncContextManager[None]:
    """Keep a restore away from a database; that of a folder is kept away already."""
    if not database_url:
        return nullcontext()
    from bot.state.postgresql.advisory_locks import AdvisoryLocks

    return AdvisoryLocks(database_url).at_work(FORGETTING)


async def _forget_traces(erasure: Erasure) -> None:
    try:
        await persist(erasure.forget_traces, Outages(), Part.STATE_LOG, patience=_PATIENCE_SECONDS)
    except StateUnavailableError as error:
        raise UnavailableError(
            _(
                "It's deleted, but traces of it are still in the database's log: {why}.",
                why=error,
            ),
            _("They go as soon as the bot runs."),
        ) from error


def _question(user_id: int, parts: str) -> Text:
    return _(
        "Stored about {user_id}: {parts}. Delete all of it? [y/N] ", user_id=user_id, parts=parts
    )
