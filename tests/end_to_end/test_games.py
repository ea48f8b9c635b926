"""Games that are interrupted: killed, cut off, thrown out; what was answered counts."""

import asyncio
import re
from collections.abc import Sequence

import pytest

from playground.people import User
from playground.permissions import Permission
from playground.places import Overwrite
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.tables import BEGUN, Table, placed

ENGINES = BOTH
pytestmark = pytest.mark.usefixtures("hasty_bot")


async def _points(table: Table, players: Sequence[User]) -> list[int]:
    """Read the points of some members on the leaderboard of the server."""
    members, mika = table.discord.members, table.world.mika
    board = await members.use_command(mika, table.channel, "leaderboard")
    rows = {name: int(points) for name, points in re.findall(r"\*\*(.+)\*\* · (\d+)", board.text)}
    return [rows.get(player.name, 0) for player in players]


async def test_a_game_that_is_killed_goes_on_with_its_scores(
    table: Table, hasty_bot: BotProcess
) -> None:
    world = table.world
    players = world.mika, world.robin
    before, answers = await _points(table, players), await table.counted(world.mika)
    await table.start(world.mika, rounds=3, calm=True)
    for number in (1, 2, 3):
        shown = await table.round(number)
        await table.answer(world.mika, shown)
        await table.answer(world.robin, shown, 1)
        await hasty_bot.kill()
        await hasty_bot.start()
        await table.press(world.mika, shown, "Show answer")
        await table.revealed(shown)
        await hasty_bot.kill()
        await hasty_bot.start()
        await table.press(world.mika, shown, "Continue")
    board = await table.until("### Final scores")
    assert len(placed(board)) == 2
    await asyncio.sleep(0.3)
    assert len(table.messages("-# Round")) == 3
    assert len(table.messages("### Final scores")) == 1
    assert await table.counted(world.mika, answers + 3) == answers + 3
    won = {int(user): int(points) for user, points in re.findall(r"<@(\d+)> · (\d+)", board.text)}
    points = [points + won[user.id] for user, points in zip(players, before, strict=True)]
    assert await _points(table, players) == points


async def test_a_timed_game_that_is_killed_goes_on_with_what_is_due(
    table: Table, hasty_bot: BotProcess
) -> None:
    world = table.world
    await table.start(world.mika, rounds=3, seconds=20)
    for number in (1, 2, 3):
        shown = await table.round(number)
        await table.answer(world.mika, shown)
        await hasty_bot.kill()
        await hasty_bot.start()
        await table.revealed(shown)
    board = await table.until("### Final scores")
    assert "The game" not in board.text
    await asyncio.sleep(0.3)
    assert [one.text[:10] for one in table.messages("-# Round")] == [
        f"-# Round {number}" for number in (1, 2, 3)
    ]
    assert len(table.messages("### Final scores")) == 1


async def test_an_answer_whose_message_was_deleted_is_said_anew(table: Table) -> None:
    world = table.world
    await table.start(world.mika, rounds=2, seconds=120)
    shown = await table.round(1)
    await table.answer(world.mika, shown)
    table.discord.platform.post.delete(shown)
    told = await table.until("✓")
    assert told.text.startswith("-# Round 1 of 2")
    await table.round(2)
    await table.stop(world.mika)


async def test_a_channel_that_is_gone_ends_its_game(table: Table, hasty_bot: BotProcess) -> None:
    world = table.world
    before = await table.counted(world.mika)
    await table.start(world.mika, rounds=5, seconds=120)
    shown = await table.round(1)
    # Alone, a statement that Mika knew in another game would not count.
    for user in (world.mika, world.robin):
        await table.answer(user, shown)
    world.academy.channels.remove(table.channel)
    assert await table.logged(hasty_bot, "Unknown Channel")
    assert await table.counted(world.mika, before + 1) == before + 1, "what was won counts"


async def test_a_right_that_is_taken_away_ends_the_game(
    table: Table, hasty_bot: BotProcess
) -> None:
    world = table.world
    await table.start(world.mika, rounds=5, seconds=10)
    await table.round(1)
    hidden = Overwrite(world.academy.bot_role.id, deny=Permission.VIEW_CHANNEL)
    table.channel.overwrites.append(hidden)
    assert await table.logged(hasty_bot, "Missing Access")
    table.channel.overwrites.remove(hidden)
    begun = await table.start(world.mika, rounds=2, calm=True)
    assert BEGUN in begun.text, "the channel is free again"
    await table.until("Round 1 of 2")
    await table.stop(world.mika)


async def test_a_bot_that_is_invited_again_can_play(table: Table, hasty_bot: BotProcess) -> None:
    world, platform = table.world, table.discord.platform
    await table.start(world.mika, rounds=5, seconds=10)
    await table.round(1)
    platform.kick_bot(world.academy)
    assert await table.logged(hasty_bot, "Missing Access")
    platform.invite_bot(world.academy)
    begun = await table.start(world.mika, rounds=2, calm=True)
    assert BEGUN in begun.text
    await table.until("Round 1 of 2")
    await table.stop(world.mika)


async def test_a_connection_that_is_cut_delays_a_game_and_doubles_nothing(table: Table) -> None:
    world = table.world
    table.discord.faults.drop("POST /channels/{channel_id}/messages")
    await table.start(world.mika, rounds=2, calm=True)
    shown = await table.round(1)
    await table.answer(world.mika, shown)
    table.discord.faults.answer("PATCH /channels/*", 503)
    await table.press(world.mika, shown, "Show answer")
    await table.revealed(shown)
    await table.stop(world.mika)
    assert len(table.messages("-# Round")) == 1


async def test_a_post_whose_answer_never_came_is_not_posted_twice(
    table: Table, hasty_bot: BotProcess
) -> None:
    world = table.world
    table.discord.faults.slow_answer("POST /channels/*", 1.0)
    await table.start(world.mika, rounds=2, calm=True)
    shown = await table.until("Round 1 of 2")
    await hasty_bot.kill()
    await hasty_bot.start()
    assert (await table.answer(world.mika, shown)).text.startswith("You chose: A")
    await table.press(world.mika, shown, "Show answer")
    await table.revealed(shown)
    await table.stop(world.mika)
    assert len(table.messages("-# Round")) == 1
