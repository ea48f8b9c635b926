"""/help: what there is, and for managers how to begin."""

import pytest

from playground import LoopbackDiscord
from tests.cogs.members import posted, use

pytestmark = pytest.mark.usefixtures("bot")


async def test_help_begins_with_three_steps_for_managers_alone(discord: LoopbackDiscord) -> None:
    world = discord.world
    helped = await posted(discord, world.noor, "help")
    assert helped.text.startswith("### Set me up in three steps\n1. </settings:")
    assert "</schedule:" in helped.text
    assert "in three steps" not in (await posted(discord, world.robin, "help")).text
    assert "in three steps" not in (await use(discord, world.noor, "help")).text


async def test_help_shows_a_member_only_what_they_can_use(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    seen = (await posted(discord, world.robin, "help")).text
    assert "</leaderboard:" in seen
    assert "settings" not in seen
    assert "schedule" not in seen
    alone = (await use(discord, world.noor, "help")).text
    guest = (await members.use_command(world.robin, world.lounge, "help")).text
    for text in (alone, guest):
        assert "</quote:" in text
        for name in ("leaderboard", "settings", "schedule"):
            assert name not in text
