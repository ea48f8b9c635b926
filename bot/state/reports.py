"""What members found wrong with items of an interview."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final, NamedTuple

from bot.state.database import Database

MAX_REPORTS: Final = 200
"""As many items as one member can report."""
# What a member has reported already needs no room.
_PUT: Final = """
INSERT INTO report (user_id, slug, item, reason, reported_at)
SELECT :user_id, :slug, :item, :reason, :reported_at
WHERE (SELECT count(*) FROM report WHERE user_id = :user_id) < :most OR EXISTS (
    SELECT 1 FROM report WHERE user_id = :user_id AND slug = :slug AND item = :item
)
ON CONFLICT (user_id, slug, item)
DO UPDATE SET reason = excluded.reason, reported_at = excluded.reported_at RETURNING item
"""


class Reason(StrEnum):
    WRONG = "wrong"
    AMBIGUOUS = "ambiguous"
    SPOILER = "spoiler"
    SPELLING = "spelling"
    UNKIND = "unkind"


class Report(NamedTuple):
    """An item with one reason, and how many members gave it."""

    slug: str
    item: str
    reason: str
    members: int


class Reports:
    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    async def put(self, user_id: int, slug: str, item: str, reason: Reason) -> bool:
        """Store a member's report of an item; a later one takes the place of the first.

        False where the member has reported as much as there is room for.
        """
        rows = await self._database.write_in_turn(
            user_id,
            _PUT,
            user_id=user_id,
            slug=slug,
            item=item,
            reason=reason.value,
            reported_at=int(self._now()),
            most=MAX_REPORTS,
        )
        return bool(rows)

    async def every(self) -> list[Report]:
        """List what was reported, what most members found first."""
        rows = await self._database.read(
            "SELECT slug, item, reason, count(*) AS members FROM report"
            " GROUP BY slug, item, reason ORDER BY count(*) DESC, max(reported_at) DESC"
        )
        return [Report(**row) for row in rows]
