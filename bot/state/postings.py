"""What was posted lately, so that nothing is posted twice."""

from collections.abc import Callable
from typing import Final

from bot.state.database import Database

FRESH_SECONDS: Final = 600.0
"""As long as this the same is not posted again; the table's trigger forgets what is older."""
# Either way: of two that are under way at once the second may have the earlier time; and a clock
# that was set back keeps nobody waiting.
_CLAIM: Final = """
INSERT INTO posting (channel_id, what, posted_at) VALUES (:channel_id, :what, :now)
ON CONFLICT (channel_id, what) DO UPDATE SET posted_at = excluded.posted_at
WHERE abs(posting.posted_at - excluded.posted_at) >= :seconds
RETURNING what
"""


class Postings:
    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    async def claim(self, channel_id: int, what: str) -> bool:
        """Say that something is going to be posted; False where it was a short while ago."""
        rows = await self._database.write(
            _CLAIM, channel_id=channel_id, what=what, now=self._now(), seconds=FRESH_SECONDS
        )
        return bool(rows)

    async def release(self, channel_id: int, what: str) -> None:
        """Say that nothing came of it, so that it can be tried again at once."""
        await self._database.write(
            "DELETE FROM posting WHERE channel_id = ? AND what = ?", channel_id, what
        )
