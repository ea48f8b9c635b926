"""Which shards this process serves: those that it is set to, or those of a place that is free."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import Final

from bot.config import Settings
from bot.errors import StateUnavailableError, UnavailableError
from bot.hosting.presence import Presence
from bot.process.gateway import wait_for_discord
from bot.process.outages import Outages
from bot.process.session_limits import session_limits
from bot.state.lock_names import PATIENCE, SETTLING, Lock, Locks, Seat, place_lock, shard_lock
from bot.state.processes import ProcessNote
from bot.text import Text, _, plural, say

log = logging.getLogger(__name__)

_LOOK_SECONDS: Final = 1.0
_RETRY_SECONDS: Final = 0.05
_PATIENCE_SECONDS: Final = 10.0


class Seating:
    """Finds a place for this process, and agrees with the others on how many shards there are."""

    def __init__(
        self, settings: Settings, locks: Locks, seat: Seat, presence: Presence, outages: Outages
    ) -> None:
        self._settings = settings
        self._locks = locks
        self._seat = seat
        self._presence = presence
        self._outages = outages
        self._free_since: dict[int, float] = {}
        """When places were first seen to be free whose process may have lost its connection."""

    async def settle(self, waiting: Callable[[], AbstractAsyncContextManager[None]]) -> Settings:
        """Give the settings with the shards of this process, which are its own from now on.

        Is within `waiting` for as long as it has to wait. Raises UnavailableError where another
        process serves one of its shards.
        """
        if (settings := await self._attempt()) is not None:
            return settings
        async with waiting():
            while True:
                await asyncio.sleep(_LOOK_SECONDS)
                if (settings := await self._attempt()) is not None:
                    return settings

    async def _attempt(self) -> Settings | None:
        """Take what can be had now; None where that is nothing, or the database is away."""
        async with AsyncExitStack() as stack:
            try:
                settings = await self._share(stack)
            except StateUnavailableError as error:
                # The database itself tells it as well.
                self._presence.waits_for = self._presence.waits_for or _away(error)
                return None
            if settings is not None:
                # What was taken is kept.
                stack.pop_all()
            return settings

    async def _share(self, stack: AsyncExitStack) -> Settings | None:
        if not self._settings.shares_state:
            await self._presence.serve(self._settings)
            return self._settings
        place = await self._free_place(stack)
        if self._settings.processes is not None and place is None:
            self._wait(_all_taken(self._settings.processes))
            return None
        async with self._turn() as is_ours:
            return await self._settled(stack, place) if is_ours else None

    async def _free_place(self, stack: AsyncExitStack) -> int | None:
        """Take the first place that nobody has, and nobody is about to take up again."""
        if not self._seat.is_settled or self._settings.processes is None:
            return None
        former = {note.place for note in await self._presence.look()}
        for place in range(self._settings.processes):
            async with AsyncExitStack() as glance:
                if not await self._is_taken(glance, place_lock(place)):
                    self._free_since.pop(place, None)
                elif place not in former or self._is_given_up(place):
                    stack.push_async_exit(glance.pop_all())
                    return place
        return None

    def _is_given_up(self, place: int) -> bool:
        """Say whether a place is free for longer than who had it needs to take it up again."""
        since = self._free_since.setdefault(place, monotonic())
        return monotonic() - since >= self._seat.grace_seconds

    async def _is_taken(self, stack: AsyncExitStack, lock: Lock) -> bool:
        is_taken = await self._seat.take(lock)
        if is_taken:
            stack.push_async_callback(self._seat.leave, lock)
        return is_taken

    async def _take(self, stack: AsyncExitStack, lock: Lock) -> None:
        """Take a shard that nobody should have; raises UnavailableError where somebody keeps it."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE
        while not await self._is_taken(stack, lock):
            if loop.time() >= until:
                raise await self._seat.conflict(lock)
            await asyncio.sleep(_RETRY_SECONDS)

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[bool]:
        """Let one process after the other see what the rest has noted, and add to it."""
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(self._locks.at_work(SETTLING, _PATIENCE_SECONDS))
            except UnavailableError:
                self._wait(_("Another process is waiting for Discord, and this one for it."))
                yield False
            else:
                yield True

    async def _settled(self, stack: AsyncExitStack, place: int | None) -> Settings | None:
        others = [note for note in await self._presence.look() if note.shard_count is not None]
        if other := next(filter(self._differs, others), None):
            self._wait(_disagreement(other))
            return None
        noted = next((note.shard_count for note in others), None)
        count = self._settings.shard_count or noted or await self._recommended()
        shard_ids = self._settings.shard_ids or _share_of(place, self._settings.processes, count)
        for lock in map(shard_lock, shard_ids):
            await self._take(stack, lock)
        settings = replace(self._settings, shard_count=count, shard_ids=shard_ids)
        await self._presence.serve(settings, place)
        log.info("%s", say(_serving(settings, place)))
        return settings

    def _differs(self, other: ProcessNote) -> bool:
        counts = {other.shard_count, self._settings.shard_count or other.shard_count}
        return other.processes != self._settings.processes or len(counts) > 1

    async def _recommended(self) -> int:
        """Ask Discord how many shards there should be; each process is to have as many."""
        limits = await wait_for_discord(partial(session_limits, self._settings), self._outages)
        processes = self._settings.processes or 1
        return -(-limits.shards // processes) * processes

    def _wait(self, reason: Text) -> None:
        if reason != self._presence.waits_for:
            self._presence.waits_for = reason
            log.warning("%s", say(reason))


def _share_of(place: int | None, processes: int | None, count: int) -> tuple[int, ...]:
    """Give the shards of a place: as many as any other has, one after the other."""
    each = count // (processes or 1)
    first = (place or 0) * each
    return tuple(range(first, first + each))


def _away(error: StateUnavailableError) -> Text:
    return _("The state database is away: {why}.", why=error)


def _all_taken(processes: int) -> Text:
    return plural(
        "The place is taken, so this process waits until it's free.",
        "All {count} places are taken, so this process waits until one is free.",
        processes,
    )


def _disagreement(other: ProcessNote) -> Text:
    return _(
        "The process on {host} runs with PROCESSES={processes} and SHARD_COUNT={count}, this one"
        " doesn't. It waits until that one has ended; set the same for all.",
        host=other.host,
        processes=other.processes or "",
        count=other.shard_count,
    )


def _serving(settings: Settings, place: int | None) -> Text:
    shards = ",".join(map(str, settings.shard_ids or ()))
    if place is None:
        return _("Serving shards {shards} of {count}.", shards=shards, count=settings.shard_count)
    return _(
        "Serving shards {shards} of {count}: place {place} of {processes}.",
        shards=shards,
        count=settings.shard_count,
        place=place + 1,
        processes=settings.processes,
    )
