"""What members found wrong with items of an interview."""

from collections.abc import Callable
from enum import StrEnum
from time import time
from typing import NamedTuple

from bot.state.database import Database


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
    last_at: int


class Reports:
    def __init__(self, database: Database, clock: Callable[[], float] = time) -> None:
        self._database = database
        self._clock = clock

    async def put(self, user_id: int, slug: str, item: str, reason: Reason) -> None:
        """Store a member's report of an item; a later one takes the place of the first."""
        await self._database.write(
            "INSERT INTO report (user_id, slug, item, reason, reported_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET"
            " reason = excluded.reason, reported_at = excluded.reported_at",
            user_id,
            slug,
            item,
            reason.value,
            int(self._clock()),
        )

    async def every(self) -> list[Report]:
        """List what was reported, what most members found first."""
        rows = await self._database.read(
            "SELECT slug, item, reason, count(*), max(reported_at) FROM report"
            " GROUP BY slug, item, reason ORDER BY count(*) DESC, max(reported_at) DESC"
        )
        return [Report(*row) for row in rows]
