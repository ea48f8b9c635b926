"""When sessions with Discord were begun, by any process: each takes its turn here."""

from collections.abc import Sequence
from typing import Final

from bot.state.database import Database, Statement

# Not to ask again at once where only the clock has not gone on yet.
_LEAST_SECONDS: Final = 0.05

# Of two processes that try it at once one wins. A turn that was taken long after now, by a clock
# that was set back since, says nothing.
_TAKE: Final = """
INSERT INTO session_turn (bucket, begun_at)
SELECT CAST(:bucket AS INTEGER), unix_now() WHERE NOT EXISTS (
    SELECT 1 FROM session_begun AS latest
    WHERE latest.begun_at > unix_now() - :pause AND latest.begun_at <= unix_now()
)
ON CONFLICT (bucket) DO UPDATE SET begun_at = excluded.begun_at
WHERE session_turn.begun_at <= excluded.begun_at - :seconds
OR session_turn.begun_at > excluded.begun_at + :seconds
RETURNING bucket
"""
_WAIT: Final = """
SELECT begun_at + :seconds - unix_now() AS wait FROM session_turn WHERE bucket = :bucket
"""
_AGES: Final = """
SELECT unix_now() - begun_at AS age FROM session_begun
WHERE begun_at > unix_now() - 86400 AND begun_at <= unix_now()
"""


class Sessions:
    """Goes by the clock of the database, which is the same for all of its processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take_turn(self, bucket: int, seconds: float, pause: float) -> float:
        """Begin a session in a bucket; gives 0.0, or after how many seconds to try it again.

        It is `seconds` after the last one of the bucket at least, and `pause` after any other.
        """
        turns, waits = await self._database.write_all(
            Statement(_TAKE, {"bucket": bucket, "seconds": seconds, "pause": pause}),
            Statement(_WAIT, {"bucket": bucket, "seconds": seconds}),
        )
        if turns:
            return 0.0
        return max([_LEAST_SECONDS, *(wait for (wait,) in waits)])

    async def ages(self) -> Sequence[float]:
        """List how many seconds ago sessions were begun in the last day, in no order."""
        return [age for (age,) in await self._database.read(_AGES)]
