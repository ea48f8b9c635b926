"""The bags of the channels: what each has seen of an interview."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from time import time
from typing import Final, NamedTuple, TypeVar

from bot.process.byte_cache import ByteCache
from bot.process.utc_days import day_of
from bot.state.bag import Bag, Round
from bot.state.database import Database

_CACHED_BYTES: Final = 16_000_000
# What a bag takes in memory is told by its text, as looking at each place would take longer than
# the draw: at most so much for a number, for a round or the list of what is recent, and at all.
_NUMBER_BYTES: Final = 40
_LIST_BYTES: Final = 250
_BAG_BYTES: Final = 700
# A bag that was deleted since it was seen is not put back, but drawn from anew.
_PUT: Final = """
INSERT INTO bag (channel_id, slug, kind, state, version, used_day)
SELECT :channel_id, :slug, :kind, :state, 1, :used_day
WHERE :version = 0 OR EXISTS (
    SELECT 1 FROM bag WHERE channel_id = :channel_id AND slug = :slug AND kind = :kind
)
ON CONFLICT (channel_id, slug, kind) DO UPDATE SET
    state = excluded.state, version = bag.version + 1, used_day = excluded.used_day
WHERE bag.version = :version RETURNING version
"""
_T = TypeVar("_T")


class BagKey(NamedTuple):
    """Whose bag: `kind` is what is drawn from it, such as quote or trivia."""

    channel_id: int
    slug: str
    kind: str


@dataclass(slots=True)
class _CachedBag:
    """A bag as it was last seen in the database, and who may change it now."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    version: int | None = None
    bag: Bag = field(default_factory=Bag)


class Bags:
    def __init__(self, database: Database, now: Callable[[], float] = time) -> None:
        self._database = database
        self._now = now
        self._cache: ByteCache[BagKey, _CachedBag] = ByteCache(_CACHED_BYTES)

    async def draw(self, key: BagKey, choose: Callable[[Bag], Awaitable[tuple[Bag, _T]]]) -> _T:
        """Let `choose` draw from a bag and store what it leaves.

        `choose` is called again when another process has drawn in between.
        """
        cached = self._cache.get(key)
        if cached is None:
            cached = _CachedBag()
            self._remember(key, cached, "")
        async with cached.lock:
            while True:
                if cached.version is None:
                    await self._load(key, cached)
                bag, item = await choose(cached.bag)
                if await self._put(key, cached, bag):
                    return item

    async def forget_unused(self, days: int = 365) -> int:
        """Delete the bags that nobody has drawn from for so long; gives how many."""
        return await self._database.delete(
            "bag", "channel_id, slug, kind", "used_day < :day", day=self._today() - days
        )

    async def forget_channels(self, channel_ids: Iterable[int]) -> None:
        """Delete the bags of channels and threads that are no more."""
        await self._database.write(
            "DELETE FROM bag WHERE channel_id IN (SELECT value FROM json_each(?))",
            json.dumps([*channel_ids]),
        )

    async def _load(self, key: BagKey, cached: _CachedBag) -> None:
        rows = await self._database.read(
            "SELECT state, version FROM bag"
            " WHERE channel_id = :channel_id AND slug = :slug AND kind = :kind",
            **key._asdict(),
        )
        cached.bag, cached.version = (_decode(rows[0][0]), rows[0][1]) if rows else (Bag(), 0)
        self._remember(key, cached, rows[0][0] if rows else "")

    async def _put(self, key: BagKey, cached: _CachedBag, bag: Bag) -> bool:
        version = cached.version or 0
        # Until the write is known to have happened, what is cached may be out of date.
        cached.version = None
        state, used_day = _encode(bag), self._today()
        rows = await self._database.write(
            _PUT, **key._asdict(), state=state, version=version, used_day=used_day
        )
        if not rows or rows[0][0] != version + 1:
            return False
        cached.bag, cached.version = bag, version + 1
        self._remember(key, cached, state)
        return True

    def _remember(self, key: BagKey, cached: _CachedBag, state: str) -> None:
        # Others may be waiting for its lock, so it stays the same one as it grows.
        self._cache.put(key, cached, _size_of(state))

    def _today(self) -> int:
        return day_of(self._now())


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
