"""Connections to the gateway that close, break or fall silent: the bot comes back or says why."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.stage import SURROUNDED, BotProcess, answers

RESUMABLE = [1000, 1001, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009]
FATAL = {
    4004: "Discord does not accept the token.",
    4010: "Discord does not know the shard",
    4011: "The bot is in too many servers",
    4012: "no longer speaks this version",
    4013: "does not know the intents",
    4014: "does not allow the intents",
}


@asynccontextmanager
async def reconnecting(discord: LoopbackDiscord, within: float = 25) -> AsyncIterator[None]:
    """Break the connection in the body, then wait until there is one again."""
    with discord.members.watch() as events:
        yield
        await events.next_of("bot_connected", within)


@pytest.mark.parametrize("code", RESUMABLE)
async def test_the_bot_comes_back_after_a_close(
    discord: LoopbackDiscord, bot: BotProcess, code: int
) -> None:
    async with reconnecting(discord):
        discord.faults.close_gateway(code)
    assert await answers(discord)


@pytest.mark.parametrize("how", ["reconnect", "break_connections"])
async def test_the_bot_comes_back_after_a_lost_connection(
    discord: LoopbackDiscord, bot: BotProcess, how: str
) -> None:
    async with reconnecting(discord):
        getattr(discord.faults, how)()
    assert await answers(discord)


async def test_the_bot_identifies_anew_when_its_session_is_invalid(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    before = len(discord.identified)
    async with reconnecting(discord):
        discord.faults.invalidate(resumable=False)
    assert len(discord.identified) == before + 1
    assert await answers(discord)


@pytest.mark.parametrize("code", FATAL)
async def test_a_fatal_close_ends_it_with_a_sentence(
    own_discord: LoopbackDiscord, own_bot: BotProcess, code: int
) -> None:
    own_discord.faults.close_on_identify(code)
    await own_bot.launch()
    assert await own_bot.ended() == 78
    told = "\n".join(own_bot.log)
    assert FATAL[code] in told
    assert "Traceback" not in told


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[LoopbackDiscord, BotProcess]]:
    """Give a Discord with a quick heart, and a bot that waits a second for it."""
    with TemporaryDirectory() as folder:
        async with LoopbackDiscord(heartbeat_seconds=0.6) as discord:
            extra = {"TEST_HEARTBEAT": "1.0"}
            bot = BotProcess(discord, Path(folder), extra=extra, module=SURROUNDED)
            await bot.start()
            yield discord, bot
            await bot.kill()
            assert bot.errors() == []


async def test_a_heart_that_is_heard_is_left_alone() -> None:
    async with listening() as (discord, _bot):
        await asyncio.sleep(2)
        assert len(discord.identified) == 1
        assert len(discord.platform.gateway.connections) == 1


@pytest.mark.parametrize("how", ["withhold_acks", "silence_connections"])
async def test_a_gateway_that_is_dead_is_left(how: str) -> None:
    async with listening() as (discord, _bot):
        async with reconnecting(discord, within=60):
            getattr(discord.faults, how)()
            await asyncio.sleep(1.5)
            discord.faults.clear()
        assert await answers(discord)
        assert len(discord.identified) == 1, "a session is resumed and not spent"


async def test_a_resume_that_is_refused_identifies_anew(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    before = len(discord.identified)
    discord.faults.refuse_resume()
    async with reconnecting(discord):
        discord.faults.close_gateway(4000)
    discord.faults.clear()
    assert len(discord.identified) == before + 1
    assert await answers(discord)
