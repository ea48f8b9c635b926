"""The quotes that members have saved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.process.byte_cache import ByteCache
from bot.state.database import Database
from bot.state.members import MOMENT_SECONDS

_CACHED_BYTES: Final = 4_000_000
MAX_SAVED: Final = 200
# A quote that is saved already needs no room.
_ADD: Final = """
INSERT INTO saved (user_id, slug, number, saved_at)
SELECT :user_id, :slug, :number, :saved_at
WHERE (SELECT count(*) FROM saved WHERE user_id = :user_id) < :most OR EXISTS (
    SELECT 1 FROM saved WHERE user_id = :user_id AND slug = :slug AND number = :number
)
ON CONFLICT (user_id, slug, number) DO UPDATE SET saved_at = saved.saved_at RETURNING number
"""


@dataclass(frozen=True, slots=True)
class SavedQuote:
    slug: str
    number: int


class SavedQuotes:
    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now
        self._cache: ByteCache[int, tuple[SavedQuote, ...]] = ByteCache(
            _CACHED_BYTES, MOMENT_SECONDS
        )

    async def add(self, user_id: int, slug: str, number: int, saved_at: int | None = None) -> bool:
        """Save a quote, once; False where the member has no room left.

        One that is taken back in gets the time when it was first saved, and so its place.
        """
        now = int(self._now())
        rows = await self._database.write_in_turn(
            user_id,
            _ADD,
            user_id=user_id,
            slug=slug,
            number=number,
            saved_at=now if saved_at is None else min(saved_at, now),
            most=MAX_SAVED,
        )
        self.evict(user_id)
        return bool(rows)

    async def delete(self, user_id: int, slug: str, number: int) -> int | None:
        """Remove a quote; when it was saved, None where it was not."""
        rows = await self._database.write(
            "DELETE FROM saved WHERE user_id = ? AND slug = ? AND number = ? RETURNING saved_at",
            user_id,
            slug,
            number,
        )
        self.evict(user_id)
        return rows[0]["saved_at"] if rows else None

    async def has(self, user_id: int, slug: str, number: int) -> bool:
        """Say whether a member saved a quote; what another process has changed, a moment later."""
        return SavedQuote(slug, number) in await self._cache.read(user_id, self.list_for)

    async def list_for(self, user_id: int) -> tuple[SavedQuote, ...]:
        """List what a member saved, the newest first."""
        rows = await self._database.read(
            "SELECT slug, number FROM saved WHERE user_id = ?"
            " ORDER BY saved_at DESC, slug, number DESC",
            user_id,
        )
        return tuple(SavedQuote(**row) for row in rows)

    def evict(self, user_id: int) -> None:
        """Remember nothing about a member any more."""
        self._cache.evict(user_id)
