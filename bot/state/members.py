"""What a member has set for the answers that only they see."""

from typing import Final

from cachetools import LRUCache

from bot.interview.audience import SpoilerPolicy
from bot.state.database import Database

_CACHED: Final = 4096


class Members:
    """A member may be met in any process, so what is remembered here is only a moment's."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cache: LRUCache[int, SpoilerPolicy | None] = LRUCache(_CACHED)
        self._evictions = 0

    async def spoilers(self, user_id: int) -> SpoilerPolicy | None:
        """Give a member's own policy; None is that of the server."""
        if user_id in self._cache:
            return self._cache[user_id]
        evictions = self._evictions
        rows = await self._database.read(
            "SELECT spoilers FROM member_setting WHERE user_id = ?", user_id
        )
        policy = SpoilerPolicy(rows[0][0]) if rows and rows[0][0] else None
        # What has changed since it was read would stay.
        if evictions == self._evictions:
            self._cache[user_id] = policy
        return policy

    async def put_spoilers(self, user_id: int, policy: SpoilerPolicy | None) -> None:
        await self._database.write(
            "INSERT INTO member_setting (user_id, spoilers) VALUES (?, ?)"
            " ON CONFLICT (user_id) DO UPDATE SET spoilers = excluded.spoilers",
            user_id,
            policy,
        )
        self.evict(user_id)

    def evict(self, user_id: int) -> None:
        """Remember nothing about a member any more."""
        self._evictions += 1
        self._cache.pop(user_id, None)
