"""Ends duels: the database says which are over, a stage tells what came of them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final, Protocol, TypeVar

from bot.errors import GoneError, PassingError
from bot.process.outages import Outages, Part
from bot.process.persistence import FIRST_PAUSE, persist
from bot.process.tasks import cancel
from bot.state.duels import DUEL_SECONDS, Duel, Duels, DuelScore

log = logging.getLogger(__name__)

# So often the database is looked at even if nothing is known to be due.
LONGEST_PAUSE: Final = 30.0
_SHORTEST_PAUSE: Final = 0.5
# After an outage many may be due: no more than these are told at once.
_AT_ONCE: Final = 20

_T = TypeVar("_T")


class ResultStage(Protocol):
    """Where duels are told; may raise PassingError, and GoneError where nobody can be told."""

    async def tell(self, duel: Duel, scores: Sequence[DuelScore]) -> None: ...


class DuelLoop:
    """One task, and one for each duel that is told. What it has not done the next start does."""

    def __init__(
        self,
        duels: Duels,
        stage: ResultStage,
        outages: Outages,
        is_ours: Callable[[int], bool],
        longest_pause: float = LONGEST_PAUSE,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        self._duels = duels
        self._stage = stage
        self._outages = outages
        self._is_ours = is_ours
        self._longest_pause = longest_pause
        self._first_pause = first_pause
        self._changed = asyncio.Event()
        self._telling: dict[int, asyncio.Task[None]] = {}

    def look(self) -> None:
        """Look at what is due again: a duel may be over, or due earlier than any other."""
        self._changed.set()

    async def run(self) -> None:
        """End what is over, for ever."""
        while True:
            pause = await self._persist(self._end_due, outlasts_bugs=True)
            with suppress(TimeoutError):
                # Not `wait_for`: until Python 3.12 that loses a cancellation that comes with it.
                async with asyncio.timeout(pause):
                    await self._changed.wait()
            self._changed.clear()

    async def close(self) -> None:
        await cancel(self._telling.values())

    async def _end_due(self) -> float:
        """Begin to tell what is over; gives the seconds until the next look."""
        await self._duels.close_due()
        for duel in await self._duels.to_tell():
            if self._is_ours(duel.guild_id) and len(self._telling) < _AT_ONCE:
                self._begin(duel)
        next_at = await self._duels.next_at()
        if next_at is None:
            return self._longest_pause
        pause = max(next_at - self._duels.now(), _SHORTEST_PAUSE)
        return min(pause, self._longest_pause)

    def _begin(self, duel: Duel) -> None:
        if duel.id not in self._telling:
            task = asyncio.create_task(self._end(duel))
            self._telling[duel.id] = task
            task.add_done_callback(lambda _task: self._release(duel.id))

    def _release(self, duel_id: int) -> None:
        del self._telling[duel_id]
        # Others may wait for their turn.
        self.look()

    async def _end(self, duel: Duel) -> None:
        """Tell what came of a duel; where that cannot be told for a day it is over all the same."""
        where = f"duel {duel.id} in channel {duel.channel_id}"
        try:
            await self._persist(partial(self._tell, duel), duel.id, patience=DUEL_SECONDS)
        except (GoneError, PassingError) as error:
            log.info("%s is over, and not told: %s", where, error)
        except Exception:
            log.exception("%s is over, and not told", where)
        await self._persist(partial(self._duels.finish, duel.id), duel.id, outlasts_bugs=True)

    async def _tell(self, duel: Duel) -> None:
        # Whoever had everything about them deleted meanwhile has ended it for both.
        if scores := await self._duels.scores(duel):
            await self._stage.tell(duel, scores)

    async def _persist(
        self,
        action: Callable[[], Awaitable[_T]],
        duel_id: int | None = None,
        *,
        patience: float | None = None,
        outlasts_bugs: bool = False,
    ) -> _T:
        return await persist(
            action,
            self._outages,
            Part.DUELS,
            subject=duel_id,
            first_pause=self._first_pause,
            longest_pause=self._longest_pause,
            patience=patience,
            outlasts_bugs=outlasts_bugs,
        )
