"""Posts what servers want every day: the database says what is due, a stage shows it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final, Protocol, TypeVar

from bot.daily.due import LATE_SECONDS, ZoneGoneError, next_due, next_weekly
from bot.errors import PassingError
from bot.process.clock import Clock
from bot.process.outages import Outages, Part
from bot.process.persistence import FIRST_PAUSE, persist
from bot.process.tasks import cancel
from bot.state.schedules import CLAIM_SECONDS, PostKind, Schedule, Schedules, StopReason

log = logging.getLogger(__name__)

# So often the database is looked at even if nothing is known to be due: others may have added it.
LONGEST_PAUSE: Final = 30.0
# Between two looks, whatever is due: a batch at each is twenty times as fast as posts are sent.
_SHORTEST_PAUSE: Final = 0.5
# A post that does not go through waits twice as long each time, up to this.
_LONGEST_REST: Final = 1800
# Posts under way: a channel that has to wait may keep others waiting no longer than this many.
_AT_ONCE: Final = 25
_BATCH: Final = 200
_COMPARED_SECONDS: Final = 60.0

_T = TypeVar("_T")


def next_time(what: PostKind, minute: int, zone: str, after: float) -> int:
    """Give when a post comes next, each day or each week; raises ZoneGoneError."""
    next_one = next_weekly if what is PostKind.SEASON else next_due
    return next_one(minute, zone, after)


def next_post(schedule: Schedule, after: float) -> int:
    """Give when the next post of a schedule is due; raises ZoneGoneError."""
    return next_time(schedule.what, schedule.minute, schedule.zone, after)


class PostStage(Protocol):
    """Where daily posts are shown; each method may raise PassingError."""

    async def compare_clock(self) -> None:
        """Let the clock be held against Discord's."""
        ...

    async def post(self, schedule: Schedule, due_at: int) -> StopReason | int | None:
        """Show a post; gives why there can be no more, or its message if a thread is to follow."""
        ...

    async def open_thread(self, schedule: Schedule, due_at: int, message_id: int) -> None:
        """Open the thread below a post, once, where that can be."""
        ...


class DailyPosts:
    """One task; whatever it has not done when it dies, the next start does.

    A post that cannot be sent keeps no other waiting; where the database cannot be used all wait.
    """

    def __init__(
        self,
        schedules: Schedules,
        clock: Clock,
        stage: PostStage,
        outages: Outages,
        longest_pause: float = LONGEST_PAUSE,
        first_pause: float = FIRST_PAUSE,
    ) -> None:
        self._schedules = schedules
        self._clock = clock
        self._stage = stage
        self._outages = outages
        self._longest_pause = longest_pause
        self._first_pause = first_pause
        self._changed = asyncio.Event()
        self._posting: dict[int, asyncio.Task[None]] = {}
        # The seconds of the last pause of each post that waits.
        self._rests: dict[int, int] = {}

    def look(self) -> None:
        """Look at what is due again: a schedule was added."""
        self._changed.set()

    async def run(self) -> None:
        """Post what is due, for ever."""
        while True:
            pause = await self._persist(self._post_due)
            with suppress(TimeoutError):
                # Not `wait_for`: until Python 3.12 that loses a cancellation that comes with it.
                async with asyncio.timeout(pause):
                    await self._changed.wait()
            self._changed.clear()

    async def close(self) -> None:
        """Give up what is under way; who starts next finds it claimed, and takes it over."""
        await cancel(self._posting.values())

    async def _post_due(self) -> float:
        """Begin with what is due; gives the seconds until the next look, which are never none."""
        await self._forget_rests()
        schedules = await self._due()
        if schedules and not await self._clock_is_right():
            return self._longest_pause
        await self._begin_all(schedules)
        next_at = await self._schedules.next_at()
        if next_at is None:
            return self._longest_pause
        # What is under way here may be due for others to take over.
        pause = max(next_at - self._schedules.now(), _SHORTEST_PAUSE)
        return min(pause, self._longest_pause)

    async def _due(self) -> list[Schedule]:
        schedules = await self._schedules.due(_BATCH)
        return [schedule for schedule in schedules if schedule.id not in self._posting]

    async def _forget_rests(self) -> None:
        """Let none count as waiting that others have deleted, stopped or sent."""
        if self._rests:
            under_way = await self._schedules.under_way()
            for schedule_id in self._rests.keys() - under_way - self._posting.keys():
                self._end_rest(schedule_id)

    def _end_rest(self, schedule_id: int) -> None:
        self._rests.pop(schedule_id, None)
        self._outages.end(Part.POSTS, schedule_id)

    async def _clock_is_right(self) -> bool:
        """Hold the clock against Discord's, unless an answer has done so lately."""
        clock = self._clock
        if not clock.is_right or clock.now() - clock.compared_at > _COMPARED_SECONDS:
            await self._stage.compare_clock()
        return clock.is_right

    async def _begin_all(self, schedules: Sequence[Schedule]) -> None:
        """Begin with each, also after one at which something is wrong; that is raised then."""
        fault = None
        for schedule in schedules:
            try:
                await self._begin(schedule)
            except PassingError:
                raise
            except Exception as error:  # noqa: BLE001 - it is raised below
                error.add_note(f"This is about the daily post {schedule.id}.")
                fault = error
        if fault is not None:
            raise fault

    async def _begin(self, schedule: Schedule) -> None:
        """Send a post that is due, once fewer are under way, unless it is too late for it."""
        while len(self._posting) >= _AT_ONCE:
            await asyncio.wait(self._posting.values(), return_when=asyncio.FIRST_COMPLETED)
        now = self._schedules.now()
        # What was under way when a process died is followed by a post that may be due by now.
        due_at, following = schedule.pending_at, schedule.due_at
        if due_at is None:
            try:
                due_at, following = following, next_post(schedule, now)
            except ZoneGoneError:
                await self._stop(schedule, StopReason.ZONE_GONE)
                return
        if now - due_at > LATE_SECONDS:
            await self._leave_out(schedule, due_at, following)
        elif await self._schedules.claim(schedule, following):
            task = asyncio.create_task(self._show(schedule, due_at))
            self._posting[schedule.id] = task
            task.add_done_callback(partial(self._release, schedule.id))

    async def _leave_out(self, schedule: Schedule, due_at: int, following: int) -> None:
        if schedule.message_id is not None:
            log.info("daily post %d stays without a thread: it is too late for it", schedule.id)
            await self._schedules.settle(schedule.id, due_at)
        else:
            log.info("daily post %d is left out: it is too late for it", schedule.id)
            await self._schedules.skip(schedule, due_at, following)
        self._end_rest(schedule.id)

    def _release(self, schedule_id: int, task: asyncio.Task[None]) -> None:
        del self._posting[schedule_id]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("daily post %d: a fault of ours", schedule_id, exc_info=error)

    async def _show(self, schedule: Schedule, due_at: int) -> None:
        try:
            reason = await self._post(schedule, due_at)
        except Exception as error:  # noqa: BLE001 - it is told apart and told
            await self._wait(schedule, due_at, error)
            return
        self._rests.pop(schedule.id, None)
        if reason is None:
            # Posted is posted: until it is noted it is nobody's to send again.
            settle = partial(self._schedules.settle, schedule.id, due_at)
            await self._persist(settle, schedule.id)
        else:
            await self._persist(partial(self._stop, schedule, reason), schedule.id)

    async def _post(self, schedule: Schedule, due_at: int) -> StopReason | None:
        """Show a post, and then the thread below it; gives why there can be no more of them."""
        message_id = schedule.message_id
        if message_id is None:
            outcome = await self._stage.post(schedule, due_at)
            if not isinstance(outcome, int):
                return outcome
            message_id = outcome
            # Discord forgets soon what it was sent; a thread that has to wait waits longer.
            note = partial(self._schedules.note_message, schedule.id, due_at, message_id)
            await self._persist(note, schedule.id)
        await self._stage.open_thread(schedule, due_at, message_id)
        return None

    async def _wait(self, schedule: Schedule, due_at: int, error: Exception) -> None:
        """Let a post that could not be sent be due again later; told the first time only."""
        if schedule.id not in self._rests and not isinstance(error, PassingError):
            log.error("daily post %d: a fault of ours", schedule.id, exc_info=error)
        self._outages.begin(Part.POSTS, f"daily post {schedule.id} waits: {error}", schedule.id)
        rest = min(2 * self._rests.get(schedule.id, CLAIM_SECONDS // 2), _LONGEST_REST)
        self._rests[schedule.id] = rest
        # Where that cannot be noted the claim runs out by itself.
        with suppress(PassingError):
            await self._schedules.postpone(schedule.id, due_at, rest)

    async def _stop(self, schedule: Schedule, reason: StopReason) -> None:
        await self._schedules.stop(schedule.id, reason)
        self._end_rest(schedule.id)
        log.info("daily post %d stops: %s", schedule.id, reason.value)

    async def _persist(
        self, action: Callable[[], Awaitable[_T]], schedule_id: int | None = None
    ) -> _T:
        return await persist(
            action,
            self._outages,
            Part.POSTS,
            subject=schedule_id,
            first_pause=self._first_pause,
            longest_pause=self._longest_pause,
            outlasts_bugs=True,
        )
