"""Posts what servers want every day: the database says what is due, a stage shows it."""

import asyncio
import logging
from functools import partial
from typing import Final, Protocol

from bot.daily.due import LATE_SECONDS, next_due
from bot.errors import PassingError
from bot.process.clock import Clock
from bot.state.schedules import Schedule, Schedules, StopReason

log = logging.getLogger(__name__)

# So often the database is looked at even if nothing is known to be due: others may have added it.
LONGEST_PAUSE: Final = 30.0
# What another process has claimed is due for nobody else; without a pause this would spin.
_SHORTEST_PAUSE: Final = 0.5
# Posts under way: a channel that has to wait may keep others waiting no longer than this many.
_AT_ONCE: Final = 25
_BATCH: Final = 200
_COMPARED_SECONDS: Final = 60.0


class PostStage(Protocol):
    """Where daily posts are shown; both methods may raise PassingError."""

    async def compare_clock(self) -> None:
        """Let the clock be held against Discord's."""
        ...

    async def post(self, schedule: Schedule, due_at: int) -> StopReason | None:
        """Show a post; gives why there can be no more of them."""
        ...


class DailyPosts:
    """One task; whatever it has not done when it dies, the next start does."""

    def __init__(
        self,
        schedules: Schedules,
        clock: Clock,
        stage: PostStage,
        longest_pause: float = LONGEST_PAUSE,
    ) -> None:
        self._schedules = schedules
        self._clock = clock
        self._stage = stage
        self._longest_pause = longest_pause
        self._changed = asyncio.Event()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._posting: dict[int, asyncio.Task[None]] = {}

    def look(self) -> None:
        """Look at what is due again: a schedule was added."""
        self._changed.set()

    async def run(self) -> None:
        """Post what is due, for ever."""
        while True:
            pause = self._longest_pause
            try:
                pause = await self._post_due()
            except PassingError as error:
                log.warning("daily posts wait: %s", error)
            except Exception:
                log.exception("daily posts wait")
            try:
                await asyncio.wait_for(self._changed.wait(), pause)
            except TimeoutError:
                continue
            self._changed.clear()

    async def close(self) -> None:
        """Give up what is under way; who starts next finds it claimed, and takes it over."""
        tasks = list(self._posting.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _post_due(self) -> float:
        """Post all that is due; gives for how many seconds nothing will be."""
        while schedules := await self._due():
            if not await self._clock_is_right():
                return self._longest_pause
            for schedule in schedules:
                await self._room.acquire()
                task = asyncio.create_task(self._post(schedule))
                self._posting[schedule.id] = task
                task.add_done_callback(partial(self._release, schedule.id))
        next_at = await self._schedules.next_at()
        if next_at is None:
            return self._longest_pause
        # What is under way here may be due for others to take over.
        pause = max(next_at - self._schedules.now(), _SHORTEST_PAUSE)
        return min(pause, self._longest_pause)

    async def _due(self) -> list[Schedule]:
        schedules = await self._schedules.due(_BATCH)
        return [schedule for schedule in schedules if schedule.id not in self._posting]

    def _release(self, schedule_id: int, task: asyncio.Task[None]) -> None:
        del self._posting[schedule_id]
        self._room.release()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a daily post failed", exc_info=error)

    async def _clock_is_right(self) -> bool:
        """Hold the clock against Discord's, unless an answer has done so lately."""
        clock = self._clock
        if not clock.is_right or clock.now() - clock.compared_at > _COMPARED_SECONDS:
            await self._stage.compare_clock()
        return clock.is_right

    async def _post(self, schedule: Schedule) -> None:
        now = self._schedules.now()
        due_at, following = schedule.due_at, next_due(schedule.minute, schedule.zone, now)
        # What was under way when a process died is followed by a post that may be due by now.
        if schedule.pending_at is not None:
            due_at, following = schedule.pending_at, schedule.due_at
        if now - due_at > LATE_SECONDS:
            await self._schedules.skip(schedule, due_at, following)
        elif await self._schedules.claim(schedule, following):
            await self._show(schedule, due_at)

    async def _show(self, schedule: Schedule, due_at: int) -> None:
        try:
            reason = await self._stage.post(schedule, due_at)
        except PassingError as error:
            # It is tried again when the claim has run out.
            log.warning("daily post %d waits: %s", schedule.id, error)
            return
        if reason is None:
            await self._schedules.settle(schedule.id, due_at)
        else:
            log.info("daily post %d stops: %s", schedule.id, reason.value)
            await self._schedules.stop(schedule.id, reason)
