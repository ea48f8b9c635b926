"""Games between members: rounds, receipts, reveals and the board, also after a crash."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence

import pytest

from playground import LoopbackDiscord
from playground.people import Overwrite, User
from playground.permissions import Permission
from tests.end_to_end.conftest import complaints
from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.end_to_end.tables import Table, new_table

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture(scope="module")
async def bot(
    discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    """Give a bot for which a second of a game is short."""
    bot = BotProcess(discord, tmp_path_factory.mktemp("var"), module=SURROUNDED)
    await bot.start()
    yield bot
    await bot.kill()
    assert bot.errors() == []
    assert complaints(discord) == []


@pytest.fixture
def table(discord: LoopbackDiscord) -> Table:
    return new_table(discord)


async def test_a_calm_game_is_played_to_its_end(table: Table) -> None:
    world = table.world
    begun = await table.start(world.mika, rounds=2, calm=True)
    assert "starts a calm game: 2 rounds, no clock" in begun.text
    for number in (1, 2):
        shown = await table.round(number)
        assert "no clock" in shown.text
        first = await table.answer(world.mika, shown, 0)
        assert first.is_ephemeral
        assert first.text.startswith("You chose: A  ")
        changed = await table.answer(world.mika, shown, 1)
        assert changed.text.startswith("Changed to: B  ")
        again = await table.answer(world.mika, shown, 0)
        assert again.text.startswith("It stays: B  ")
        assert "✓" not in shown.text
        refused = await table.press(world.robin, shown, "Show the answer")
        assert "Only who started the game" in refused.text
        await table.press(world.mika, shown, "Show the answer")
        told = await table.revealed(shown)
        assert re.search(r"[✓✗] .*B .* · 1", told)
        assert "game:answer" not in str(shown.custom_ids)
        late = "game:answer:1:1:0"
        assert late not in shown.custom_ids
        await table.press(world.mika, shown, "Go on")
    board = await table.until("### The board")
    assert re.search(r"1\\. <@\d+> · \d+ points · \d right", board.text)
    assert len(table.messages("-# Round")) == 2


async def test_a_game_goes_on_when_all_have_answered(table: Table) -> None:
    world = table.world
    await table.start(world.mika, rounds=2, seconds=60)
    first = await table.round(1)
    await table.answer(world.mika, first)
    await table.answer(world.robin, first, 1)
    second = await table.round(2)
    await table.answer(world.mika, second)
    assert "✓" not in second.text
    await table.answer(world.robin, second)
    await asyncio.wait_for(table.revealed(second), 2)
    board = await table.until("### The board", 12)
    assert board.text.count("<@") == 2
    assert "Again" in board.labels


async def test_one_game_a_channel(table: Table) -> None:
    world = table.world
    begun = await asyncio.gather(
        table.start(world.mika, rounds=3, calm=True), table.start(world.robin, rounds=3, calm=True)
    )
    texts = sorted(one.text.split(" ", 1)[1][:22] for one in begun)
    assert texts == ["game is played in this", "starts a calm game: 3 "]
    await table.round(1)
    assert len(table.messages("-# Round")) == 1
    starter = world.mika if "starts" in begun[0].text else world.robin
    await table.stop(starter)


async def test_two_stop_at_once_and_the_board_comes_once(table: Table) -> None:
    world = table.world
    await table.start(world.noor, rounds=3, calm=True)
    shown = await table.round(1)
    await table.answer(world.robin, shown)
    refused = await table.press(world.robin, shown, "Stop")
    assert "Only who started the game and moderators" in refused.text
    await asyncio.gather(*(table.press(world.noor, shown, "Stop") for _n in range(2)))
    board = await table.until("### The board")
    assert "The game was stopped." in board.text
    await asyncio.sleep(0.3)
    assert len(table.messages("### The board")) == 1
    assert "✓" in shown.text


async def test_a_missing_permission_is_named_before_the_first_round(
    discord: LoopbackDiscord,
) -> None:
    table = Table(discord, discord.world.backstage)
    refused = await table.start(discord.world.noor, rounds=2)
    assert refused.is_ephemeral
    assert "I lack the permission View Channel" in refused.text


async def _points(table: Table, players: Sequence[User]) -> list[int]:
    """Read the points of some members on the leaderboard of the server."""
    hands, mika = table.discord.members, table.world.mika
    board = await hands.use_command(mika, table.channel, "leaderboard")
    rows = {name: int(points) for name, points in re.findall(r"\*\*(.+)\*\* · (\d+)", board.text)}
    return [rows.get(player.name, 0) for player in players]


async def test_a_game_that_is_killed_goes_on_with_its_scores(table: Table, bot: BotProcess) -> None:
    world = table.world
    players = world.mika, world.robin
    before = await _points(table, players)
    await table.start(world.mika, rounds=3, calm=True)
    for number in (1, 2, 3):
        shown = await table.round(number)
        await table.answer(world.mika, shown)
        await table.answer(world.robin, shown, 1)
        await bot.kill()
        await bot.start()
        await table.press(world.mika, shown, "Show the answer")
        await table.revealed(shown)
        await bot.kill()
        await bot.start()
        await table.press(world.mika, shown, "Go on")
    board = await table.until("### The board")
    assert board.text.count("<@") == 2
    await asyncio.sleep(0.3)
    assert len(table.messages("-# Round")) == 3
    assert len(table.messages("### The board")) == 1
    won = {int(user): int(points) for user, points in re.findall(r"<@(\d+)> · (\d+)", board.text)}
    points = [points + won[user.id] for user, points in zip(players, before, strict=True)]
    assert await _points(table, players) == points


async def test_a_game_that_nobody_answers_warns_and_ends(table: Table) -> None:
    await table.start(table.world.mika, rounds=5, seconds=10)
    first = await table.round(1)
    assert "ends <t:" in first.text
    await table.round(2)
    assert "one more such round ends the game" in first.text
    board = await table.until("### The board")
    assert "Nobody answered any more" in board.text
    assert "Nobody has answered." in board.text
    assert len(table.messages("-# Round")) == 2


async def test_a_timed_game_that_is_killed_goes_on_with_what_is_due(
    table: Table, bot: BotProcess
) -> None:
    world = table.world
    await table.start(world.mika, rounds=3, seconds=10)
    for number in (1, 2, 3):
        shown = await table.round(number)
        await table.answer(world.mika, shown)
        await bot.kill()
        await bot.start()
        await table.revealed(shown)
    board = await table.until("### The board")
    assert "The game" not in board.text
    await asyncio.sleep(0.3)
    assert [one.text[:10] for one in table.messages("-# Round")] == [
        f"-# Round {number}" for number in (1, 2, 3)
    ]
    assert len(table.messages("### The board")) == 1


async def test_an_answer_whose_message_was_deleted_is_said_anew(table: Table) -> None:
    world = table.world
    await table.start(world.mika, rounds=2, seconds=10)
    shown = await table.round(1)
    await table.answer(world.mika, shown)
    table.discord.platform.post.delete(shown)
    told = await table.until("✓")
    assert told.text.startswith("-# Round 1 of 2")
    await table.round(2)
    await table.stop(world.mika)


async def test_a_channel_that_is_gone_ends_its_game(table: Table, bot: BotProcess) -> None:
    world = table.world
    await table.start(world.mika, rounds=5, seconds=10)
    shown = await table.round(1)
    await table.answer(world.mika, shown)
    world.academy.channels.remove(table.channel)
    assert await table.logged(bot, "Unknown Channel")
    page = await table.discord.members.use_command(
        world.mika, world.general, "leaderboard", {"member": world.mika}
    )
    assert "right (" in page.text, "what was won counts"


async def test_a_right_that_is_taken_away_ends_the_game(table: Table, bot: BotProcess) -> None:
    world = table.world
    await table.start(world.mika, rounds=5, seconds=10)
    await table.round(1)
    hidden = Overwrite(world.academy.bot_role.id, deny=Permission.VIEW_CHANNEL)
    table.channel.overwrites.append(hidden)
    assert await table.logged(bot, "Missing Access")
    table.channel.overwrites.remove(hidden)
    begun = await table.start(world.mika, rounds=2, calm=True)
    assert "starts a calm game" in begun.text, "the channel is free again"
    await table.until("Round 1 of 2")
    await table.stop(world.mika)


async def test_a_server_chooses_who_starts_games_and_how(table: Table) -> None:
    world, members = table.world, table.discord.members
    panel = (await table.use(world.noor, "settings")).message
    assert panel is not None
    for name, value in (("games", "moderators"), ("seconds", "120"), ("calm", "True")):
        await members.press(world.noor, panel, f"settings:change:{name}")
        select = next(one for one in panel.custom_ids if one.startswith(f"settings:set:{name}:"))
        outcome = await members.select(world.noor, panel, select, [value])
        assert outcome.text.startswith("Saved.")
    refused = await table.start(world.mika, rounds=2)
    assert "Only moderators may start games here." in refused.text
    begun = await table.start(world.noor, rounds=2)
    assert "starts a calm game" in begun.text
    await table.round(1)
    await table.stop(world.noor)
    begun = await table.start(world.noor, rounds=2, seconds=30)
    assert "2 rounds, 30 seconds each" in begun.text, "who names seconds wants a clock"
    await table.round(1)
    await table.stop(world.noor)
    begun = await table.start(world.noor, rounds=2, calm=False)
    assert "2 rounds, 120 seconds each" in begun.text
    await table.round(1)
    await table.stop(world.noor)
    await members.press(world.noor, panel, "settings:change:games")
    await members.select(world.noor, panel, "settings:role:3", [world.academy.roles[-1]])
    refused = await table.start(world.mika, rounds=2)
    assert "Only members with the role" in refused.text
    await members.press(world.noor, panel, "settings:change:games")
    await members.select(world.noor, panel, "settings:set:games:4", ["everybody"])
    await table.start(world.mika, rounds=2)
    await table.round(1)
    await table.stop(world.mika)


async def test_the_verdict_on_a_question_leads_to_a_game(table: Table) -> None:
    world = table.world
    asked = (await table.use(world.mika, "trivia")).message
    assert asked is not None
    verdict = await table.discord.members.press(world.robin, asked, asked.custom_ids[0])
    assert verdict.message is not None
    begun = await table.press(world.robin, verdict.message, "Play 5 together")
    assert "5 rounds" in begun.text
    assert not begun.is_ephemeral
    await table.round(1)
    board = await table.stop(world.robin)
    again = await table.press(world.mika, board, "Again")
    assert "5 rounds" in again.text
    await table.round(1)
    await table.stop(world.mika)


async def test_a_game_in_direct_messages(table: Table) -> None:
    mika = table.world.mika
    alone = Table(table.discord, table.world.dm(mika))
    begun = await alone.start(mika, rounds=2, calm=True)
    assert "starts a calm game" in begun.text
    alone_round = await alone.seen_by(mika, "-# Round 1 of 2")
    assert (await alone.answer(mika, alone_round)).text.startswith("You chose: A")
    await alone.press(mika, alone_round, "Stop")
    board = await alone.seen_by(mika, "### The board")
    assert "The game was stopped." in board.text


async def test_a_bot_that_is_invited_again_can_play(table: Table, bot: BotProcess) -> None:
    world, platform = table.world, table.discord.platform
    await table.start(world.mika, rounds=5, seconds=10)
    await table.round(1)
    platform.kick_bot(world.academy)
    assert await table.logged(bot, "Missing Access")
    platform.invite_bot(world.academy)
    begun = await table.start(world.mika, rounds=2, calm=True)
    assert "starts a calm game" in begun.text
    await table.until("Round 1 of 2")
    await table.stop(world.mika)


async def test_a_connection_that_is_cut_delays_a_game_and_doubles_nothing(table: Table) -> None:
    world = table.world
    table.discord.faults.drop("POST /channels/{channel_id}/messages")
    await table.start(world.mika, rounds=2, calm=True)
    shown = await table.round(1)
    await table.answer(world.mika, shown)
    table.discord.faults.answer("PATCH /channels/*", 503)
    await table.press(world.mika, shown, "Show the answer")
    await table.revealed(shown)
    await table.stop(world.mika)
    assert len(table.messages("-# Round")) == 1


async def test_a_post_whose_answer_never_came_is_not_posted_twice(
    table: Table, bot: BotProcess
) -> None:
    world = table.world
    table.discord.faults.slow_answer("POST /channels/*", 1.0)
    await table.start(world.mika, rounds=2, calm=True)
    shown = await table.until("Round 1 of 2")
    await bot.kill()
    await bot.start()
    assert (await table.answer(world.mika, shown)).text.startswith("You chose: A")
    await table.press(world.mika, shown, "Show the answer")
    await table.revealed(shown)
    await table.stop(world.mika)
    assert len(table.messages("-# Round")) == 1
