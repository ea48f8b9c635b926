"""The bags of the channels: what each has seen of an interview."""

import asyncio
import json
import math
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Container, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from time import time
from typing import Final, NamedTuple, TypeVar
from weakref import WeakValueDictionary

from bot.errors import StateUnavailableError
from bot.process.byte_cache import ByteCache
from bot.process.outages import Part
from bot.process.persistence import finish, persist
from bot.process.utc_days import day_of
from bot.state.bag import Bag, Round
from bot.state.database import Database, Statement

NOTE_DM: Final = """
INSERT INTO dm_channel (channel_id, user_id) VALUES (:channel_id, :user_id)
ON CONFLICT (channel_id) DO NOTHING
"""
"""Notes whose direct messages a channel is, before anything is stored about it."""
_CACHED_BYTES: Final = 16_000_000
# What a bag takes in memory is told by its text, as looking at each place would take longer than
# the draw: at most so much for a number, for a round or the list of what is recent, and at all.
_NUMBER_BYTES: Final = 40
_LIST_BYTES: Final = 250
_BAG_BYTES: Final = 700
# What a killed process has not written, its channels may see again: a moment, or as long as nothing
# could be written.
_BEHIND_SECONDS: Final = 0.25
_MOST_BEHIND: Final = 10_000
"""Bags that wait to be written, at most: they stay in memory whatever that takes."""
_LONGEST_PAUSE: Final = 10.0
# What another process has deleted meanwhile is not put back: a bag that was stored, or one of
# direct messages whose owner is not noted any more.
_WRITE: Final = """
INSERT INTO bag (channel_id, slug, kind, state, used_day)
SELECT :channel_id, :slug, :kind, :state, :used_day
WHERE (
    NOT :is_stored OR EXISTS (
        SELECT 1 FROM bag WHERE channel_id = :channel_id AND slug = :slug AND kind = :kind
    )
) AND (NOT :is_dm OR EXISTS (SELECT 1 FROM dm_channel WHERE channel_id = :channel_id))
ON CONFLICT (channel_id, slug, kind) DO UPDATE SET
    state = excluded.state, used_day = excluded.used_day
RETURNING 1
"""
# Whoever draws for a game does not know whose direct messages it is played in.
_READ: Final = """
SELECT state, used_day, dm_channel.channel_id IS NOT NULL AS is_dm
FROM (SELECT CAST(:channel_id AS BIGINT) AS id) AS channel
LEFT JOIN bag ON bag.channel_id = channel.id AND slug = :slug AND kind = :kind
LEFT JOIN dm_channel ON dm_channel.channel_id = channel.id
"""
_DELETE: Final = "DELETE FROM bag WHERE channel_id = ?"
_T = TypeVar("_T")


class BagKey(NamedTuple):
    """Whose bag: `kind` is what is drawn from it, such as quote or trivia."""

    channel_id: int
    slug: str
    kind: str


@dataclass(slots=True, weakref_slot=True)
class _LiveBag:
    """A bag in memory, and who may change it now; None where it is yet to be read.

    One that is forgotten is drawn from no more: who was about to begins anew.
    """

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    bag: Bag | None = None
    used_day: int = 0
    is_stored: bool = False
    is_dm: bool = False
    is_forgotten: bool = False


class Bags:
    """Draws from bags in memory, and writes all that have changed a moment later.

    A channel belongs to one process, but for those of servers that the bot is no member of: where
    there are several processes, a bag that was not drawn from for some seconds is read again. What
    is deleted is deleted: nothing that was drawn before is written after it.
    """

    def __init__(
        self,
        database: Database,
        now: Callable[[], float] = time,
        *,
        kept_seconds: float = math.inf,
    ) -> None:
        self._database = database
        self._now = now
        # All that anybody holds; so what leaves the cache before it is written is found here.
        self._live: WeakValueDictionary[BagKey, _LiveBag] = WeakValueDictionary()
        self._cache: ByteCache[BagKey, _LiveBag] = ByteCache(_CACHED_BYTES, kept_seconds)
        self._dirty: dict[BagKey, _LiveBag] = {}
        self._writing = asyncio.Lock()
        self._work: asyncio.Task[None] | None = None

    async def draw(
        self,
        key: BagKey,
        choose: Callable[[Bag], Awaitable[tuple[Bag, _T]]],
        owner_id: int | None = None,
    ) -> _T:
        """Let `choose` draw from a bag, and keep what it leaves.

        `choose` is called again where the bag was forgotten meanwhile. The owner of direct messages
        is noted as such, so that what they have seen goes with them. Raises StateUnavailableError
        where too much waits to be written.
        """
        if len(self._dirty) >= _MOST_BEHIND and key not in self._dirty:
            raise StateUnavailableError("too much waits to be written")
        while True:
            live = self._live_bag(key)
            async with live.lock:
                bag, item = await choose(live.bag or await self._load(key, live, owner_id))
                if not live.is_forgotten:
                    self._change(key, live, bag)
                    return item

    async def write(self) -> None:
        """Write all bags that have changed, on one trip, before somebody looks at them."""
        async with self._writing:
            if not self._dirty:
                return
            bags = {key: (live, live.bag) for key, live in self._dirty.items()}
            texts = {key: _encode(bag or Bag()) for key, (_live, bag) in bags.items()}
            outcomes = await self._database.write_all(
                *(_writing(key, live, texts[key]) for key, (live, _bag) in bags.items())
            )
            keys = {key for key, rows in zip(bags, outcomes, strict=True) if rows}
            for key, (live, bag) in bags.items():
                if key not in keys:
                    self._forget(key, live)
                    continue
                live.is_stored = True
                # Or it has changed again.
                if live.bag is bag:
                    del self._dirty[key]
                self._remember(key, live, texts[key])

    async def close(self) -> None:
        """Write what is not written yet, as far as that can be, once nobody draws any more."""
        loss = "what channels have just seen could not be noted"
        await finish(self._work, self.write, self._database.outages, loss)

    async def forget_unused(self, days: int = 365) -> int:
        """Delete the bags that nobody has drawn from for so long; gives how many."""
        day = self._today() - days
        async with self._forgetting(lambda _key, live: live.used_day < day):
            count = await self._database.delete(
                "bag", "channel_id, slug, kind", "used_day < :day", day=day
            )
            # They are in use again, though their rows did not tell yet.
            for live in self._dirty.values():
                live.is_stored = False
            return count

    async def forget_channels(self, channel_ids: Sequence[int]) -> None:
        """Delete the bags of channels and threads that are no more."""
        async with self.forgetting(channel_ids):
            await self._database.write_all(
                *(Statement(_DELETE, (channel_id,)) for channel_id in channel_ids)
            )

    def forgetting(self, channel_ids: Container[int]) -> AbstractAsyncContextManager[None]:
        """Write nothing while the bags of channels are being deleted, and then forget them."""
        return self._forgetting(lambda key, _live: key.channel_id in channel_ids)

    @asynccontextmanager
    async def _forgetting(
        self, is_gone: Callable[[BagKey, _LiveBag], bool]
    ) -> AsyncGenerator[None]:
        async with self._writing:
            try:
                yield
            finally:
                # Who was interrupted may have deleted them all the same.
                for key, live in [*self._live.items()]:
                    if is_gone(key, live):
                        self._forget(key, live)

    def _live_bag(self, key: BagKey) -> _LiveBag:
        live = self._cache.get(key) or self._live.get(key)
        if live is None:
            live = self._live[key] = _LiveBag()
        return live

    async def _load(self, key: BagKey, live: _LiveBag, owner_id: int | None) -> Bag:
        if owner_id is not None:
            await self._database.write(NOTE_DM, channel_id=key.channel_id, user_id=owner_id)
        ((state, used_day, is_dm),) = await self._database.read(_READ, **key._asdict())
        live.is_dm, live.is_stored = owner_id is not None or bool(is_dm), state is not None
        live.used_day = self._today() if used_day is None else used_day
        bag = live.bag = Bag() if state is None else _decode(state)
        self._remember(key, live, state or "")
        return bag

    def _change(self, key: BagKey, live: _LiveBag, bag: Bag) -> None:
        live.bag, live.used_day = bag, self._today()
        self._dirty[key] = live
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._write_behind())

    async def _write_behind(self) -> None:
        while self._dirty:
            await asyncio.sleep(_BEHIND_SECONDS)
            await persist(
                self.write,
                self._database.outages,
                Part.STATE,
                longest_pause=_LONGEST_PAUSE,
                outlasts_bugs=True,
            )

    def _forget(self, key: BagKey, live: _LiveBag) -> None:
        live.is_forgotten = True
        self._live.pop(key, None)
        self._dirty.pop(key, None)
        self._cache.evict(key)

    def _remember(self, key: BagKey, live: _LiveBag, state: str) -> None:
        # Others may be waiting for its lock, so it stays the same one as it grows.
        if not live.is_forgotten:
            self._cache.put(key, live, _size_of(state))

    def _today(self) -> int:
        return day_of(self._now())


def _writing(key: BagKey, live: _LiveBag, state: str) -> Statement:
    flags = {"is_stored": live.is_stored, "is_dm": live.is_dm}
    return Statement(_WRITE, {**key._asdict(), "state": state, "used_day": live.used_day, **flags})


def _size_of(state: str) -> int:
    """Estimate from a bag's text what it takes in memory; never too little."""
    lists, numbers = state.count("["), state.count(",")
    return sys.getsizeof(state) + _BAG_BYTES + _LIST_BYTES * lists + _NUMBER_BYTES * numbers


def _encode(bag: Bag) -> str:
    rounds = {
        name: [each.stamp, each.seed, each.position, *each.waiting]
        for name, each in bag.rounds.items()
    }
    return json.dumps([rounds, bag.recent], separators=(",", ":"), ensure_ascii=False)


def _decode(state: str) -> Bag:
    rounds, recent = json.loads(state)
    return Bag(
        {
            name: Round(stamp, seed, position, tuple(waiting))
            for name, (stamp, seed, position, *waiting) in rounds.items()
        },
        tuple(recent),
    )
