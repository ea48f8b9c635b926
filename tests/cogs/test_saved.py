"""/saved: quotes that a member keeps."""

import re

import pytest

from playground import LoopbackDiscord
from tests.cogs.members import posted, use
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import BotProcess

ENGINES = BOTH
pytestmark = pytest.mark.usefixtures("bot")


def numbers(text: str) -> list[str]:
    return re.findall(r"· #(\d+)$", text, re.MULTILINE)


async def test_what_is_saved_is_listed_opened_removed_and_brought_back(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    mika, members = discord.world.mika, discord.members
    assert "Nothing saved yet" in (await use(discord, mika, "saved")).text
    for number in ("23", "24", "25", "26", "27", "28"):
        shown = await posted(discord, mika, "quote", find=number)
        for _twice in range(2):
            saved = await members.press(mika, shown, "Save")
            assert saved.is_ephemeral
            assert saved.text.startswith(f"Quote {number} is saved.")
    await bot.restart()
    kept = await use(discord, mika, "saved")
    assert kept.is_ephemeral
    assert kept.message is not None
    assert kept.text.startswith("### 6 saved quotes · 1\u00a0to\u00a05\n")
    assert numbers(kept.text) == ["28", "27", "26", "25", "24"]
    await members.press(mika, kept.message, "Next")
    assert numbers(kept.message.text) == ["23"]
    await members.select(mika, kept.message, "saved:open:1", ["tiny-pretty-things:23"])
    assert "Quote 23 · " in kept.message.text
    assert kept.message.labels == ["Back", "Context", "Picture", "Remove"]
    await members.press(mika, kept.message, "Back")
    assert numbers(kept.message.text) == ["23"]
    await members.select(mika, kept.message, "saved:open:1", ["tiny-pretty-things:23"])
    await members.press(mika, kept.message, "Remove")
    assert kept.message.text.startswith("### 5 saved quotes\n")
    await members.press(mika, kept.message, "Undo")
    assert numbers(kept.message.text) == ["23"], "it is where it was"


async def test_the_last_one_that_is_removed_can_be_brought_back(discord: LoopbackDiscord) -> None:
    noor, members = discord.world.noor, discord.members
    await members.press(noor, await posted(discord, noor, "quote", find="3"), "Save")
    kept = (await use(discord, noor, "saved")).message
    assert kept is not None
    await members.select(noor, kept, "saved:open:0", ["tiny-pretty-things:3"])
    await members.press(noor, kept, "Remove")
    assert kept.text == "That was the last one. Undo brings it back."
    await members.press(noor, kept, "Undo")
    assert numbers(kept.text) == ["3"]


async def test_a_card_that_one_alone_sees_tells_whether_it_is_saved(
    discord: LoopbackDiscord,
) -> None:
    robin, members = discord.world.robin, discord.members
    shown = (await use(discord, robin, "quote", find="8")).message
    assert shown is not None
    words = shown.text
    assert (await members.press(robin, shown, "Save")).status == "updated"
    assert shown.labels[-1] == "Saved"
    assert shown.text == words
    again = (await use(discord, robin, "quote", find="8")).message
    assert again is not None
    assert (await members.press(robin, again, "Saved")).status == "updated"
    assert again.labels[-1] == "Save"
    assert "#8" not in (await use(discord, robin, "saved")).text


async def test_what_others_see_stays_as_it_is_and_the_receipt_takes_back(
    discord: LoopbackDiscord,
) -> None:
    robin, members = discord.world.robin, discord.members
    shown = await posted(discord, robin, "quote", find="9")
    receipt = await members.press(robin, shown, "Save")
    assert shown.labels[-1] == "Save"
    assert receipt.is_ephemeral
    assert receipt.message is not None
    await members.press(robin, receipt.message, "Saved")
    assert receipt.message.text == "Quote 9 is no longer saved."
    await members.press(robin, receipt.message, "Save")
    assert receipt.message.text.startswith("Quote 9 is saved.")
    await members.press(robin, receipt.message, "Saved")


async def test_a_message_menu_saves_the_quote_that_a_message_shows(
    discord: LoopbackDiscord,
) -> None:
    world, members = discord.world, discord.members
    shown = await posted(discord, world.robin, "quote", find="26")
    saved = await members.use_message_menu(world.robin, "Save quote", shown)
    assert saved.text.startswith("Quote 26 is saved.")
    own = members.post(world.robin, world.general, "quote:save:tiny-pretty-things:26")
    refused = await members.use_message_menu(world.robin, "Save quote", own)
    assert refused.text.startswith("I don't see a quote of mine in that message.")
    several = await posted(discord, world.mika, "quote", find="dance")
    refused = await members.use_message_menu(world.robin, "Save quote", several)
    assert refused.text.startswith("That message shows several quotes.")
