"""Where many have asked just now, an answer is private and says why."""

import pytest

from playground import Channel, LoopbackDiscord, Outcome, User
from tests.end_to_end.tables import new_channel

pytestmark = pytest.mark.usefixtures("bot")

COMMANDS = ["quote", "fact", "trivia", "today", "cast", "interview", "leaderboard"]
WHY = "Only you see this: there were a lot of answers in here just now."


async def typed(discord: LoopbackDiscord, user: User, place: Channel, command: str) -> Outcome:
    return await discord.members.use_command(user, place, command, {})


@pytest.mark.parametrize("command", COMMANDS)
async def test_an_answer_says_why_it_is_private_in_a_busy_channel(
    discord: LoopbackDiscord, command: str
) -> None:
    world, channel = discord.world, new_channel(discord)
    shown = [await typed(discord, world.mika, channel, "fact") for _n in range(3)]
    assert not any(outcome.is_ephemeral or WHY in outcome.text for outcome in shown)
    told = await typed(discord, world.mika, channel, command)
    assert told.is_ephemeral
    assert told.text.endswith(WHY)


async def test_what_is_always_private_gives_no_reason(discord: LoopbackDiscord) -> None:
    world, channel = discord.world, new_channel(discord)
    for _n in range(4):
        await typed(discord, world.mika, channel, "fact")
    for command in ("saved", "help", "privacy"):
        told = await typed(discord, world.mika, channel, command)
        assert told.is_ephemeral
        assert WHY not in told.text
