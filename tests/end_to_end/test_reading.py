"""What members keep and choose: saved quotes, days, settings of a server and of their own."""

import json
import re

import pytest

from playground import LoopbackDiscord, MemberError, Message, Outcome, User
from tests.end_to_end.stage import BotProcess

pytestmark = pytest.mark.usefixtures("bot")


async def use(discord: LoopbackDiscord, user: User, command: str, **options: object) -> Outcome:
    return await discord.members.use_command(user, discord.world.dm(user), command, options)


async def posted(discord: LoopbackDiscord, user: User, command: str, **options: object) -> Message:
    outcome = await discord.members.use_command(user, discord.world.general, command, options)
    assert outcome.message is not None, outcome.status
    return outcome.message


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


async def test_the_day_is_the_same_for_everyone(discord: LoopbackDiscord) -> None:
    world = discord.world
    first = await use(discord, world.robin, "today")
    second = await use(discord, world.mika, "today")
    assert first.text == second.text
    assert first.labels == second.labels
    assert re.search(r"Quote \d+ · .*\n(.*\n)*-# Fact \d+ of", first.text)
    assert re.search(r"The next comes <t:\d+:R>", first.text)


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
    assert "Your streak begins: 1 day" in first.text
    await bot.restart()
    again = await members.press(world.noor, day.message, answers[1])
    assert again.text.startswith("You have answered this already; your first answer stands.")
    assert first.text in again.text


async def test_the_interview_jumps_to_a_question(discord: LoopbackDiscord) -> None:
    robin = discord.world.robin
    opened = await use(discord, robin, "interview")
    assert opened.message is not None
    jumped = await discord.members.select(
        robin, opened.message, "interview:jump:tiny-pretty-things", ["6"]
    )
    assert jumped.status == "updated"
    assert "question 6 of 9" in opened.message.text


async def test_only_managers_of_a_server_may_change_its_settings(
    discord: LoopbackDiscord,
) -> None:
    world, members = discord.world, discord.members
    with pytest.raises(MemberError, match="no command 'settings'"):
        await members.use_command(world.robin, world.general, "settings")
    with pytest.raises(MemberError, match="no command 'settings'"):
        await members.use_command(world.noor, world.dm(world.noor), "settings")
    # A button is forged by hand: what it asks for is checked again.
    message = await posted(discord, world.robin, "quote", find="12")
    message.payload["components"][-1]["components"][0]["custom_id"] = "settings:back"
    refused = await members.press(world.robin, message, "settings:back")
    assert refused.text.startswith("This is for those who manage the server.")
    message.payload["components"][-1]["components"][1]["custom_id"] = "quote:omit:x:1"
    refused = await members.press(world.robin, message, "quote:omit:x:1")
    assert refused.text.startswith("This is for those who manage the server.")


async def test_a_server_chooses_what_happens_to_spoilers(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world = discord.world
    message = await panel(discord)
    told = await change(discord, message, "spoilers", ["omit"])
    assert told.startswith("Saved.")
    await bot.restart()
    refused = await posted(discord, world.robin, "quote", find="38")
    assert "No quote that may be shown here" in refused.text
    await change(discord, message, "spoilers", ["show"])
    shown = await posted(discord, world.robin, "quote", find="38")
    assert not shown.text.startswith("Hidden")
    await change(discord, message, "spoilers", ["hide"])
    veiled = await posted(discord, world.robin, "quote", find="38")
    assert veiled.text.startswith("Hidden")


async def test_a_server_chooses_where_strong_language_is_shown(discord: LoopbackDiscord) -> None:
    world, message = discord.world, await panel(discord)
    await change(discord, message, "mature", ["everywhere"])
    assert "Quote 41" in (await posted(discord, world.robin, "quote", find="41")).text
    await change(discord, message, "mature", ["nowhere"])
    outcome = await discord.members.use_command(
        world.robin, world.after_dark, "quote", {"find": "41"}
    )
    assert "No quote that may be shown here" in outcome.text
    await change(discord, message, "mature", ["restricted"])


async def test_a_server_chooses_where_answers_are_public(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    message = await panel(discord)
    assert f"<#{world.after_dark.id}>" in await change(
        discord, message, "public", [world.after_dark]
    )
    assert (await posted(discord, world.robin, "quote")).is_ephemeral
    public = await members.use_command(world.robin, world.after_dark, "quote")
    assert not public.is_ephemeral
    await members.press(world.noor, message, "settings:change:public")
    await members.press(world.noor, message, "No channel")
    assert "Nowhere" in message.text
    private = await members.use_command(world.robin, world.after_dark, "quote")
    assert private.is_ephemeral
    await members.press(world.noor, message, "settings:change:public")
    await members.press(world.noor, message, "Every channel")
    assert "Nowhere" not in message.text


async def test_a_quote_is_left_out_and_taken_in_again(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    shown = await posted(discord, world.noor, "quote", find="32")
    context = await members.press(world.noor, shown, "Context")
    assert context.message is not None
    left_out = await members.press(world.noor, context.message, "Leave out here")
    assert left_out.text.startswith("Quote 32 is no longer shown here.")
    words = "fighting to get that lead role"
    for command, options in (
        ("quote", {"find": "32"}),
        ("quote", {"find": words}),
        ("interview", {"question": 6}),
        ("cast", {"person": "Casimere"}),
    ):
        shown = await posted(discord, world.robin, command, **options)
        assert f"you're all {words}" not in shown.text
    offered = await members.autocomplete(world.robin, world.general, "quote", "find", "32")
    assert "#32" not in [choice["value"] for choice in offered.choices]
    assert words in (await use(discord, world.robin, "quote", find="32")).text, "elsewhere it is"
    message = await panel(discord)
    assert "#32" in message.text
    await change(discord, message, "left-out", ["tiny-pretty-things:32"])
    assert words in (await posted(discord, world.robin, "quote", find="32")).text


async def test_members_see_no_button_that_leaves_out(discord: LoopbackDiscord) -> None:
    shown = await use(discord, discord.world.mika, "quote", find="32")
    assert shown.message is not None
    context = await discord.members.press(discord.world.mika, shown.message, "Context")
    assert context.labels == ["Picture"]


async def test_a_second_panel_is_refreshed_and_overwrites_nothing(
    discord: LoopbackDiscord,
) -> None:
    noor, members = discord.world.noor, discord.members
    first, second = await panel(discord), await panel(discord)
    for message in (first, second):
        await members.press(noor, message, "settings:change:spoilers")
    await members.select(noor, first, first.custom_ids[0], ["omit"])
    await members.select(noor, second, second.custom_ids[0], ["show"])
    assert second.text.startswith("Somebody else has changed the settings.")
    assert "leave out major ones" in second.text
    await change(discord, second, "spoilers", ["hide"])


async def test_rubbish_in_a_select_is_a_sentence(discord: LoopbackDiscord) -> None:
    noor, message = discord.world.noor, await panel(discord)
    await discord.members.press(noor, message, "settings:change:spoilers")
    for container in message.payload["components"]:
        text = json.dumps(container).replace('"value": "omit"', '"value": "burn"')
        container.update(json.loads(text))
    outcome = await discord.members.select(noor, message, message.custom_ids[0], ["burn"])
    assert outcome.text.startswith("That cannot be chosen.")


async def test_a_member_chooses_more_strictly_for_themselves(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world, members = discord.world, discord.members
    own = await use(discord, world.mika, "privacy")
    assert own.is_ephemeral
    assert own.message is not None
    assert "What I store about you" in own.text
    chosen = await members.select(world.mika, own.message, "privacy:spoilers", ["omit"])
    assert "leave out major ones" in chosen.text
    await bot.restart()
    refused = await use(discord, world.mika, "quote", find="38")
    assert "No quote that may be shown here" in refused.text
    public = await posted(discord, world.mika, "quote", find="38")
    if not public.is_ephemeral:
        assert public.text.startswith("Hidden"), "what others see is the server's choice"
    await members.select(world.mika, own.message, "privacy:spoilers", ["server"])
    assert (await use(discord, world.mika, "quote", find="38")).text.startswith("Hidden")


async def test_help_begins_with_three_steps_for_managers_alone(discord: LoopbackDiscord) -> None:
    world = discord.world
    helped = await posted(discord, world.noor, "help")
    assert helped.text.startswith("### Three steps to set it up\n1. </settings:")
    assert "Three steps" not in (await posted(discord, world.robin, "help")).text
    assert "Three steps" not in (await use(discord, world.noor, "help")).text


async def test_a_quote_becomes_a_picture_and_is_posted(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    shown = await use(discord, world.robin, "quote", find="12")
    assert shown.message is not None
    context = await members.press(world.robin, shown.message, "Context")
    assert context.message is not None
    drawn = await (await members.press(world.robin, context.message, "Picture")).settled()
    assert drawn.is_ephemeral
    gallery = drawn.payload["components"][0]["items"][0]
    assert gallery["description"].startswith("So we didn't have stunt doubles. […] We fully did")
    assert gallery["description"].endswith("before we started filming. (Casimere Jollette)")
    assert drawn.attachments[0]["filename"] == "quote.png"
    posted = await (await members.press(world.robin, drawn, "Post here")).settled()
    assert not posted.is_ephemeral
    assert posted.attachments[0]["filename"] == "quote.png"


async def test_the_picture_of_a_spoiler_tells_nothing_before_it_is_opened(
    discord: LoopbackDiscord,
) -> None:
    world, members = discord.world, discord.members
    shown = await use(discord, world.robin, "quote", find="38")
    assert shown.message is not None
    context = await members.press(world.robin, shown.message, "Context")
    assert context.message is not None
    drawn = await (await members.press(world.robin, context.message, "Picture")).settled()
    item = drawn.payload["components"][1]["items"][0]
    assert item["spoiler"] is True
    assert drawn.attachments[0]["filename"] == "SPOILER_quote.png"
    assert "leaked" not in json.dumps(drawn.payload)
