"""The bags of the channels: what each has seen of an interview."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple, TypeVar

from cachetools import LRUCache

from bot.state.bag import Bag, Round
from bot.state.database import Database

_CACHED: Final = 4096
# What was deleted meanwhile is not put back out of somebody's memory: that is drawn again, too.
_PUT: Final = """
INSERT INTO bag (channel_id, slug, kind, state, version)
SELECT :channel_id, :slug, :kind, :state, 1 WHERE :version = 0 OR EXISTS (
    SELECT 1 FROM bag WHERE channel_id = :channel_id AND slug = :slug AND kind = :kind
)
ON CONFLICT (channel_id, slug, kind) DO UPDATE SET
    state = excluded.state, version = bag.version + 1
WHERE bag.version = :version RETURNING version
"""
_T = TypeVar("_T")


class BagKey(NamedTuple):
    """Whose bag: `kind` is what is drawn from it, such as quote or trivia."""

    channel_id: int
    slug: str
    kind: str


class _CachedBag:
    """A bag as it was last seen in the database, and who may change it now."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.version: int | None = None
        self.bag = Bag()


class Bags:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._cache: LRUCache[BagKey, _CachedBag] = LRUCache(_CACHED)

    async def draw(self, key: BagKey, choose: Callable[[Bag], Awaitable[tuple[Bag, _T]]]) -> _T:
        """Let `choose` draw from a bag and store what it leaves.

        `choose` is called again when another process has drawn in between.
        """
        cached = self._cache.setdefault(key, _CachedBag())
        async with cached.lock:
            while True:
                if cached.version is None:
                    await self._load(key, cached)
                bag, item = await choose(cached.bag)
                if await self._put(key, cached, bag):
                    return item

    async def _load(self, key: BagKey, cached: _CachedBag) -> None:
        rows = await self._database.read(
            "SELECT state, version FROM bag"
            " WHERE channel_id = :channel_id AND slug = :slug AND kind = :kind",
            **key._asdict(),
        )
        cached.bag, cached.version = (_decode(rows[0][0]), rows[0][1]) if rows else (Bag(), 0)

    async def _put(self, key: BagKey, cached: _CachedBag, bag: Bag) -> bool:
        version = cached.version or 0
        # Until the write is known to have happened, what is cached may be out of date.
        cached.version = None
        rows = await self._database.write(
            _PUT, **key._asdict(), state=_encode(bag), version=version
        )
        if not rows or rows[0][0] != version + 1:
            return False
        cached.bag, cached.version = bag, version + 1
        return True


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
