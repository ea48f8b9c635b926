"""When a route of Discord fails the bot goes on, gives up with a sentence, or tells the member."""

import asyncio

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess


async def answers(discord: LoopbackDiscord) -> bool:
    """Say whether a command is answered by the connection that is open now."""
    world = discord.world
    channel = world.dm(world.robin)
    outcome = await discord.members.use_command(world.robin, channel, "quote")
    return outcome.status == "answered" and not outcome.refused


async def test_a_discord_that_is_not_there_is_told_as_temporary(own_bot: BotProcess) -> None:
    own_bot.extra["DISCORD_API_URL"] = "http://127.0.0.1:9"
    await own_bot.launch()
    assert await own_bot.ended(within=60) == 75
    told = "\n".join(own_bot.log)
    assert "Discord cannot be reached" in told
    assert "Traceback" not in told


START_ROUTES = ["GET /users/@me", "GET /gateway/bot", "*/commands"]


@pytest.mark.parametrize("route", START_ROUTES)
@pytest.mark.parametrize("status", [429, 500, 502, 504])
async def test_a_start_survives_a_route_that_fails_once(
    own_discord: LoopbackDiscord, own_bot: BotProcess, route: str, status: int
) -> None:
    own_discord.faults.answer(route, status, times=1)
    await own_bot.start()
    assert await answers(own_discord)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_an_answer_survives_a_route_that_fails_once(
    discord: LoopbackDiscord, bot: BotProcess, status: int
) -> None:
    discord.faults.answer("*/callback", status, times=1)
    world = discord.world
    try:
        outcome = await discord.members.use_command(world.mika, world.dm(world.mika), "quote")
    finally:
        discord.faults.clear()
    assert outcome.status in ("answered", "failed")
    assert await answers(discord)


async def test_the_count_on_a_question_survives_a_message_that_is_gone(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    world, members = own_discord.world, own_discord.members
    outcome = await members.use_command(world.robin, world.general, "trivia")
    assert outcome.message is not None
    own_discord.faults.answer("PATCH /channels/*", 404, times=1)
    pressed = await members.press(world.mika, outcome.message, outcome.message.custom_ids[0])
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
    outcome = await own_discord.members.use_command(world.robin, world.general, "quote")
    assert outcome.status == "failed"
    assert await answers(own_discord)
    assert own_bot.errors() == []


@pytest.mark.parametrize("status", [429, 500, 502])
async def test_a_picture_survives_a_route_that_fails_once(
    discord: LoopbackDiscord, bot: BotProcess, status: int
) -> None:
    world, members = discord.world, discord.members
    direct = world.dm(world.mika)
    shown = await members.use_command(world.mika, direct, "quote", {"find": "12"})
    assert shown.message is not None
    context = await members.press(world.mika, shown.message, "Context")
    assert context.message is not None
    discord.faults.answer("PATCH /webhooks/*", status, times=1)
    try:
        drawn = await (await members.press(world.mika, context.message, "Picture")).settled(10)
    finally:
        discord.faults.clear()
    assert drawn.attachments[0]["filename"] == "quote.png"


@pytest.mark.parametrize("status", [429, 500])
async def test_the_count_on_a_question_survives_a_route_that_fails_once(
    own_discord: LoopbackDiscord, own_bot: BotProcess, status: int
) -> None:
    await own_bot.start()
    world, members = own_discord.world, own_discord.members
    outcome = await members.use_command(world.robin, world.general, "trivia")
    message = outcome.message
    assert message is not None
    own_discord.faults.answer("PATCH /channels/*", status, times=1)
    await members.press(world.mika, message, message.custom_ids[0])
    assert await own_discord.platform.events.until(lambda: "1 answered" in message.text, 15)
    assert own_bot.errors() == []


@pytest.mark.parametrize("route", START_ROUTES)
@pytest.mark.parametrize("status", [200, 403, 429, 503])
async def test_a_start_that_meets_a_page_instead_of_json_may_be_tried_again(
    own_discord: LoopbackDiscord, own_bot: BotProcess, route: str, status: int
) -> None:
    own_discord.faults.garble(route, status, times=9)
    await own_bot.launch()
    assert await own_bot.ended() == 75
    told = "\n".join(own_bot.log)
    assert "Discord cannot be reached" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("route", START_ROUTES)
async def test_a_start_waits_as_long_as_discord_says_and_can_be_stopped(
    own_discord: LoopbackDiscord, own_bot: BotProcess, route: str
) -> None:
    own_discord.faults.answer(route, 429, times=9, retry_after=1800)
    await own_bot.launch()
    assert await own_bot.logged("Retrying in 1800.00 seconds")
    assert len(own_discord.record.find(route, status=429)) == 1
    assert await own_bot.stop() == 0


async def test_one_who_has_to_wait_keeps_nobody_else_waiting(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    world = own_discord.world
    own_discord.faults.answer("*/callback", 429, retry_after=1800)
    waiting = asyncio.create_task(
        own_discord.members.use_command(world.mika, world.general, "quote")
    )
    assert await own_bot.logged("Retrying in 1800.00 seconds")
    for _n in range(5):
        assert await answers(own_discord)
    assert (await waiting).status == "failed"
    assert own_bot.errors() == []


@pytest.mark.parametrize("is_done", [True, False])
async def test_an_answer_whose_receipt_is_no_json_stays(
    own_discord: LoopbackDiscord, own_bot: BotProcess, is_done: bool
) -> None:
    await own_bot.start()
    world = own_discord.world
    own_discord.faults.garble("*/callback", 200 if is_done else 503, is_done=is_done)
    outcome = await own_discord.members.use_command(world.robin, world.general, "quote")
    assert outcome.status == "answered"
    assert await answers(own_discord)


async def test_a_connection_that_is_cut_instead_of_an_answer_is_told(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    world = own_discord.world
    own_discord.faults.drop("*/callback")
    outcome = await own_discord.members.use_command(world.robin, world.general, "quote")
    assert "Discord did not take my answer. Try again in a minute." in outcome.text
    assert own_bot.errors() == []


@pytest.mark.parametrize("seconds", [1.0, 4.0])
async def test_a_slow_discord_delays_only_the_answer_it_is_slow_with(
    own_discord: LoopbackDiscord, own_bot: BotProcess, seconds: float
) -> None:
    await own_bot.start()
    world = own_discord.world
    own_discord.faults.slow_answer("*/callback", seconds)
    slow = asyncio.create_task(own_discord.members.use_command(world.mika, world.general, "quote"))
    await asyncio.sleep(0.2)
    assert await answers(own_discord)
    assert (await slow).status == "answered"
    assert await answers(own_discord)
    assert own_bot.errors() == []
