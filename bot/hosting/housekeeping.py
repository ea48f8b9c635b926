"""What is done every hour: what is old is forgotten, and leaves no traces in the files."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

from bot.errors import PassingError
from bot.process.clock import Clock
from bot.process.outages import Outages, Part
from bot.process.persistence import persist
from bot.process.tasks import cancel
from bot.process.utc_days import SECONDS_A_DAY
from bot.state.copies.backups import BACKUP_DAYS, delete_old_backups, oldest_backup_at
from bot.state.copies.restoring import delete_former_data
from bot.state.copies.unpacking import delete_unfinished_restores
from bot.state.erasure import Erasure
from bot.state.state import State

log = logging.getLogger(__name__)

_PAUSE_SECONDS: Final = 3600.0
_CLOCK_SECONDS: Final = 1.0


@asynccontextmanager
async def forget_what_is_old(
    state: State, data_dir: Path, clock: Clock, outages: Outages
) -> AsyncGenerator[None]:
    """Forget at the start and then every hour, while the clock is known to be right."""
    tasks = [
        asyncio.create_task(_keep_forgetting(state, data_dir, clock, outages)),
        asyncio.create_task(_keep_log_empty(state.erasure, outages)),
    ]
    try:
        yield
    finally:
        await cancel(tasks)


async def _keep_forgetting(state: State, data_dir: Path, clock: Clock, outages: Outages) -> None:
    # Whoever began a restore and was killed does not hold the folder: this process does.
    await asyncio.to_thread(delete_unfinished_restores, data_dir)
    forget = partial(_forget, state, data_dir, clock)
    while True:
        has_forgotten = await persist(forget, outages, Part.FORGETTING, outlasts_bugs=True)
        await asyncio.sleep(_PAUSE_SECONDS if has_forgotten else _CLOCK_SECONDS)


async def _keep_log_empty(erasure: Erasure, outages: Outages) -> None:
    """See to it that what was deleted stands in the log no more, however long others read it."""
    while True:
        await erasure.has_traces.wait()
        erasure.has_traces.clear()
        await persist(erasure.forget_traces, outages, Part.STATE_LOG, outlasts_bugs=True)


async def _forget(state: State, data_dir: Path, clock: Clock) -> bool:
    """Forget what is old; False where nobody knows what is, since the clock may be wrong."""
    if not clock.is_confirmed:
        return False
    questions = await state.questions.forget_old()
    games = await state.games.forget_old()
    await state.duels.forget_old()
    if questions or games:
        log.info("cleaned up after a month: questions %d, games %d", questions, games)
    await state.scores.forget_old()
    await state.bags.forget_unused()
    await state.play_sums.note_players()
    await state.play_sums.forget_old()
    await state.day_sums.forget_old()
    if guilds := await state.erasure.forget_left_guilds():
        log.info("cleaned up servers left a month ago: %d", guilds)
    oldest_at = await asyncio.to_thread(_delete_old_files, data_dir, clock.now())
    await state.erasure.forget_marks(oldest_at)
    state.erasure.has_traces.set()
    return True


def _delete_old_files(data_dir: Path, now: float) -> float:
    """Delete copies that are too old; gives since when all that is kept was made."""
    before = now - BACKUP_DAYS * SECONDS_A_DAY
    try:
        delete_old_backups(data_dir, now)
        delete_former_data(data_dir, before)
    except OSError as error:
        raise PassingError(str(error)) from error
    return min(before - SECONDS_A_DAY, oldest_backup_at(data_dir, now))
