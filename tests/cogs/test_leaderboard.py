"""/leaderboard: points, places, and who is on no board."""

import re

import pytest

from playground import LoopbackDiscord, Message, User
from tests.cogs.members import answered_rightly, asked
from tests.end_to_end.stage import BotProcess

pytestmark = pytest.mark.usefixtures("bot")


async def board(discord: LoopbackDiscord, user: User, **options: object) -> Message:
    outcome = await discord.members.use_command(user, discord.world.general, "leaderboard", options)
    assert outcome.message is not None
    return outcome.message


async def test_right_answers_bring_points_and_a_place(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world = discord.world
    verdicts = [
        await answered_rightly(discord, world.mika, await asked(discord, world.robin))
        for _n in range(3)
    ]
    points = [int(re.findall(r"\+(\d+) points", one.text)[0]) for one in verdicts]
    assert {points[0] - 50, points[1] - 60, points[2] - 70} <= {0, 50, 100}
    assert "3 right in a row" in verdicts[2].text
    assert re.search(r"0 of \d+ mastered in Tiny Pretty Things", verdicts[2].text)
    await bot.restart()
    shown = await board(discord, world.mika)
    assert shown.text.startswith("### This week\n")
    assert f"**Mika** · {sum(points)} points · 3 of 3 right" in shown.text
    await discord.members.press(world.mika, shown, "Ever")
    assert shown.text.startswith("### Ever\n")
    own = await discord.members.press(world.mika, shown, "My numbers")
    assert own.is_ephemeral
    assert own.text.startswith(f"### Mika\n{sum(points)} points\n3 of 3 right (100 %)")
    assert "Right in a row: 3, at best 3" in own.text


async def test_a_moderator_takes_a_member_off_and_puts_them_back(
    discord: LoopbackDiscord,
) -> None:
    world, members = discord.world, discord.members
    await answered_rightly(discord, world.robin, await asked(discord, world.mika))
    page = await board(discord, world.noor, member=world.robin)
    await members.press(world.noor, page, "Take off the boards")
    assert "by a moderator" in page.text
    assert "**Robin**" not in (await board(discord, world.mika)).text
    await members.press(world.noor, page, "Put back on the boards")
    assert "**Robin**" in (await board(discord, world.mika)).text
    assert (await board(discord, world.mika, member=world.robin)).labels == []


async def test_who_has_left_is_not_on_the_board(discord: LoopbackDiscord) -> None:
    world = discord.world
    guest = User(1_310_000_000_000_000_001, "Gone")
    world.academy.join(guest)
    await answered_rightly(discord, guest, await asked(discord, world.mika))
    assert world.academy.members.pop(guest.id)
    assert "Gone" not in (await board(discord, world.mika)).text


async def test_a_member_hides_from_boards(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    await answered_rightly(discord, world.robin, await asked(discord, world.mika))
    panel = (await members.use_command(world.robin, world.dm(world.robin), "privacy")).message
    assert panel is not None
    assert "**Robin**" in (await board(discord, world.mika)).text
    await members.press(world.robin, panel, "Hide me from boards")
    assert "You are on none." in panel.text
    assert "**Robin**" not in (await board(discord, world.mika)).text
    refused = await board(discord, world.mika, member=world.robin)
    assert "keeps their numbers to themselves" in refused.text
    own = await board(discord, world.robin, member=world.robin)
    assert "Hidden from all boards" in own.text
    await members.press(world.robin, panel, "Show me on boards")
    assert "**Robin**" in (await board(discord, world.mika)).text
