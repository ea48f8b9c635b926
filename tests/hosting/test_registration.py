"""Registering commands goes on beside a bot that works, whatever fails in it."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.client import Bot
from bot.hosting.registration import keep_registered
from bot.process.outages import Outages, Part
from bot.process.tasks import cancel
from tests.waiting import until


def bot_of(data_dir: Path, get_commands: Callable[[], list[Any]]) -> Bot:
    bot = SimpleNamespace(
        settings=SimpleNamespace(dev_guild_id=None, data_dir=data_dir, database_url=None),
        outages=Outages(),
        tree=SimpleNamespace(get_commands=get_commands),
    )
    return cast("Bot", bot)


async def test_a_fault_of_ours_is_shown_and_takes_no_command_away(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def get_commands() -> list[Any]:
        raise KeyError("ours")

    bot = bot_of(tmp_path, get_commands)
    outages = bot.outages
    registering = asyncio.create_task(keep_registered(bot))
    await until(lambda: outages.reasons)
    assert outages.reasons == {Part.COMMANDS: "'ours'"}
    assert not registering.done()
    (record,) = [record for record in caplog.records if record.exc_info]
    assert record.message == "registering commands: a bug of ours"
    registering.cancel()


async def test_a_lock_that_cannot_be_used_takes_no_command_away(tmp_path: Path) -> None:
    (tmp_path / "locks").write_text("in the way")
    bot = bot_of(tmp_path, list)
    registering = asyncio.create_task(keep_registered(bot))
    await until(lambda: bot.outages.reasons)
    assert "can't be used" in bot.outages.reasons[Part.COMMANDS]
    assert not registering.done()
    await cancel([registering])


async def test_one_process_at_a_time_registers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work = most_at_work = 0

    async def register(_bot: Bot) -> None:
        nonlocal at_work, most_at_work
        at_work += 1
        most_at_work = max(most_at_work, at_work)
        await asyncio.sleep(0.02)
        at_work -= 1

    monkeypatch.setattr("bot.hosting.registration._register", register)
    monkeypatch.setattr("bot.state.locks._LOOK_SECONDS", 0.01)
    await asyncio.gather(*(keep_registered(bot_of(tmp_path, list)) for _n in range(4)))
    assert most_at_work == 1
