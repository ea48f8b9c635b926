"""What was last registered with Discord: a digest of ours, and of what Discord then had."""

from collections.abc import Set
from typing import Final, NamedTuple

from bot.state.database import Database

EVERYWHERE: Final = 0
"""The scope of commands that are in no server alone; any other is a server's id."""


class SyncRecord(NamedTuple):
    ours: str
    theirs: str


class CommandSync:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, application_id: int, scope: int) -> SyncRecord | None:
        rows = await self._database.read(
            "SELECT ours, theirs FROM command_sync WHERE application_id = ? AND guild_id = ?",
            application_id,
            scope,
        )
        return SyncRecord(**rows[0]) if rows else None

    async def scopes(self, application_id: int) -> Set[int]:
        """List where an application has commands, as far as we registered them."""
        rows = await self._database.read(
            "SELECT guild_id FROM command_sync WHERE application_id = ?", application_id
        )
        return {scope for (scope,) in rows}

    async def put(self, application_id: int, scope: int, record: SyncRecord) -> None:
        await self._database.write(
            "INSERT INTO command_sync (application_id, guild_id, ours, theirs)"
            " VALUES (:application_id, :scope, :ours, :theirs)"
            " ON CONFLICT (application_id, guild_id)"
            " DO UPDATE SET ours = excluded.ours, theirs = excluded.theirs",
            application_id=application_id,
            scope=scope,
            **record._asdict(),
        )

    async def forget(self, application_id: int, scope: int) -> None:
        await self._database.write(
            "DELETE FROM command_sync WHERE application_id = ? AND guild_id = ?",
            application_id,
            scope,
        )
