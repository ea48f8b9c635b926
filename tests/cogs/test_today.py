"""/today: one day for everyone, and a streak for each."""

import re

import pytest

from playground import LoopbackDiscord
from tests.cogs.members import use
from tests.end_to_end.stage import BotProcess

pytestmark = pytest.mark.usefixtures("bot")


async def test_the_day_is_the_same_for_everyone(discord: LoopbackDiscord) -> None:
    world = discord.world
    first = await use(discord, world.robin, "today")
    second = await use(discord, world.mika, "today")
    assert first.text == second.text
    assert first.labels == second.labels
    assert re.search(
        r"Quote \d+ · .*\n(.*\n)*-# (One of \d+ facts|The only fact) about", first.text
    )
    for label in ("Quote of the day", "Fact of the day", "Question of the day"):
        assert f"-# **{label}**" in first.text
    assert re.search(r"### Today, <t:\d+:D>", first.text)
    assert re.search(
        r"Next one <t:\d+:R>\. Your answer is private and keeps your streak\.", first.text
    )


async def test_the_question_of_the_day_counts_once_and_begins_a_streak(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world, members = discord.world, discord.members
    day = await use(discord, world.noor, "today")
    assert day.message is not None
    answers = [one for one in day.message.custom_ids if one.startswith("today:answer:")]
    assert len(answers) == 4
    first = await members.press(world.noor, day.message, answers[0])
    assert first.is_ephemeral
    assert "Day 1 of your first streak." in first.text
    await bot.restart()
    again = await members.press(world.noor, day.message, answers[1])
    assert again.text.startswith("You've already answered this one. Your first answer counts.")
    assert first.text in again.text
