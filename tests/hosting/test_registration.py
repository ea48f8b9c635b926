"""Registering commands goes on beside a bot that works, whatever fails in it."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.client import Bot
from bot.hosting.registration import keep_registered
from bot.process.outages import Outages, Part
from tests.waiting import until


async def test_a_fault_of_ours_is_shown_and_takes_no_command_away(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def get_commands() -> list[Any]:
        raise KeyError("ours")

    outages = Outages()
    bot = SimpleNamespace(
        settings=SimpleNamespace(dev_guild_id=None),
        outages=outages,
        tree=SimpleNamespace(get_commands=get_commands),
    )
    registering = asyncio.create_task(keep_registered(cast("Bot", bot)))
    await until(lambda: outages.reasons)
    assert outages.reasons == {Part.COMMANDS: "'ours'"}
    assert not registering.done()
    (record,) = [record for record in caplog.records if record.exc_info]
    assert record.message == "registering commands: a bug of ours"
    registering.cancel()
