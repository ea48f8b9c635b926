"""Forgetting a member who asks the host for it."""

import asyncio
import os.path
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path
from time import time
from typing import Final

from bot.errors import StateUnavailableError, UnavailableError
from bot.process.outages import Outages, Part
from bot.process.persistence import persist
from bot.state.bags import Bags
from bot.state.copies.backups import BACKUP_DAYS
from bot.state.erasure import Erasure
from bot.state.lock_names import FORGETTING
from bot.state.locks import hold_forgetting
from bot.state.paths import state_path
from bot.state.store import open_state, spoken_outage
from bot.text import Text, _, plural, say

MARKS: Final = ("forgotten_mark", "off_board_mark")
"""What stays when everything else about a member was deleted."""
STORED: Final[Mapping[tuple[str, ...], Callable[[int], Text]]] = {
    ("answer", "game_answer"): lambda count: plural("1 answer", "{count:,} answers", count),
    (
        "player",
        "score",
        "kind_score",
        "counted",
        "streak",
        "celebrated",
        "shared_day",
    ): lambda _count: _("points and streaks"),
    ("mastery",): lambda count: plural(
        "their progress on 1 question", "their progress on {count:,} questions", count
    ),
    ("game", "game_player", "duel_player"): lambda _count: _("the games and duels they joined"),
    ("saved",): lambda count: plural("1 saved quote", "{count:,} saved quotes", count),
    ("report",): lambda count: plural("1 reported mistake", "{count:,} reported mistakes", count),
    ("bag", "dm_channel", "question"): lambda _count: _("what they saw in direct messages"),
    ("member_setting", "off_board"): lambda _count: _("their own choices"),
}
"""The tables that know members, with what whoever hosts the bot calls it."""
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
    with spoken_outage(_("Try again in a minute; nothing stays half deleted.")):
        if database_url:
            return _forget(data_dir, database_url, user_id, agrees)
        with hold_forgetting(data_dir):
            if not state_path(data_dir).exists():
                return _NOBODY, True
            return _forget(data_dir, None, user_id, agrees)


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
    sentence = _(
        "Everything about {user_id} is deleted: {parts}. Backups drop it within {days} days;"
        " restoring one deletes it again.",
        user_id=user_id,
        parts=parts,
        days=BACKUP_DAYS,
    )
    return sentence, True


async def _stored(data_dir: Path, database_url: str | None, user_id: int) -> str:
    """Say what is stored about a member; "" for nothing."""
    async with open_state(data_dir, database_url) as database:
        counts = await Erasure(database, time, Bags(database)).counts(user_id)
    amounts = {words: sum(counts[table] for table in tables) for tables, words in STORED.items()}
    return ", ".join(say(words(count)) for words, count in amounts.items() if count)


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
