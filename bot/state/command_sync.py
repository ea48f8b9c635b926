"""What was last registered with Discord: a digest of ours, and of what Discord then had."""

from typing import NamedTuple

from bot.state.database import Database


class SyncRecord(NamedTuple):
    ours: str
    theirs: str


class CommandSync:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, application_id: int, guild_id: int) -> SyncRecord | None:
        """Find the record of a guild, or of all guilds under 0."""
        rows = await self._database.read(
            "SELECT ours, theirs FROM command_sync WHERE application_id = ? AND guild_id = ?",
            application_id,
            guild_id,
        )
        return SyncRecord(**rows[0]) if rows else None

    async def put(self, application_id: int, guild_id: int, record: SyncRecord) -> None:
        await self._database.write(
            "INSERT INTO command_sync (application_id, guild_id, ours, theirs)"
            " VALUES (:application_id, :guild_id, :ours, :theirs)"
            " ON CONFLICT (application_id, guild_id)"
            " DO UPDATE SET ours = excluded.ours, theirs = excluded.theirs",
            application_id=application_id,
            guild_id=guild_id,
            **record._asdict(),
        )
