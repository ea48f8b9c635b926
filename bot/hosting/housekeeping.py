"""What is done once a day: old questions, old games and servers that were left are forgotten."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from bot.errors import PassingError
from bot.state.state import State

log = logging.getLogger(__name__)

_A_DAY: Final = 86_400.0
_RETRY_SECONDS: Final = 600.0


@asynccontextmanager
async def forget_what_is_old(state: State) -> AsyncGenerator[None]:
    """Forget once at the start and then every day."""
    task = asyncio.create_task(_keep_forgetting(state))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _keep_forgetting(state: State) -> None:
    while True:
        pause = _A_DAY
        try:
            await _forget(state)
        except PassingError as error:
            log.warning("what is old is forgotten later: %s", error)
            pause = _RETRY_SECONDS
        except Exception:
            # Whatever it is, what members were promised goes on.
            log.exception("what is old is forgotten later")
            pause = _RETRY_SECONDS
        await asyncio.sleep(pause)


async def _forget(state: State) -> None:
    questions = await state.questions.forget_old()
    games = await state.games.forget_old()
    if questions or games:
        log.info("forgot %d questions and %d games of a month ago", questions, games)
    await state.scores.forget_old()
    await state.bags.forget_unused()
    if guilds := await state.erasure.forget_left_guilds():
        log.info("forgot %d servers that were left a month ago", guilds)
