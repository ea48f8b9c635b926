"""Hidden means hidden: who is on no board is named in nothing that a channel reads."""

import asyncio
import json
import re
from itertools import count

import pytest

from playground import LoopbackDiscord, Message, User
from tests.cogs.members import answered
from tests.end_to_end.tables import Table, new_table

pytestmark = pytest.mark.usefixtures("hasty_bot")

_guest_ids = count(1_320_000_000_000_000_000)


def public_words(discord: LoopbackDiscord) -> list[str]:
    """Give all that the bot ever wrote into messages that others see, edits included."""
    return [
        json.dumps(body, ensure_ascii=False)
        for message in discord.platform.post.messages
        if not message.is_ephemeral and message.channel.guild is not None
        for body in message.bodies
    ]


def traces(discord: LoopbackDiscord, user: User) -> list[str]:
    signs = str(user.id), user.name, "**You**"
    return [words for words in public_words(discord) if any(sign in words for sign in signs)]


async def hide(discord: LoopbackDiscord, user: User) -> None:
    panel = await discord.members.use_command(user, discord.world.dm(user), "privacy")
    assert panel.message is not None
    if "Hide me from boards" in panel.message.labels:
        await discord.members.press(user, panel.message, "Hide me from boards")


async def take_off(discord: LoopbackDiscord, user: User) -> None:
    noor = discord.world.noor
    private = await moderate(discord, user)
    await discord.members.press(noor, private, "Take off the boards")
    assert "by a moderator" in private.text


async def moderate(discord: LoopbackDiscord, user: User) -> Message:
    """Open what a moderator can do about a member."""
    noor = discord.world.noor
    table = new_table(discord)
    page = await discord.members.use_command(noor, table.channel, "leaderboard", {"member": user})
    assert page.message is not None
    if page.is_ephemeral:
        return page.message
    assert "Take off the boards" not in page.message.labels, "the channel need not see it"
    opened = await discord.members.press(noor, page.message, "For moderators")
    assert opened.is_ephemeral
    assert opened.message is not None
    return opened.message


async def join(discord: LoopbackDiscord, name: str) -> User:
    user = User(next(_guest_ids), name)
    discord.world.academy.join(user)
    return user


async def play(table: Table, *shy: User) -> str:
    """Play a round in which each choice has somebody who shows, and one who hides.

    Gives what the board says.
    """
    discord, world = table.discord, table.world
    await table.start(world.noor, rounds=2, calm=True)
    shown = await table.round(1)
    choices = len([one for one in shown.custom_ids if one.startswith("game:answer:")])
    guests = [await join(discord, f"Guest{n}") for n in range(choices)]
    for n in range(choices):
        await table.answer(guests[n], shown, n)
        await table.answer(shy[n], shown, n)
    for user in (world.robin, world.mika):
        await table.answer(user, shown, 0)
    await table.press(world.noor, shown, "Show answer")
    assert re.search(r"Right: <@132\d+> \+\d+.* and \d more", await table.revealed(shown))
    for guest in guests:
        told = await table.told(guest, "You're ")
        assert not any(str(user.id) in told.text for user in shy), "nor are others told privately"
    for user in shy[:choices]:
        await table.told(user, "You're ")
    return (await table.stop(world.noor)).text


async def test_a_hidden_member_is_named_nowhere_in_public(
    discord: LoopbackDiscord, table: Table
) -> None:
    world, members = discord.world, discord.members
    asked = (await table.use(world.noor, "trivia")).message
    assert asked is not None
    for user in (world.robin, world.mika):
        await answered(discord, user, asked)
    await take_off(discord, world.mika)
    await hide(discord, world.robin)
    before = len(public_words(discord))
    shy = [await join(discord, f"Shy{n}") for n in range(4)]
    for user in shy:
        await hide(discord, user)
    board = await play(new_table(discord), *shy)
    assert "1\\. <@132" in board, "the places of the others have no holes"
    for user in (world.robin, world.mika):
        quiet = new_table(discord)
        for options in ({}, {"period": "ever"}, {"member": user}):
            await members.use_command(user, quiet.channel, "leaderboard", options)
        other = new_table(discord)
        for period in ("All time", "This month"):
            shown = await members.use_command(world.noor, other.channel, "leaderboard")
            assert shown.message is not None
            assert not shown.is_ephemeral
            await members.press(world.noor, shown.message, period)
            own = await members.press(user, shown.message, "My stats")
            assert own.is_ephemeral
        question = (await other.use(user, "trivia")).message
        assert question is not None
        await answered(discord, user, question)
        await other.use(user, "today")
    await asyncio.sleep(0.3)
    words = public_words(discord)
    assert len(words) > before + 10
    for user in (world.robin, *shy):
        assert traces(discord, user) == []
    # What was posted before a moderator asked for it stands.
    assert [one for one in traces(discord, world.mika) if "### Mika" not in one] == []


async def test_a_game_of_hidden_members_has_no_places(discord: LoopbackDiscord) -> None:
    world, table = discord.world, new_table(discord)
    await hide(discord, world.robin)
    await table.start(world.noor, rounds=2, calm=True)
    shown = await table.round(1)
    for n in range(2):
        await table.answer(world.robin, shown, n)
    await table.press(world.noor, shown, "Show answer")
    told = await table.revealed(shown)
    assert "1 player got it right." in told or "Nobody got it right." in told
    board = await table.stop(world.noor)
    assert "Everyone who played is hidden from boards." in board.text
    await table.told(
        world.robin, "You have " if "1 player got it right." in told else "No points yet."
    )


async def test_a_game_that_only_a_hidden_member_scores_in_says_so_without_a_name(
    discord: LoopbackDiscord,
) -> None:
    world, table = discord.world, new_table(discord)
    await hide(discord, world.robin)
    await table.start(world.noor, rounds=2, calm=True, kind="true-or-false")
    lobby = await table.until("is starting a calm game")
    assert f"Playing: <@{world.noor.id}>" in lobby.text, "who hides takes nobody's name"
    shown = await table.round(1)
    for user, choice in ((world.robin, 0), (world.noor, 1)):
        await table.answer(user, shown, choice)
    await table.press(world.noor, shown, "Show answer")
    told = await table.revealed(shown)
    board = await table.stop(world.noor)
    if f"<@{world.noor.id}> +" in told:
        assert f"<@{world.noor.id}> wins" in board.text or "played alone" in board.text
        return
    assert "Everyone who scored is hidden from boards." in board.text
    assert "Nobody scored" not in board.text


async def test_a_hidden_member_starts_a_game_as_somebody(discord: LoopbackDiscord) -> None:
    starter = await join(discord, "Shy starter")
    await hide(discord, starter)
    table = new_table(discord)
    await table.start(starter, rounds=2, calm=True)
    lobby = await table.until("### Somebody is starting a calm game")
    assert "Playing: Somebody" in lobby.text
    await table.round(1)
    await table.press(starter, await table.stop(starter), "Again")
    await table.until("### Somebody is starting a calm game")
    await table.round(1)
    await table.stop(starter)
    assert traces(discord, starter) == []
