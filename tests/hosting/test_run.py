"""The bot ends when its connection does, whatever else it is waiting for."""

import asyncio
import sys
from typing import Any
from unittest.mock import AsyncMock, Mock

import pytest

from bot.errors import OperatorError
from bot.hosting import run
from bot.process.outages import Outages


async def _never(_bot: Any) -> None:
    await asyncio.Event().wait()


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a bot whose connection ends by itself, and whose commands are not taken today."""
    monkeypatch.setattr(run, "_HEAD_START_SECONDS", 0.01)
    monkeypatch.setattr(run, "keep_registered", _never)
    return Mock(
        outages=Outages(),
        load=AsyncMock(),
        login=AsyncMock(),
        connect=AsyncMock(),
        drain=AsyncMock(),
    )


async def test_a_connection_that_ends_waits_for_no_registering(bot: Any) -> None:
    async with asyncio.timeout(60):
        await run._connect(bot, "token")
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
    monkeypatch.setattr(run, "keep_registered", register)
    bot.drain.side_effect = lambda: is_left.is_set() or pytest.fail("it is still connected")
    with pytest.raises(OperatorError):
        await run._connect(bot, "token")
    bot.drain.assert_awaited_once()


def test_without_a_wheel_of_the_faster_loop_it_runs_on_pythons_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "uvloop", None)
    assert run._loop_factory() is None
