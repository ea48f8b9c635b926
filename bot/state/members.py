"""What a member has set for the answers that only they see."""

from typing import Final

from bot.interview.audience import SpoilerPolicy
from bot.process.byte_cache import ByteCache
from bot.state.database import Database

_CACHED_BYTES: Final = 1_000_000
MOMENT_SECONDS: Final = 30
"""How long it is remembered what a member, who may be met in any process, has set or saved."""


class Members:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._cache: ByteCache[int, SpoilerPolicy | None] = ByteCache(_CACHED_BYTES, MOMENT_SECONDS)

    async def spoilers(self, user_id: int) -> SpoilerPolicy | None:
        """Give a member's own policy; None is that of the server."""
        return await self._cache.read(user_id, self._read)

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
        self._cache.evict(user_id)

    async def _read(self, user_id: int) -> SpoilerPolicy | None:
        rows = await self._database.read(
            "SELECT spoilers FROM member_setting WHERE user_id = ?", user_id
        )
        return SpoilerPolicy(rows[0][0]) if rows and rows[0][0] else None
