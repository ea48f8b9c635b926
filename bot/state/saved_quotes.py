"""The quotes that members have saved."""

from collections.abc import Callable
from dataclasses import dataclass
from time import time
from typing import Final

from bot.state.database import Database

MAX_SAVED: Final = 200


@dataclass(frozen=True, slots=True)
class SavedQuote:
    slug: str
    number: int


class Saved:
    def __init__(self, database: Database, clock: Callable[[], float] = time) -> None:
        self._database = database
        self._clock = clock

    async def add(self, user_id: int, slug: str, number: int) -> bool:
        """Save a quote, once; False where the member has no room left."""
        rows = await self._database.write(
            "INSERT INTO saved (user_id, slug, number, saved_at)"
            " SELECT ?1, ?2, ?3, ?4 WHERE (SELECT count(*) FROM saved WHERE user_id = ?1) < ?5"
            " OR EXISTS (SELECT 1 FROM saved WHERE user_id = ?1 AND slug = ?2 AND number = ?3)"
            " ON CONFLICT DO UPDATE SET saved_at = saved_at RETURNING number",
            user_id,
            slug,
            number,
            int(self._clock()),
            MAX_SAVED,
        )
        return bool(rows)

    async def delete(self, user_id: int, slug: str, number: int) -> None:
        await self._database.write(
            "DELETE FROM saved WHERE user_id = ? AND slug = ? AND number = ?",
            user_id,
            slug,
            number,
        )

    async def list_for(self, user_id: int) -> list[SavedQuote]:
        """List what a member saved, the newest first."""
        rows = await self._database.read(
            "SELECT slug, number FROM saved WHERE user_id = ?"
            " ORDER BY saved_at DESC, slug, number DESC",
            user_id,
        )
        return [SavedQuote(*row) for row in rows]
