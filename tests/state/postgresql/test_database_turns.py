"""Of all that use a database one makes the copy of the day, as long as it lives."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from time import time

import pytest

from bot.errors import UnavailableError
from bot.process.outages import Outages, Part
from bot.state import backups
from bot.state.backups import dated_backups, keep_backups
from bot.state.lock_names import FORGETTING, WHOLE
from bot.state.postgresql.database_turns import DatabaseTurn, alone
from bot.state.store import open_state
from tests.postgresql import Server
from tests.waiting import until


async def test_a_turn_is_one_process_own_until_it_ends(database_url: str) -> None:
    here, there = DatabaseTurn(database_url, WHOLE), DatabaseTurn(database_url, WHOLE)
    for _time in range(2):
        assert await here.is_ours()
        assert not await there.is_ours()
        with pytest.raises(UnavailableError, match="Bots are using"):
            async with alone(database_url, WHOLE):
                pass
    async with alone(database_url, FORGETTING):
        pass
    await here.aclose()
    async with alone(database_url, WHOLE):
        assert not await there.is_ours()
    await there.aclose()


async def test_one_host_makes_the_copies_and_another_when_it_is_gone(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_LOOK_SECONDS", 0.02)
    here, there = tmp_path / "here", tmp_path / "there"
    async with open_state(here, database_url), AsyncExitStack() as stack:
        await stack.enter_async_context(keep_backups(here, time, Outages(), database_url))
        await until(lambda: bool(dated_backups(here)))
        async with keep_backups(there, time, Outages(), database_url):
            await asyncio.sleep(0.3)
            assert not dated_backups(there)
            await stack.aclose()
            await until(lambda: bool(dated_backups(there)))


async def test_copies_go_on_after_a_server_was_away(
    tmp_path: Path, database_url: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "_LOOK_SECONDS", 0.05)
    outages = Outages()
    async with open_state(tmp_path, database_url):
        pass
    server.stop()
    try:
        async with keep_backups(tmp_path, time, outages, database_url):
            await until(lambda: Part.BACKUPS in outages.reasons)
            assert "can't be reached" in str(outages.reasons[Part.BACKUPS])
            server.start()
            await until(lambda: Part.BACKUPS not in outages.reasons)
            assert dated_backups(tmp_path)
    finally:
        server.restart()
