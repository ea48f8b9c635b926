"""/settings: what a server chooses, who may, and what comes of it."""

import json

import pytest

from playground import LoopbackDiscord, MemberError, Message
from tests.cogs.members import posted, use
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.forgery import forge
from tests.end_to_end.stage import BotProcess

ENGINES = BOTH
pytestmark = pytest.mark.usefixtures("bot")


async def panel(discord: LoopbackDiscord) -> Message:
    message = await posted(discord, discord.world.noor, "settings")
    assert message.is_ephemeral
    return message


async def change(discord: LoopbackDiscord, message: Message, name: str, values: object) -> str:
    """Change one setting on a panel; what the panel says then."""
    noor = discord.world.noor
    await discord.members.press(noor, message, f"settings:change:{name}")
    outcome = await discord.members.select(noor, message, message.custom_ids[0], values)
    assert outcome.refused == []
    return message.text


async def test_only_managers_of_a_server_may_change_its_settings(
    discord: LoopbackDiscord,
) -> None:
    world, members = discord.world, discord.members
    with pytest.raises(MemberError, match="no command 'settings'"):
        await members.use_command(world.robin, world.general, "settings")
    with pytest.raises(MemberError, match="no command 'settings'"):
        await members.use_command(world.noor, world.dm(world.noor), "settings")
    # A button is forged by hand: what it asks for is checked again.
    message = await posted(discord, world.robin, "quote", find="9")
    forge(message, "settings:back")
    refused = await members.press(world.robin, message, "settings:back")
    assert refused.text.startswith("You need the Manage Server permission for that.")
    forge(message, "quote:omit:x:1")
    refused = await members.press(world.robin, message, "quote:omit:x:1")
    assert refused.text.startswith("You need the Manage Server permission for that.")


async def test_no_two_buttons_of_the_panel_read_alike(discord: LoopbackDiscord) -> None:
    labels = (await panel(discord)).labels
    assert labels[0] == "Change spoilers"
    assert len(set(labels)) == len(labels) == 8, "one interview is no choice"
    assert max(map(len, labels)) <= 34


async def test_a_server_chooses_what_happens_to_spoilers(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world = discord.world
    message = await panel(discord)
    told = await change(discord, message, "spoilers", ["omit"])
    assert told.startswith("Saved.")
    await bot.restart()
    refused = await posted(discord, world.robin, "quote", find="31")
    assert "I have no quote " in refused.text
    await change(discord, message, "spoilers", ["show"])
    shown = await posted(discord, world.robin, "quote", find="31")
    assert not shown.text.startswith("Spoiler: ")
    await change(discord, message, "spoilers", ["hide"])
    veiled = await posted(discord, world.robin, "quote", find="31")
    assert veiled.text.startswith("Spoiler: ")


async def test_a_server_chooses_where_strong_language_is_shown(discord: LoopbackDiscord) -> None:
    world, message = discord.world, await panel(discord)
    await change(discord, message, "mature", ["everywhere"])
    assert "Quote 33" in (await posted(discord, world.robin, "quote", find="33")).text
    await change(discord, message, "mature", ["nowhere"])
    outcome = await discord.members.use_command(
        world.robin, world.after_dark, "quote", {"find": "33"}
    )
    assert "I have no quote " in outcome.text
    await change(discord, message, "mature", ["restricted"])


async def test_a_server_chooses_where_answers_are_public(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    message = await panel(discord)
    assert f"<#{world.after_dark.id}>" in await change(
        discord, message, "public_channels", [world.after_dark]
    )
    assert (await posted(discord, world.robin, "quote")).is_ephemeral
    public = await members.use_command(world.robin, world.after_dark, "quote")
    assert not public.is_ephemeral
    await members.press(world.noor, message, "settings:change:public_channels")
    await members.press(world.noor, message, "No channel")
    assert "Nowhere" in message.text
    private = await members.use_command(world.robin, world.after_dark, "quote")
    assert private.is_ephemeral
    await members.press(world.noor, message, "settings:change:public_channels")
    await members.press(world.noor, message, "Every channel")
    assert "Nowhere" not in message.text


async def test_a_quote_is_left_out_and_taken_in_again(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    shown = await posted(discord, world.noor, "quote", find="27")
    context = await members.press(world.noor, shown, "Context")
    assert context.message is not None
    left_out = await members.press(world.noor, context.message, "Leave out here")
    assert left_out.text.startswith("I won't show quote 27 here again.")
    words = "fighting to get that lead role"
    for command, options in (
        ("quote", {"find": "27"}),
        ("quote", {"find": words}),
        ("interview", {"question": 6}),
        ("cast", {"person": "Casimere"}),
    ):
        shown = await posted(discord, world.robin, command, **options)
        assert f"you're all {words}" not in shown.text
    offered = await members.autocomplete(world.robin, world.general, "quote", "find", "27")
    assert "#27" not in [choice["value"] for choice in offered.choices]
    assert words in (await use(discord, world.robin, "quote", find="27")).text, "elsewhere it is"
    message = await panel(discord)
    assert "#27" in message.text
    await change(discord, message, "left_out", ["tiny-pretty-things:27"])
    assert words in (await posted(discord, world.robin, "quote", find="27")).text


async def test_a_second_panel_is_refreshed_and_overwrites_nothing(
    discord: LoopbackDiscord,
) -> None:
    noor, members = discord.world.noor, discord.members
    first, second = await panel(discord), await panel(discord)
    for message in (first, second):
        await members.press(noor, message, "settings:change:spoilers")
    await members.select(noor, first, first.custom_ids[0], ["omit"])
    await members.select(noor, second, second.custom_ids[0], ["show"])
    assert second.text.startswith("Somebody else just changed the settings.")
    assert "leave out major ones" in second.text
    await change(discord, second, "spoilers", ["hide"])


async def test_rubbish_in_a_select_is_a_sentence(discord: LoopbackDiscord) -> None:
    noor, message = discord.world.noor, await panel(discord)
    await discord.members.press(noor, message, "settings:change:spoilers")
    for container in message.payload["components"]:
        text = json.dumps(container).replace('"value": "omit"', '"value": "burn"')
        container.update(json.loads(text))
    outcome = await discord.members.select(noor, message, message.custom_ids[0], ["burn"])
    assert outcome.text.startswith("That's no longer a choice.")
