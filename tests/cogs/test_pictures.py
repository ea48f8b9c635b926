"""A quote as a picture: one tap away, in two shapes and styles, posted once with its source."""

import asyncio
import json

import pytest

from playground import LoopbackDiscord, Message, User
from tests.cogs.members import enabled, use
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.tables import new_channel

pytestmark = pytest.mark.usefixtures("bot")


async def pictured(discord: LoopbackDiscord, user: User, number: int = 12) -> Message:
    """Let somebody press *Picture* on a quote in a channel that nothing was posted in."""
    place = new_channel(discord)
    shown = await discord.members.use_command(user, place, "quote", {"find": str(number)})
    assert shown.message is not None
    return await (await discord.members.press(user, shown.message, "Picture")).settled()


def seen_by_others(discord: LoopbackDiscord, message: Message) -> list[Message]:
    history = discord.members.history(discord.world.noor, message.channel)
    return [one for one in history if one.attachments]


def gallery_in(message: Message) -> dict[str, object]:
    (gallery,) = [one for one in message.components() if one.get("items")]
    return gallery["items"][0]


async def test_one_tap_gives_it_privately_with_all_that_belongs_to_it(
    discord: LoopbackDiscord,
) -> None:
    drawn = await pictured(discord, discord.world.robin)
    assert drawn.is_ephemeral
    assert drawn.attachments[0]["filename"] == "quote.png"
    assert (drawn.attachments[0]["width"], drawn.attachments[0]["height"]) == (1080, 1350)
    description = str(gallery_in(drawn)["description"])
    assert description.startswith("So we didn't have stunt doubles. […] We fully did")
    assert description.endswith("before we started filming. (Casimere Jollette)")
    assert drawn.labels == ["Post here", "Context", "Save", "Wide", "Light"]


async def test_what_is_posted_has_link_speaker_question_context_and_save(
    discord: LoopbackDiscord,
) -> None:
    robin, members = discord.world.robin, discord.members
    drawn = await pictured(discord, robin)
    await members.press(robin, drawn, "Post here")
    assert await discord.platform.events.until(lambda: "Posted" in drawn.labels, 60)
    (posted,) = seen_by_others(discord, drawn)
    assert not posted.is_ephemeral
    assert "**Casimere Jollette** (Bette)" in posted.text
    assert "-# Real dancers" in posted.text
    assert "question 2 of 9" in posted.text
    assert "[Entertainment Weekly](<https://www.yahoo.com/entertainment/" in posted.text
    assert "via Yahoo" in posted.text
    assert posted.labels == ["Context", "Save"]
    assert gallery_in(posted)["description"] == gallery_in(drawn)["description"]
    context = await members.press(discord.world.mika, posted, "Context")
    assert context.is_ephemeral
    saved = await members.press(discord.world.mika, posted, "Save")
    assert "is saved" in saved.text
    assert posted.labels == ["Context", "Save"], "what others see tells nobody what one saved"


async def test_the_menu_saves_the_quote_of_a_picture(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    drawn = await pictured(discord, world.robin)
    await members.press(world.robin, drawn, "Post here")
    assert await discord.platform.events.until(lambda: seen_by_others(discord, drawn), 60)
    (posted,) = seen_by_others(discord, drawn)
    for picture in (drawn, posted):
        saved = await members.use_message_menu(world.robin, "Save quote", picture)
        assert "Quote 12 is saved" in saved.text


async def test_it_is_posted_once_however_often_and_by_whomever_it_is_pressed(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    robin, mika, members = discord.world.robin, discord.world.mika, discord.members
    drawn = await pictured(discord, robin)
    again = await use_in(discord, mika, drawn)
    presses = [members.press(robin, drawn, "Post here") for _n in range(2)]
    outcomes = await asyncio.gather(*presses, members.press(mika, again, "Post here"))
    assert await discord.platform.events.until(lambda: seen_by_others(discord, drawn), 60)
    refused = [one for one in outcomes if "That is posted here already." in one.text]
    assert len(refused) == len(outcomes) - 1
    await bot.restart()
    later = await use_in(discord, mika, drawn)
    outcome = await members.press(mika, later, "Post here")
    assert outcome.is_ephemeral
    assert "That is posted here already." in outcome.text
    assert len(seen_by_others(discord, drawn)) == 1


async def use_in(discord: LoopbackDiscord, user: User, beside: Message) -> Message:
    """Let somebody else draw the same quote in the same channel."""
    shown = await discord.members.use_command(user, beside.channel, "quote", {"find": "12"})
    assert shown.message is not None
    return await (await discord.members.press(user, shown.message, "Picture")).settled()


async def test_what_was_not_posted_can_be_posted_at_once(discord: LoopbackDiscord) -> None:
    robin, members = discord.world.robin, discord.members
    drawn = await pictured(discord, robin)
    body = {"message": "Invalid Webhook Token", "code": 50027}
    discord.faults.answer("POST /webhooks/*", 401, times=1, body=body)
    try:
        outcome = await members.press(robin, drawn, "Post here")
        assert await discord.platform.events.until(lambda: bool(outcome.refused), 60)
    finally:
        discord.faults.clear()
    assert seen_by_others(discord, drawn) == []
    assert "Post here" in enabled(drawn)
    await members.press(robin, drawn, "Post here")
    assert await discord.platform.events.until(lambda: "Posted" in drawn.labels, 60)
    assert len(seen_by_others(discord, drawn)) == 1


async def test_shape_and_style_are_one_tap_each_in_the_same_place(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    robin, members = discord.world.robin, discord.members
    drawn = await pictured(discord, robin)
    await bot.restart()
    for label, buttons, size in (
        ("Wide", ["Upright", "Light"], (1280, 720)),
        ("Light", ["Upright", "Dark"], (1280, 720)),
        ("Upright", ["Wide", "Dark"], (1080, 1350)),
        ("Dark", ["Wide", "Light"], (1080, 1350)),
    ):
        before = drawn.attachments[0]["id"]
        await members.press(robin, drawn, label)
        is_drawn = discord.platform.events.until(
            lambda before=before: drawn.attachments[0]["id"] != before, 60
        )
        assert await is_drawn
        assert drawn.labels[3:] == buttons
        assert (drawn.attachments[0]["width"], drawn.attachments[0]["height"]) == size
        assert len(drawn.attachments) == 1


async def test_saving_from_a_picture_is_told_on_its_button_and_the_picture_stays(
    discord: LoopbackDiscord,
) -> None:
    robin, members = discord.world.robin, discord.members
    drawn = await pictured(discord, robin, 13)
    for label, other in (("Save", "Saved"), ("Saved", "Save")):
        outcome = await members.press(robin, drawn, label)
        assert outcome.status == "updated"
        assert other in drawn.labels
        assert drawn.attachments[0]["filename"] == "quote.png"
        assert gallery_in(drawn)["media"]["url"] == drawn.attachments[0]["url"]


async def test_the_picture_of_a_spoiler_tells_nothing_before_it_is_opened(
    discord: LoopbackDiscord,
) -> None:
    robin, members = discord.world.robin, discord.members
    drawn = await pictured(discord, robin, 38)
    await members.press(robin, drawn, "Post here")
    assert await discord.platform.events.until(lambda: seen_by_others(discord, drawn), 60)
    for picture in (drawn, *seen_by_others(discord, drawn)):
        assert gallery_in(picture)["spoiler"] is True
        assert picture.attachments[0]["filename"] == "SPOILER_quote.png"
        assert "leaked" not in json.dumps(picture.payload)
        told, _gallery, below = picture.payload["components"][:3]
        assert told["content"].startswith("Spoiler: ")
        assert below["spoiler"] is True, "its question is hidden, too"


async def test_in_a_direct_message_a_picture_is_drawn_too(discord: LoopbackDiscord) -> None:
    robin = discord.world.robin
    shown = await use(discord, robin, "quote", find="12")
    assert shown.message is not None
    drawn = await (await discord.members.press(robin, shown.message, "Picture")).settled()
    assert drawn.attachments
