"""What a member has chosen for the answers that only they see."""

from collections import OrderedDict
from typing import Final

from bot.interview.audience import SpoilerPolicy
from bot.state.database import Database

_CACHED: Final = 4096


class Members:
    """A member may be met in any process, so what is remembered here is only a moment's."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cached: OrderedDict[int, SpoilerPolicy | None] = OrderedDict()

    async def spoilers(self, user_id: int) -> SpoilerPolicy | None:
        """Give a member's own choice; None is that of the server."""
        if user_id in self._cached:
            return self._cached[user_id]
        rows = await self._database.read(
            "SELECT spoilers FROM member_setting WHERE user_id = ?", user_id
        )
        chosen = SpoilerPolicy(rows[0][0]) if rows and rows[0][0] else None
        self._cached[user_id] = chosen
        if len(self._cached) > _CACHED:
            self._cached.popitem(last=False)
        return chosen

    async def put_spoilers(self, user_id: int, chosen: SpoilerPolicy | None) -> None:
        await self._database.write(
            "INSERT INTO member_setting (user_id, spoilers) VALUES (?, ?)"
            " ON CONFLICT DO UPDATE SET spoilers = excluded.spoilers",
            user_id,
            chosen,
        )
        self._cached.pop(user_id, None)

    def evict(self, user_id: int) -> None:
        """Remember nothing about a member any more."""
        self._cached.pop(user_id, None)
