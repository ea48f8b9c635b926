"""What is stored about somebody, to hand out or to delete, and servers that are no more."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from bot.state.database import Database

LEFT_GUILD_DAYS: Final = 30
"""How long a server's data waits for the bot to be invited again."""
MEMBER_COLUMNS: Final[Mapping[str, str]] = {
    "answer": "user_id",
    "celebrated": "user_id",
    "counted": "user_id",
    "game": "starter_id",
    "game_answer": "user_id",
    "kind_score": "user_id",
    "mastery": "user_id",
    "member_setting": "user_id",
    "off_board": "user_id",
    "player": "user_id",
    "report": "user_id",
    "saved": "user_id",
    "score": "user_id",
    "streak": "user_id",
}
"""The tables that know members, each with the column that holds their id."""
_GUILD_TABLES: Final = (
    "answer",
    "counted",
    "game",
    "guild_setting",
    "kind_score",
    "off_board",
    "player",
    "schedule",
    "score",
)

Entry = dict[str, object]


class Erasure:
    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    async def export(self, user_id: int) -> dict[str, list[Entry]]:
        """Give all that is stored about a member: rows by table, with the names of the columns."""
        entries: dict[str, list[Entry]] = {}
        for table, column in MEMBER_COLUMNS.items():
            # All columns, whatever they will be: nobody forgets to name a new one here.
            sql = f"SELECT * FROM {table} WHERE {column} = ?"  # noqa: S608 - our own words
            entries[table] = [dict(row) for row in await self._database.read(sql, user_id)]
        return entries

    async def forget_member(self, user_id: int) -> None:
        """Delete all that is stored about a member; the file then holds their id nowhere."""
        await self._database.write("INSERT INTO member_to_forget (user_id) VALUES (?)", user_id)
        # What was deleted is overwritten; what waits in the log is written and the log emptied.
        await self._database.write("PRAGMA wal_checkpoint(TRUNCATE)")

    async def guild_left(self, guild_id: int, channel_ids: Iterable[int] = ()) -> None:
        """Note that the bot was removed from a server; its data waits for a while."""
        await self._database.write(
            "INSERT INTO left_guild (guild_id, left_at, channels)"
            " VALUES (:guild_id, :left_at, :channels) ON CONFLICT (guild_id) DO NOTHING",
            guild_id=guild_id,
            left_at=int(self._now()),
            channels=json.dumps([*channel_ids]),
        )

    async def guild_is_back(self, guild_id: int) -> None:
        await self._database.write("DELETE FROM left_guild WHERE guild_id = ?", guild_id)

    async def guilds(self) -> set[int]:
        """List the servers of which anything is stored, also those that were left."""
        rows = await self._database.read(
            " UNION ".join(f"SELECT guild_id FROM {table}" for table in _GUILD_TABLES)  # noqa: S608 - our own words
        )
        return {guild_id for (guild_id,) in rows} - {0}

    async def left_guilds(self) -> set[int]:
        rows = await self._database.read("SELECT guild_id FROM left_guild")
        return {guild_id for (guild_id,) in rows}

    async def forget_left_guilds(self) -> int:
        """Delete the data of servers that were left long enough ago; gives how many."""
        rows = await self._database.write(
            "INSERT INTO guild_to_forget (guild_id)"
            " SELECT guild_id FROM left_guild WHERE left_at < ? RETURNING guild_id",
            int(self._now()) - LEFT_GUILD_DAYS * 86_400,
        )
        return len(rows)
