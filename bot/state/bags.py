"""The bags of the channels: what each has seen of an interview."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple, TypeVar

from bot.state.bag import Bag, Round
from bot.state.database import Database

_CACHED: Final = 4096
_T = TypeVar("_T")


class BagKey(NamedTuple):
    """Whose bag: `kind` is what is drawn from it, such as quote or trivia."""

    channel_id: int
    slug: str
    kind: str


class _Kept:
    """A bag as it was last seen in the database, and who may change it now."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.version: int | None = None
        self.bag = Bag()


class Bags:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: OrderedDict[BagKey, _Kept] = OrderedDict()

    async def draw(self, key: BagKey, choose: Callable[[Bag], Awaitable[tuple[Bag, _T]]]) -> _T:
        """Let `choose` draw from a bag and store what it leaves.

        `choose` is called again when another process has drawn in between.
        """
        kept = self._get(key)
        async with kept.lock:
            while True:
                if kept.version is None:
                    await self._load(key, kept)
                bag, drawn = await choose(kept.bag)
                if await self._put(key, kept, bag):
                    return drawn

    def _get(self, key: BagKey) -> _Kept:
        kept = self._kept.setdefault(key, _Kept())
        self._kept.move_to_end(key)
        if len(self._kept) > _CACHED:
            self._kept.popitem(last=False)
        return kept

    async def _load(self, key: BagKey, kept: _Kept) -> None:
        rows = await self._database.read(
            "SELECT state, version FROM bag WHERE channel_id = ? AND slug = ? AND kind = ?", *key
        )
        kept.bag, kept.version = (_decode(rows[0][0]), rows[0][1]) if rows else (Bag(), 0)

    async def _put(self, key: BagKey, kept: _Kept, bag: Bag) -> bool:
        seen = kept.version
        # Until the write is known to have happened, what is kept may be out of date.
        kept.version = None
        rows = await self._database.write(
            "INSERT INTO bag (channel_id, slug, kind, state, version) VALUES (?, ?, ?, ?, 1)"
            " ON CONFLICT DO UPDATE SET state = excluded.state, version = version + 1"
            " WHERE version = ? RETURNING version",
            *key,
            _encode(bag),
            seen,
        )
        if not rows or rows[0][0] != (seen or 0) + 1:
            return False
        kept.bag, kept.version = bag, rows[0][0]
        return True


def _encode(bag: Bag) -> str:
    rounds = {
        name: [found.stamp, found.seed, found.position, *found.waiting]
        for name, found in bag.rounds.items()
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
