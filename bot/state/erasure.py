"""What is stored about somebody, to hand out or to delete, and servers that are no more."""

import asyncio
import json
from collections.abc import Callable, Iterable, Mapping, Set
from contextlib import suppress
from typing import Final

from bot.errors import StateUnavailableError
from bot.process.utc_days import SECONDS_A_DAY
from bot.state.bags import NOTE_DM, Bags
from bot.state.database import Database, Row

LEFT_GUILD_DAYS: Final = 30
"""How long a server's data waits for the bot to be invited again."""
MEMBER_COLUMNS: Final[Mapping[str, str]] = {
    "answer": "user_id",
    "celebrated": "user_id",
    "counted": "user_id",
    "dm_channel": "user_id",
    "duel_player": "user_id",
    "game": "starter_id",
    "game_answer": "user_id",
    "game_player": "user_id",
    "kind_score": "user_id",
    "mastery": "user_id",
    "member_setting": "user_id",
    "off_board": "user_id",
    "player": "user_id",
    "report": "user_id",
    "saved": "user_id",
    "score": "user_id",
    "shared_day": "user_id",
    "streak": "user_id",
}
"""The tables that know members, each with the column that holds their id."""
_OWN_CHANNELS: Final = "channel_id IN (SELECT channel_id FROM dm_channel WHERE user_id = :user_id)"
ROWS_OF_MEMBER: Final[Mapping[str, str]] = {
    **{table: f"{column} = :user_id" for table, column in MEMBER_COLUMNS.items()},
    "bag": _OWN_CHANNELS,
    "question": f"day IS NULL AND {_OWN_CHANNELS}",
    "forgotten_mark": "mark = mark_of(:user_id)",
    "off_board_mark": "mark = mark_of(:user_id)",
}
"""All tables that hold something about a member, each with what its rows about them fulfil."""
MEMBER_IDS: Final = " UNION ".join(
    f"SELECT {column} AS id FROM {table}"  # noqa: S608 - our own words
    for table, column in MEMBER_COLUMNS.items()
)
GUILD_TABLES: Final = (
    "answer",
    "counted",
    "duel",
    "game",
    "guild_setting",
    "kind_score",
    "off_board",
    "off_board_mark",
    "player",
    "schedule",
    "score",
    "shared_day",
)
GUILD_IDS: Final = " UNION ".join(
    f"SELECT guild_id AS id FROM {table}"  # noqa: S608 - our own words
    for table in GUILD_TABLES
)
_NOTE_MEMBER: Final = """
INSERT INTO forgotten_mark (mark, forgotten_at) VALUES (mark_of(:user_id), :now)
ON CONFLICT (mark) DO UPDATE SET forgotten_at = excluded.forgotten_at
"""
_NOTE_GUILDS: Final = """
INSERT INTO forgotten_mark (mark, forgotten_at)
SELECT mark_of(guild_id), :now FROM left_guild WHERE left_at < :before
ON CONFLICT (mark) DO UPDATE SET forgotten_at = excluded.forgotten_at
"""
FORGET_MEMBER: Final = (
    # What a moderator has decided stands, also for a member who comes back.
    "INSERT INTO off_board_mark (guild_id, mark) SELECT guild_id, mark_of(user_id) FROM off_board"
    " WHERE user_id = :user_id AND guild_id <> 0 ON CONFLICT (guild_id, mark) DO NOTHING",
    "INSERT INTO member_to_forget (user_id) VALUES (:user_id)",
)

Entry = dict[str, object]


def _entry(row: Row) -> Entry:
    """Give a row alike on each engine: to one a flag is a number."""
    values: Entry = dict(row)
    flags = {name: int(value) for name, value in values.items() if isinstance(value, bool)}
    return values | flags


class Erasure:
    def __init__(self, database: Database, now: Callable[[], float], bags: Bags) -> None:
        self._database = database
        self._now = now
        self._bags = bags
        self.has_traces = asyncio.Event()
        """Set while what was deleted may still stand in the log of the database."""
        # What a process left that was killed.
        self.has_traces.set()

    async def export(self, user_id: int) -> dict[str, list[Entry]]:
        """Give all that is stored about a member: rows by table, with the names of the columns."""
        await self._bags.write()
        entries: dict[str, list[Entry]] = {}
        for table, condition in ROWS_OF_MEMBER.items():
            # All columns, whatever they will be: nobody forgets to name a new one here.
            sql = f"SELECT * FROM {table} WHERE {condition} ORDER BY 1, 2"  # noqa: S608 - our own words
            rows = await self._database.read(sql, user_id=user_id)
            entries[table] = [_entry(row) for row in rows]
        return entries

    async def counts(
        self, user_id: int, tables: Iterable[str] = ROWS_OF_MEMBER
    ) -> Mapping[str, int]:
        """Count what is stored about a member, by table."""
        # What waits to be written changes only whether a bag is there at all.
        with suppress(StateUnavailableError):
            await self._bags.write()
        rows = await self._database.read(
            " UNION ALL ".join(
                f"SELECT '{table}', count(*) FROM {table} WHERE {ROWS_OF_MEMBER[table]}"  # noqa: S608 - our own words
                for table in tables
            ),
            user_id=user_id,
        )
        return dict(map(tuple, rows))

    async def note_dm(self, channel_id: int, user_id: int) -> None:
        """Note whose direct messages a channel is, before anything is stored about it."""
        await self._database.write(NOTE_DM, channel_id=channel_id, user_id=user_id)

    async def forget_member(self, user_id: int) -> None:
        """Delete all that is stored about a member.

        The database then holds their id nowhere, its log neither where nobody was reading; else
        `has_traces` is set, and `forget_traces` has to be tried again.
        """
        await self._database.write(_NOTE_MEMBER, user_id=user_id, now=int(self._now()))
        dms = await self._database.read(
            "SELECT channel_id FROM dm_channel WHERE user_id = ?", user_id
        )
        async with self._bags.forgetting({channel_id for (channel_id,) in dms}):
            for statement in FORGET_MEMBER:
                await self._database.write_long(statement, user_id=user_id)
        try:
            await self.forget_traces()
        except StateUnavailableError:
            self.has_traces.set()

    async def forget_traces(self) -> None:
        """Have what was deleted stand nowhere; raises StateUnavailableError where it still does."""
        await self._database.forget_traces()

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

    async def note_guilds(self, present: Set[int], is_ours: Callable[[int], bool]) -> None:
        """Note what servers the bot was removed from, and invited to again, while it was away."""
        for guild_id in await self.guilds() - present:
            if is_ours(guild_id):
                await self.guild_left(guild_id)
        for guild_id in await self.left_guilds() & present:
            await self.guild_is_back(guild_id)

    async def guilds(self) -> set[int]:
        """List the servers of which anything is stored, also those that were left."""
        rows = await self._database.read_long(GUILD_IDS)
        return {guild_id for (guild_id,) in rows} - {0}

    async def left_guilds(self) -> set[int]:
        rows = await self._database.read("SELECT guild_id FROM left_guild")
        return {guild_id for (guild_id,) in rows}

    async def forget_left_guilds(self) -> int:
        """Delete the data of servers that were left long enough ago; gives how many."""
        now = int(self._now())
        before = now - LEFT_GUILD_DAYS * SECONDS_A_DAY
        await self._database.write(_NOTE_GUILDS, now=now, before=before)
        rows = await self._database.read(
            "SELECT channels FROM left_guild WHERE left_at < ?", before
        )
        channel_ids = {channel_id for (channels,) in rows for channel_id in json.loads(channels)}
        async with self._bags.forgetting(channel_ids):
            rows = await self._database.write_long(
                "INSERT INTO guild_to_forget (guild_id)"
                " SELECT guild_id FROM left_guild WHERE left_at < :before RETURNING guild_id",
                before=before,
            )
        return len(rows)

    async def forget_marks(self, before: float) -> None:
        """Delete the marks of who was forgotten before the oldest copy was made."""
        await self._database.write("DELETE FROM forgotten_mark WHERE forgotten_at < ?", before)
