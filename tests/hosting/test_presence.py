"""Processes know of each other for as long as they run, whatever happens to their notes."""

from pathlib import Path

import pytest

from bot.config import Settings
from bot.hosting import presence
from bot.hosting.presence import presence_of
from bot.process.outages import Part
from bot.state.processes import Processes
from tests.state_places import Place
from tests.waiting import until

UNREADABLE = """
INSERT INTO process (id, host, pid, version, shard_ids, content, started_at, seen_at)
VALUES ('other', 'there', 1, '99', 'all of them', '', 0, unix_now())
"""


async def test_a_note_that_nobody_can_read_ends_no_others(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "_PAUSE_SECONDS", 0.02)
    env = {"SHARD_COUNT": "2", "SHARD_IDS": "0"}
    settings = Settings.from_env(env, tmp_path, needs_token=False)
    async with place.open() as database:
        await database.write(UNREADABLE)
        async with presence_of(settings, database, "content"):
            await until(lambda: Part.PROCESSES in database.outages.reasons)
            await database.write("DELETE FROM process")
            await until(lambda: Part.PROCESSES not in database.outages.reasons)
            assert await Processes(database).live()
        assert not await Processes(database).live()
