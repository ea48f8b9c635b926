"""Sessions with Discord begin in turn: one after the other in each bucket, over all processes."""

import asyncio
import random
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final, Protocol

from bot.errors import StateUnavailableError
from bot.process.identify_brake import Brake
from bot.process.outages import Outages, Part
from bot.process.session_limits import SessionLimits
from bot.process.utc_days import SECONDS_A_DAY

IDENTIFY_SECONDS: Final = 5.5
"""Between two sessions of a bucket: Discord's five, and what one may be faster on its way."""
# Whoever is held back waits for the same moment: in many buckets many might begin in it.
_SPREAD_SECONDS: Final = 5.0


class SessionBook(Protocol):
    """Where all processes note when they begin sessions; raises StateUnavailableError."""

    async def take_turn(self, bucket: int, seconds: float, pause: float) -> float:
        """Begin a session in a bucket; gives 0.0, or after how many seconds to try it again.

        It is `seconds` after the last one of the bucket at least, and `pause` after any other.
        """
        ...

    async def ages(self) -> Sequence[float]:
        """List how many seconds ago sessions were begun in the last day."""
        ...


class SessionGate:
    """Lets a shard begin a session when it is its turn, and not too often in a day.

    While the book cannot be used, this process remembers its own. A Discord on loopback is lenient:
    it resets no token, and a bot of one shard is started there with each edit of a pack.
    """

    def __init__(
        self,
        book: SessionBook,
        outages: Outages,
        *,
        is_lenient: bool = False,
        seconds: float = IDENTIFY_SECONDS,
        now: Callable[[], float] = monotonic,
    ) -> None:
        self._book = book
        self._outages = outages
        self._is_lenient = is_lenient
        self._longest_wait = self._seconds = seconds
        self._now = now
        self._brake = Brake()
        self._bucket_count = 1
        self._turns: dict[int, float] = {}
        self._noted: list[float] = []
        self._unwritten: list[float] = []

    def heed(self, limits: SessionLimits, shard_count: int) -> None:
        """Go by what Discord allows a bot of so many shards."""
        self._brake = Brake(shard_count, limits.total)
        self._bucket_count = limits.max_concurrency
        is_alone = self._is_lenient and shard_count == 1
        self._seconds = 0.0 if is_alone else self._longest_wait

    async def take_turn(self, shard_id: int | None) -> None:
        """Wait until a shard may begin a session, and note that it does."""
        subject = "brake", shard_id
        bucket = (shard_id or 0) % self._bucket_count
        try:
            wait = await self._wait(bucket, subject)
            while wait:
                await asyncio.sleep(wait)
                wait = await self._wait(bucket, subject)
        finally:
            self._outages.end(Part.DISCORD, subject)

    async def _wait(self, bucket: int, subject: object) -> float:
        """Begin a session; gives 0.0, or how long to wait before that is tried again."""
        if self._is_lenient:
            return await self._turn(bucket, 0.0)
        ages = await self._ages()
        gap = self._brake.gap(ages)
        # From the last one on: who is interrupted while waiting has waited all the same.
        pause = max(0.0, gap - min(ages, default=gap))
        if not pause:
            return await self._turn(bucket, gap)
        why = (
            f"{len(ages)} sessions in a day: the next one waits {pause:.0f} seconds,"
            f" because Discord resets a bot's token after {self._brake.total}"
        )
        self._outages.begin(Part.DISCORD, why, subject)
        return pause + random.uniform(0.0, _SPREAD_SECONDS)

    async def _turn(self, bucket: int, gap: float) -> float:
        try:
            wait = self._own_wait(bucket)
            wait = wait or await self._book.take_turn(bucket, self._seconds, gap)
            log = self._noted
        except StateUnavailableError:
            # Another shard of this process may have had it meanwhile.
            wait = self._own_wait(bucket)
            log = self._unwritten
        if not wait:
            self._turns[bucket] = self._now()
            log.append(self._turns[bucket])
        return wait

    def _own_wait(self, bucket: int) -> float:
        begun_at = self._turns.get(bucket)
        return 0.0 if begun_at is None else max(0.0, begun_at + self._seconds - self._now())

    async def _ages(self) -> Sequence[float]:
        """List how long ago sessions were begun in the last day, as far as it is known."""
        try:
            ages = await self._book.ages()
        except StateUnavailableError:
            # What was noted before is as good as it was.
            now = self._now()
        else:
            now = self._now()
            self._noted = [now - age for age in ages]
        yesterday = now - SECONDS_A_DAY
        self._unwritten = [begun_at for begun_at in self._unwritten if begun_at > yesterday]
        begun = [*self._noted, *self._unwritten]
        return [now - begun_at for begun_at in begun if begun_at > yesterday]
