"""When a route of Discord fails the bot goes on, or tells the member, and nobody else waits."""

import asyncio

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess, answers
from tests.end_to_end.tables import new_channel
from tests.waiting import until

FIRST_ANSWER_SECONDS = 3.0


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
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world, members = discord.world, discord.members
    outcome = await members.use_command(world.robin, new_channel(discord), "trivia")
    assert outcome.message is not None
    edits = len(discord.record.find("PATCH /channels/*"))
    discord.faults.answer("PATCH /channels/*", 404, times=1)
    pressed = await members.press(world.mika, outcome.message, outcome.message.custom_ids[0])
    assert pressed.status == "answered"
    events = discord.platform.events
    assert await events.until(lambda: len(discord.record.find("PATCH /channels/*")) > edits, 60)
    assert await answers(discord)
    assert bot.errors() == []


async def test_an_interaction_that_discord_forgot_is_only_logged(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world = discord.world
    gone = {"message": "Unknown interaction", "code": 10062}
    discord.faults.answer("*/callback", 404, times=1, body=gone)
    outcome = await discord.members.use_command(world.robin, world.general, "quote")
    assert outcome.status == "failed"
    assert await answers(discord)
    assert bot.errors() == []


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (503, 0)])
async def test_suggestions_that_come_too_late_are_no_fault_of_ours(
    discord: LoopbackDiscord, bot: BotProcess, status: int, code: int
) -> None:
    world = discord.world
    body = {"message": "Unknown interaction", "code": code}
    # The library sends what failed for a while again and again.
    discord.faults.answer("*/callback", status, times=9, body=body)
    try:
        shown = await discord.members.autocomplete(world.robin, world.general, "quote", "find", "a")
    finally:
        discord.faults.clear()
    assert shown.status == "failed"
    assert await answers(discord)
    assert bot.errors() == []


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
        drawn = await (await members.press(world.mika, context.message, "Picture")).settled()
    finally:
        discord.faults.clear()
    assert drawn.attachments[0]["filename"] == "quote.png"


@pytest.mark.parametrize("status", [429, 500])
async def test_the_count_on_a_question_survives_a_route_that_fails_once(
    discord: LoopbackDiscord, bot: BotProcess, status: int
) -> None:
    world, members = discord.world, discord.members
    outcome = await members.use_command(world.robin, new_channel(discord), "trivia")
    message = outcome.message
    assert message is not None
    discord.faults.answer("PATCH /channels/*", status, times=1)
    await members.press(world.mika, message, message.custom_ids[0])
    assert await discord.platform.events.until(lambda: "1 answered" in message.text, 60)
    assert bot.errors() == []


async def test_one_who_has_to_wait_keeps_nobody_else_waiting(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world = discord.world
    discord.faults.answer("*/callback", 429, retry_after=1800)
    waiting = asyncio.create_task(discord.members.use_command(world.mika, world.general, "quote"))
    assert await bot.logged("Retrying in 1800.00 seconds")
    for _n in range(5):
        assert await answers(discord)
    assert (await waiting).status == "failed"
    assert bot.errors() == []


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
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world = discord.world
    discord.faults.drop("*/callback")
    outcome = await discord.members.use_command(world.robin, world.general, "quote")
    assert "Discord didn't take my answer. Try again in a minute." in outcome.text
    assert bot.errors() == []


@pytest.mark.parametrize("seconds", [1.0, 4.0])
async def test_a_slow_discord_delays_only_the_answer_it_is_slow_with(
    discord: LoopbackDiscord, bot: BotProcess, seconds: float
) -> None:
    world = discord.world
    fault = discord.faults.slow_answer("*/callback", seconds)
    slow = asyncio.create_task(discord.members.use_command(world.mika, world.general, "quote"))
    await until(lambda: fault.times == 0)
    assert await answers(discord)
    assert (await slow).status == "answered"
    assert await answers(discord)
    assert bot.errors() == []
