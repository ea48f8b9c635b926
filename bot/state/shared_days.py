"""Who has shared how they did on a day, and where that stands."""

from dataclasses import dataclass
from typing import Final

from bot.state.database import Database

# The first one of a day says where; whoever presses again finds that, whichever came first.
_BEGIN: Final = """
INSERT INTO shared_day AS own (user_id, slug, day, guild_id, channel_id)
VALUES (:user_id, :slug, :day, :guild_id, :channel_id)
ON CONFLICT (user_id, slug) DO UPDATE SET
    guild_id = CASE WHEN excluded.day > own.day THEN excluded.guild_id ELSE own.guild_id END,
    channel_id = CASE WHEN excluded.day > own.day THEN excluded.channel_id ELSE own.channel_id END,
    message_id = CASE WHEN excluded.day > own.day THEN NULL ELSE own.message_id END,
    day = CASE WHEN excluded.day > own.day THEN excluded.day ELSE own.day END
RETURNING guild_id, channel_id, message_id
"""
_WHICH: Final = "user_id = :user_id AND slug = :slug AND day = :day"


@dataclass(frozen=True, slots=True)
class SharedDay:
    """Where a day was shared; `message_id` is None until it is posted."""

    guild_id: int
    channel_id: int
    message_id: int | None


class SharedDays:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(
        self, user_id: int, slug: str, day: int, guild_id: int, channel_id: int
    ) -> SharedDay:
        """Note where a member shares a day, unless they have begun to; gives where that is."""
        rows = await self._database.write(
            _BEGIN, user_id=user_id, slug=slug, day=day, guild_id=guild_id, channel_id=channel_id
        )
        return SharedDay(**rows[0])

    async def posted(self, user_id: int, slug: str, day: int, message_id: int) -> None:
        await self._database.write(
            f"UPDATE shared_day SET message_id = :message_id WHERE {_WHICH}",  # noqa: S608 - our own words
            user_id=user_id,
            slug=slug,
            day=day,
            message_id=message_id,
        )

    async def drop(self, user_id: int, slug: str, day: int) -> None:
        """Forget one that could not be posted."""
        await self._database.write(
            f"DELETE FROM shared_day WHERE {_WHICH} AND message_id IS NULL",  # noqa: S608 - our own words
            user_id=user_id,
            slug=slug,
            day=day,
        )
