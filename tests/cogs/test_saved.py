"""/saved: quotes that a member keeps."""

import re

import pytest

from playground import LoopbackDiscord
from tests.cogs.members import posted, use
from tests.end_to_end.stage import BotProcess

pytestmark = pytest.mark.usefixtures("bot")


async def test_a_quote_is_saved_once_and_removed(discord: LoopbackDiscord, bot: BotProcess) -> None:
    mika, members = discord.world.mika, discord.members
    assert "nothing yet" in (await use(discord, mika, "saved")).text
    for number in ("26", "27", "28", "29", "30", "31"):
        shown = await use(discord, mika, "quote", find=number)
        assert shown.message is not None
        for _twice in range(2):
            saved = await members.press(mika, shown.message, "Save")
            assert saved.is_ephemeral
            assert saved.text.startswith(f"Quote {number} is saved.")
    await bot.restart()
    kept = await use(discord, mika, "saved")
    assert kept.is_ephemeral
    assert kept.message is not None
    assert "What you saved: 6" in kept.text
    assert re.findall(r"\*\*#(\d+)\*\*", kept.text) == ["31", "30", "29", "28", "27"]
    await members.press(mika, kept.message, "Next")
    assert re.findall(r"\*\*#(\d+)\*\*", kept.message.text) == ["26"]
    await members.press(mika, kept.message, "Remove")
    assert "What you saved: 5" in kept.message.text


async def test_a_message_menu_saves_the_quote_that_a_message_shows(
    discord: LoopbackDiscord,
) -> None:
    world, members = discord.world, discord.members
    shown = await posted(discord, world.robin, "quote", find="21")
    saved = await members.use_message_menu(world.robin, "Save quote", shown)
    assert saved.text.startswith("Quote 21 is saved.")
    own = members.post(world.robin, world.general, "quote:save:tiny-pretty-things:21")
    refused = await members.use_message_menu(world.robin, "Save quote", own)
    assert refused.text.startswith("I see no quote of mine in that message.")
