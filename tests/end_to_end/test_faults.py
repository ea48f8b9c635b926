"""When Discord fails the bot goes on, gives up with a sentence, or tells the member."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess

RESUMABLE = [1000, 1001, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009]
FATAL = {
    4004: "Discord does not accept the token.",
    4010: "Discord does not know the shard",
    4011: "The bot is in too many servers",
    4012: "no longer speaks this version",
    4013: "does not know the intents",
    4014: "does not allow the intents",
}


async def answers(discord: LoopbackDiscord) -> bool:
    """Say whether a command is answered by the connection that is open now."""
    world = discord.world
    channel = world.dm(world.robin)
    outcome = await discord.hands.use_command(world.robin, channel, "quote")
    return outcome.status == "answered" and not outcome.refused


@asynccontextmanager
async def reconnecting(discord: LoopbackDiscord, within: float = 25) -> AsyncIterator[None]:
    """Break the connection in the body, then wait until there is one again."""
    with discord.hands.watch() as events:
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


async def test_a_discord_that_is_not_there_is_told_as_temporary(own_bot: BotProcess) -> None:
    own_bot.extra["DISCORD_API_URL"] = "http://127.0.0.1:9"
    await own_bot.launch()
    assert await own_bot.ended(within=60) == 75
    told = "\n".join(own_bot.log)
    assert "Discord cannot be reached" in told
    assert "Traceback" not in told


START_ROUTES = ["GET /users/@me", "GET /gateway/bot", "*/commands"]


@pytest.mark.parametrize("route", START_ROUTES)
@pytest.mark.parametrize("status", [429, 500, 502])
async def test_a_start_survives_a_route_that_fails_once(
    own_discord: LoopbackDiscord, own_bot: BotProcess, route: str, status: int
) -> None:
    own_discord.faults.answer(route, status, times=1)
    await own_bot.start()
    assert await answers(own_discord)


@pytest.mark.parametrize("status", [429, 500, 502, 504])
async def test_an_answer_survives_a_route_that_fails_once(
    discord: LoopbackDiscord, bot: BotProcess, status: int
) -> None:
    discord.faults.answer("*/callback", status, times=1)
    world = discord.world
    try:
        outcome = await discord.hands.use_command(world.mika, world.dm(world.mika), "quote")
    finally:
        discord.faults.clear()
    assert outcome.status in ("answered", "failed")
    assert await answers(discord)


async def test_the_count_on_a_question_survives_a_message_that_is_gone(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    world, hands = own_discord.world, own_discord.hands
    outcome = await hands.use_command(world.robin, world.general, "trivia")
    assert outcome.message is not None
    own_discord.faults.answer("PATCH /channels/*", 404, times=1)
    pressed = await hands.press(world.mika, outcome.message, outcome.message.custom_ids[0])
    assert pressed.status == "answered"
    events = own_discord.platform.events
    assert await events.until(lambda: bool(own_discord.record.find("PATCH /channels/*")), 5)
    assert await answers(own_discord)
    assert own_bot.errors() == []


async def test_an_interaction_that_discord_forgot_is_only_logged(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    world = own_discord.world
    gone = {"message": "Unknown interaction", "code": 10062}
    own_discord.faults.answer("*/callback", 404, times=1, body=gone)
    outcome = await own_discord.hands.use_command(world.robin, world.general, "quote")
    assert outcome.status == "failed"
    assert await answers(own_discord)
    assert own_bot.errors() == []


@pytest.mark.parametrize("status", [429, 500, 502])
async def test_a_picture_survives_a_route_that_fails_once(
    discord: LoopbackDiscord, bot: BotProcess, status: int
) -> None:
    world, hands = discord.world, discord.hands
    direct = world.dm(world.mika)
    shown = await hands.use_command(world.mika, direct, "quote", {"find": "12"})
    assert shown.message is not None
    context = await hands.press(world.mika, shown.message, "Context")
    assert context.message is not None
    discord.faults.answer("PATCH /webhooks/*", status, times=1)
    try:
        drawn = await (await hands.press(world.mika, context.message, "Picture")).settled(10)
    finally:
        discord.faults.clear()
    assert drawn.attachments[0]["filename"] == "quote.png"


@pytest.mark.parametrize("status", [429, 500])
async def test_the_count_on_a_question_survives_a_route_that_fails_once(
    own_discord: LoopbackDiscord, own_bot: BotProcess, status: int
) -> None:
    await own_bot.start()
    world, hands = own_discord.world, own_discord.hands
    outcome = await hands.use_command(world.robin, world.general, "trivia")
    message = outcome.message
    assert message is not None
    own_discord.faults.answer("PATCH /channels/*", status, times=1)
    await hands.press(world.mika, message, message.custom_ids[0])
    assert await own_discord.platform.events.until(lambda: "1 answered" in message.text, 15)
    assert own_bot.errors() == []
