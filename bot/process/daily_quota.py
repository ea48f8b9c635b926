"""How much of something a member may have in a day."""

from collections.abc import Callable
from typing import Final

from cachetools import LRUCache

from bot.process.utc_days import begins_at, day_of

# Of more members than these at once the first begin anew, which is no harm.
_MEMBERS: Final = 10_000


class DailyQuota:
    """Counts up to a limit, and anew each UTC day."""

    def __init__(self, limit: int, now: Callable[[], float]) -> None:
        self.limit = limit
        self._now = now
        # The day in which a member was last seen, and the count in it.
        self._counts: LRUCache[int, tuple[int, int]] = LRUCache(_MEMBERS)

    def admits(self, user_id: int) -> bool:
        """Say whether a member may have one more today, and count it if so."""
        today = self._today()
        day, count = self._counts.get(user_id, (today, 0))
        if day != today:
            count = 0
        if count >= self.limit:
            return False
        self._counts[user_id] = today, count + 1
        return True

    def renewed_at(self) -> int:
        """Give the unix time at which the next day begins."""
        return begins_at(self._today() + 1)

    def _today(self) -> int:
        return day_of(self._now())
