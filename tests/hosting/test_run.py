"""The bot ends when its connection does, whatever else it is waiting for."""

import asyncio
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest

from bot.config import Settings
from bot.errors import OperatorError
from bot.hosting import login, run
from bot.hosting.graph import Surroundings
from bot.process.outages import Outages


async def _never(_bot: Any) -> None:
    await asyncio.Event().wait()


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a bot whose connection ends by itself, and whose commands are not taken today."""
    monkeypatch.setattr(login, "_HEAD_START_SECONDS", 0.01)
    monkeypatch.setattr(login, "keep_registered", _never)
    return Mock(
        outages=Outages(),
        load=AsyncMock(),
        login=AsyncMock(),
        connect=AsyncMock(),
        drain=AsyncMock(),
    )


async def test_a_connection_that_ends_waits_for_no_registering(bot: Any) -> None:
    async with asyncio.timeout(60):
        await login.connect(bot, "token")
    bot.drain.assert_awaited_once()


async def test_commands_that_can_be_registered_nowhere_end_the_connection(
    bot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_connected, is_left = asyncio.Event(), asyncio.Event()

    async def connect() -> None:
        is_connected.set()
        try:
            await asyncio.Event().wait()
        finally:
            is_left.set()

    async def register(_bot: Any) -> None:
        await is_connected.wait()
        raise OperatorError("no", "remedy")

    bot.connect = connect
    monkeypatch.setattr(login, "keep_registered", register)
    bot.drain.side_effect = lambda: is_left.is_set() or pytest.fail("it is still connected")
    with pytest.raises(OperatorError):
        await login.connect(bot, "token")
    bot.drain.assert_awaited_once()


def test_without_a_wheel_of_the_faster_loop_it_runs_on_pythons_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert run._loop_factory() is None


@pytest.mark.parametrize(
    ("shard_ids", "url", "makes_copies"),
    [
        (None, "postgresql://me@host/encore", True),
        ((0, 1), "postgresql://me@host/encore", True),
        ((2, 3), "postgresql://me@host/encore", False),
        ((2, 3), None, True),
    ],
)
async def test_of_all_who_share_a_database_one_makes_the_copies_of_a_day(
    tmp_path: Path, shard_ids: tuple[int, ...] | None, url: str | None, makes_copies: bool
) -> None:
    settings = Settings.from_env({"DATABASE_URL": url or ""}, tmp_path, needs_token=False)
    settings = replace(settings, shard_count=4, shard_ids=shard_ids)
    copies = run._backups(settings, Surroundings(), Outages())
    assert isinstance(copies, nullcontext) is not makes_copies
