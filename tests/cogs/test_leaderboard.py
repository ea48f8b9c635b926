"""/leaderboard: points, places, and who is on no board."""

import re

import pytest

from playground import LoopbackDiscord, Message, User
from tests.cogs.members import answered_rightly, asked
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.tables import new_channel

ENGINES = BOTH
pytestmark = pytest.mark.usefixtures("bot")


async def board(discord: LoopbackDiscord, user: User, **options: object) -> Message:
    channel = new_channel(discord)
    outcome = await discord.members.use_command(user, channel, "leaderboard", options)
    assert outcome.message is not None
    return outcome.message


async def test_right_answers_bring_points_and_a_place(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world, place = discord.world, new_channel(discord)
    verdicts = [
        await answered_rightly(discord, world.mika, await asked(discord, world.robin, place=place))
        for _n in range(3)
    ]
    points = [int(re.findall(r"\+(\d+) points", one.text)[0]) for one in verdicts]
    assert {points[0] - 50, points[1] - 60, points[2] - 70} <= {0, 50, 100}
    assert "3 right in a row" in verdicts[2].text
    assert re.search(r"0 of this interview's \d+ questions mastered", verdicts[2].text)
    await bot.restart()
    shown = await board(discord, world.mika)
    assert shown.text.startswith("### Leaderboard · This week\n")
    assert f"**Mika** · {sum(points)} points · 3 of 3 right" in shown.text
    await discord.members.press(world.mika, shown, "All time")
    assert shown.text.startswith("### Leaderboard · All time\n")
    own = await discord.members.press(world.mika, shown, "My stats")
    assert own.is_ephemeral
    assert own.text.startswith(f"### Mika\n{sum(points)} points\n3 of 3 right (100%)")
    assert "Streak: 3 right in a row (best: 3)" in own.text


async def test_who_asks_is_told_their_own_place_privately(discord: LoopbackDiscord) -> None:
    world, members = discord.world, discord.members
    await answered_rightly(discord, world.robin, await asked(discord, world.mika))
    shown = await board(discord, world.robin)
    assert not shown.is_ephemeral
    assert "You" not in shown.text
    own = await members.press(world.robin, shown, "My stats")
    assert own.is_ephemeral
    places = re.findall(
        r"^- (This week, This month, All time) · place \d+$", own.text, re.MULTILINE
    )
    assert len(places) == 1, "a place and a sum that are the same are said once"


async def test_a_moderator_takes_a_member_off_and_puts_them_back(
    discord: LoopbackDiscord,
) -> None:
    world, members = discord.world, discord.members
    await answered_rightly(discord, world.robin, await asked(discord, world.mika))
    page = await board(discord, world.noor, member=world.robin)
    assert page.labels == ["For moderators"]
    refused = await members.press(world.mika, page, "For moderators")
    assert refused.text.startswith("Only moderators can change who's on the boards.")
    before = page.text
    private = (await members.press(world.noor, page, "For moderators")).message
    assert private is not None
    assert private.is_ephemeral
    await members.press(world.noor, private, "Take off the boards")
    assert "by a moderator" in private.text
    assert page.text == before, "the channel does not see it"
    assert "**Robin**" not in (await board(discord, world.mika)).text
    hidden = await board(discord, world.mika, member=world.robin)
    assert hidden.text == "This member isn't on this server's boards."
    seen = await board(discord, world.noor, member=world.robin)
    assert seen.is_ephemeral, "who is on no board is shown to moderators alone"
    own = await board(discord, world.robin, member=world.robin)
    assert own.is_ephemeral
    await members.press(world.noor, private, "Put back on the boards")
    assert "**Robin**" in (await board(discord, world.mika)).text
    assert (await board(discord, world.mika, member=world.robin)).labels == []


async def test_a_name_that_does_not_show_is_that_of_the_account(discord: LoopbackDiscord) -> None:
    world = discord.world
    blank = User(1_310_000_000_000_000_007, "\u202e")
    tower = User(1_310_000_000_000_000_008, "T" + "\u0301" * 100)
    for user in (blank, tower):
        world.academy.join(user)
        await answered_rightly(discord, user, await asked(discord, world.mika))
    shown = await board(discord, world.noor)
    assert "\u202e" not in shown.text
    assert f"<@{blank.id}>" in shown.text, "an account without letters is a mention"
    assert shown.text.count("\u0301") <= 3


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
    assert "You're hidden from all of them." in panel.text
    assert "**Robin**" not in (await board(discord, world.mika)).text
    refused = await board(discord, world.mika, member=world.robin)
    assert "keeps their stats private" in refused.text
    own = await board(discord, world.robin, member=world.robin)
    assert own.is_ephemeral
    assert "Hidden from all boards" in own.text
    assert "This week, This month, All time · place" in own.text, (
        "their place is told to them alone"
    )
    whole = await board(discord, world.robin)
    assert whole.is_ephemeral, "the channel would read their name above it"
    assert re.search(r"\d\\. \*\*You\*\* · \d+ points", whole.text)
    await members.press(world.robin, panel, "Show me on boards")
    assert "**Robin**" in (await board(discord, world.mika)).text


@pytest.mark.parametrize("name", ["https://evil.example", "discord.gg/nitro", "[x](https://e.io)"])
async def test_no_name_is_a_link_in_what_the_bot_says(discord: LoopbackDiscord, name: str) -> None:
    world = discord.world
    guest = User(1_310_000_000_000_000_100 + len(name), name)
    world.academy.join(guest)
    shown = await board(discord, world.mika, member=guest)
    assert not shown.is_ephemeral
    heading = shown.text.splitlines()[0]
    assert not re.search(r"://|\w\.[a-z]|(?<!\\)\[", heading), heading


async def test_an_id_that_nobody_can_have_is_nobody(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    world = discord.world
    giant = User(2**63 + 5, "Giant")
    world.academy.join(giant)
    assert (await board(discord, world.mika, member=giant)).text == "I can't find that member."
    del world.academy.members[giant.id]
    assert bot.errors() == []


async def test_moderators_are_answered_while_the_gateway_gives_no_names(
    discord: LoopbackDiscord, bot: BotProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = discord.world
    guest = User(1_310_000_000_000_000_200, "Quiet")
    world.academy.join(guest)
    # Whom nobody has asked about yet is asked about twice: before and after the press.
    monkeypatch.setattr(discord.platform.gateway, "send_members", lambda *_arguments: None)
    private = await board(discord, world.noor, member=guest)
    assert f"<@{guest.id}>" in private.text
    pressed = await discord.members.press(world.noor, private, "For moderators")
    assert pressed.message is not None
    taken = await discord.members.press(world.noor, pressed.message, "Take off the boards")
    assert taken.status in ("answered", "updated")
    assert "by a moderator" in taken.text
    # It leaves a silent gateway alone for a while, and other tests ask for names.
    await bot.restart()
