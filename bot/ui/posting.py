"""Posts what servers want every day: the database says what is due, this does it in Discord."""

import asyncio
import logging
import sqlite3
from contextvars import ContextVar
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

import aiohttp
import discord
from aiolimiter import AsyncLimiter

from bot.daily.due import LATE_SECONDS, next_due
from bot.interview.days import day_of
from bot.process.discord_api import PASSING
from bot.state.schedules import Schedule, StopReason
from bot.ui.cards import Card
from bot.ui.day import day_card, part_of
from bot.ui.reader import public_reader

if TYPE_CHECKING:
    from bot.client import Bot

log = logging.getLogger(__name__)

POSTS_A_SECOND: Final = 20
"""Less than half of what Discord allows a bot in all, and with those that are sent again."""
LONGEST_PAUSE: Final = 30.0
_SHORTEST_PAUSE: Final = 0.5
_AT_ONCE: Final = 25
_BATCH: Final = 200
_COMPARED_SECONDS: Final = 60.0
_is_post: ContextVar[bool] = ContextVar("is_post", default=False)


class DailyPosts:
    """One task; whatever it has not done when it dies, the next start does."""

    def __init__(self, bot: "Bot") -> None:
        self._bot = bot
        self._changed = asyncio.Event()
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._pace = AsyncLimiter(1, 1 / POSTS_A_SECOND)
        self._posting: dict[int, asyncio.Task[None]] = {}

    def look(self) -> None:
        """Look at what is due again: a schedule was added."""
        self._changed.set()

    async def take_turn(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        _request: aiohttp.TraceRequestStartParams,
    ) -> None:
        """Let each request of a post wait for its turn, also what the library sends again."""
        if _is_post.get():
            await self._pace.acquire()

    async def run(self) -> None:
        """Post what is due, for ever."""
        while True:
            pause = LONGEST_PAUSE
            try:
                pause = await self._round()
            except (discord.HTTPException, sqlite3.Error, *PASSING) as error:
                log.warning("daily posts wait: %s", error)
            except Exception:
                log.exception("daily posts wait")
            try:
                await asyncio.wait_for(self._changed.wait(), pause)
            except TimeoutError:
                continue
            self._changed.clear()

    async def _round(self) -> float:
        """Post all that is due; gives for how many seconds nothing will be."""
        schedules = self._bot.schedules
        while due := await self._due():
            if not await self._clock_is_right():
                return LONGEST_PAUSE
            for schedule in due:
                await self._room.acquire()
                task = asyncio.create_task(self._post(schedule))
                self._posting[schedule.id] = task
                task.add_done_callback(partial(self._done, schedule.id))
        next_at = await schedules.next_at()
        if next_at is None:
            return LONGEST_PAUSE
        # What is under way here may be due for others to take over.
        return min(max(next_at - schedules.now(), _SHORTEST_PAUSE), LONGEST_PAUSE)

    async def _due(self) -> list[Schedule]:
        due = await self._bot.schedules.due(_BATCH)
        return [schedule for schedule in due if schedule.id not in self._posting]

    def _done(self, schedule_id: int, task: asyncio.Task[None]) -> None:
        del self._posting[schedule_id]
        self._room.release()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a daily post failed", exc_info=error)

    async def _clock_is_right(self) -> bool:
        """Hold the clock against Discord's, unless an answer has done so lately."""
        clock = self._bot.clock
        if not clock.is_right or clock.now() - clock.compared_at > _COMPARED_SECONDS:
            await self._bot.application_info()
        return clock.is_right

    async def _post(self, schedule: Schedule) -> None:
        _is_post.set(True)
        schedules = self._bot.schedules
        now = schedules.now()
        following = next_due(schedule.minute, schedule.zone, now)
        due_at = schedule.pending_at or schedule.due_at
        if now - due_at > LATE_SECONDS:
            await schedules.skip(schedule, due_at, following)
        elif await schedules.claim(schedule, following):
            try:
                why = await self._send(schedule, due_at)
            except PASSING as error:
                # It is tried again when the claim has run out.
                log.warning("daily post %d waits: %s", schedule.id, error)
                return
            if why is None:
                await schedules.settle(schedule.id, due_at)
            else:
                log.info("daily post %d stops: %s", schedule.id, why.value)
                await schedules.stop(schedule.id, why)

    async def _send(self, schedule: Schedule, due_at: int) -> StopReason | None:
        """Send a post; gives why there can be no more of them. What may pass is raised."""
        card = await self._card(schedule, due_at)
        if card is None:
            return None
        channel = self._bot.get_partial_messageable(schedule.channel_id)
        try:
            # Posted again after a crash, Discord gives the first message.
            await channel.send(view=card, nonce=f"s{schedule.id}-{due_at}")
        except discord.NotFound:
            return StopReason.CHANNEL_GONE
        except discord.Forbidden:
            return StopReason.NO_PERMISSION
        except discord.HTTPException as error:
            if isinstance(error, discord.DiscordServerError):
                raise
            log.error("Discord refuses a daily post: %s", error)
            return StopReason.REFUSED
        return None

    async def _card(self, schedule: Schedule, due_at: int) -> Card | None:
        reader = await public_reader(self._bot, schedule.guild_id)
        # An interview that was taken away is stood in for by the server's.
        interviews = self._bot.library.interviews
        if schedule.slug in interviews:
            interview = self._bot.interview(schedule.slug, reader)
        else:
            interview = self._bot.interview_for(reader)
        day = day_of(due_at)
        return await day_card(self._bot, interview, reader, day, part_of(schedule.what, day))
