"""What was registered with Discord is remembered by application and server."""

from bot.state.command_sync import CommandSync, SyncRecord
from bot.state.database import Database


async def test_the_last_record_of_each_application_and_server_is_found(
    database: Database,
) -> None:
    sync = CommandSync(database)
    assert await sync.find(1, 0) is None
    await sync.put(1, 0, SyncRecord("ours", "theirs"))
    await sync.put(1, 7, SyncRecord("a", "b"))
    await sync.put(1, 0, SyncRecord("ours", "newer"))
    assert await sync.find(1, 0) == SyncRecord("ours", "newer")
    assert await sync.find(1, 7) == SyncRecord("a", "b")
    assert await sync.find(2, 0) is None
