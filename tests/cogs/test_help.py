"""/help: what there is, and for managers how to begin."""

import pytest

from playground import LoopbackDiscord
from tests.cogs.members import posted, use

pytestmark = pytest.mark.usefixtures("bot")


async def test_help_begins_with_three_steps_for_managers_alone(discord: LoopbackDiscord) -> None:
    world = discord.world
    helped = await posted(discord, world.noor, "help")
    assert helped.text.startswith("### Three steps to set it up\n1. </settings:")
    assert "Three steps" not in (await posted(discord, world.robin, "help")).text
    assert "Three steps" not in (await use(discord, world.noor, "help")).text
