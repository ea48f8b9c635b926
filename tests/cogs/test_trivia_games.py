"""/trivia with rounds: games between members, their receipts, reveals and boards."""

import asyncio
import re

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.forgery import forge
from tests.end_to_end.tables import BEGUN, Table, placed

ENGINES = BOTH
pytestmark = pytest.mark.usefixtures("hasty_bot")


async def test_a_calm_game_is_played_to_its_end(table: Table) -> None:
    world = table.world
    begun = await table.start(world.mika, rounds=2, calm=True)
    assert begun.text == "Your game is on: 2 rounds, no clock."
    assert begun.is_ephemeral
    for number in (1, 2):
        shown = await table.round(number)
        assert "no clock" in shown.text
        first = await table.answer(world.mika, shown, 0)
        assert first.is_ephemeral
        assert first.text.startswith("You chose: A  ")
        await table.answer(world.mika, shown, 1)
        await table.told(world.mika, "Changed to: B  ")
        await table.answer(world.mika, shown, 0)
        await table.told(world.mika, "No more changes. Your answer is B  ")
        assert "✓" not in shown.text
        assert re.search(r"^-# .*(easy|medium|hard) · \d+ points$", shown.text, re.MULTILINE)
        refused = await table.press(world.robin, shown, "Show answer")
        assert refused.text == f"Only <@{world.mika.id}> or a moderator can show the answer."
        await table.press(world.mika, shown, "Show answer")
        told = await table.revealed(shown)
        assert re.search(r"[✓✗] .*B .* · 1 picked this", told)
        assert "game:answer" not in str(shown.custom_ids)
        await table.press(world.mika, shown, "Continue")
    board = await table.until("### Final scores")
    assert re.search(r"1\\. <@\d+> · \d+ points · \d right", board.text)
    assert len(table.messages("-# Round")) == 2


async def press_late(table: Table, custom_id: str) -> None:
    """Press, as the starter, what was seen below a message that is another by now, or gone."""
    mika = table.world.mika
    other = (await table.use(mika, "quote")).message
    assert other is not None
    forge(other, custom_id)
    await table.discord.members.press(mika, other, custom_id)


async def test_a_second_press_of_what_ends_a_round_asks_no_question(table: Table) -> None:
    world = table.world
    await table.start(world.mika, rounds=2, calm=True)
    shown = await table.round(1)
    (ending,) = [one for one in shown.custom_ids if one.startswith("game:end:")]
    await press_late(table, ending)
    await table.revealed(shown)
    await press_late(table, ending)
    await asyncio.sleep(0.3)
    assert len(table.messages("-# Round")) == 1
    await press_late(table, ending.replace("game:end", "game:on").rpartition(":")[0])
    await table.round(2)
    await table.stop(world.mika)


async def test_an_answer_whose_message_is_deleted_is_said_once_more_at_most(table: Table) -> None:
    post = table.discord.platform.post
    await table.start(table.world.mika, rounds=2, calm=True)
    shown = await table.round(1)
    ids = {one.split(":")[1]: one for one in shown.custom_ids}
    post.delete(shown)
    await press_late(table, ids["end"])
    said = await table.until("✓")
    post.delete(said)
    await press_late(table, ids["stop"])
    await table.until("### Final scores")
    assert [one for one in table.messages("") if "✓" in one.text] == []


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
    await asyncio.wait_for(table.revealed(second), 30)
    board = await table.until("### Final scores", 40)
    assert len(placed(board)) == 2
    assert "Again" in board.labels


async def test_one_game_a_channel(table: Table) -> None:
    world = table.world
    begun = await asyncio.gather(
        table.start(world.mika, rounds=3, calm=True), table.start(world.robin, rounds=3, calm=True)
    )
    assert sorted(one.text[: len(BEGUN)] for one in begun) == ["A game is alrea", BEGUN]
    await table.round(1)
    assert len(table.messages("-# Round")) == 1
    starter = world.mika if BEGUN in begun[0].text else world.robin
    await table.stop(starter)


async def test_two_stop_at_once_and_the_board_comes_once(table: Table) -> None:
    world = table.world
    await table.start(world.noor, rounds=3, calm=True)
    shown = await table.round(1)
    await table.answer(world.robin, shown)
    refused = await table.press(world.robin, shown, "Stop")
    assert refused.text == f"Only <@{world.noor.id}> or a moderator can stop this game."
    await asyncio.gather(*(table.press(world.noor, shown, "Stop") for _n in range(2)))
    board = await table.until("### Final scores")
    assert "The game was stopped." in board.text
    assert "✓" in await table.revealed(shown)
    await asyncio.sleep(0.3)
    assert len(table.messages("### Final scores")) == 1


async def test_a_missing_permission_is_named_before_the_first_round(
    discord: LoopbackDiscord,
) -> None:
    table = Table(discord, discord.world.backstage)
    for user, remedy in {
        discord.world.noor: "Give it to me in the settings of that channel.",
        discord.world.mika: "A server admin can give it to me.",
    }.items():
        refused = await table.start(user, rounds=2)
        assert refused.is_ephemeral
        assert "I need the permission View Channel" in refused.text
        assert refused.text.endswith(remedy)


async def test_a_game_that_nobody_answers_warns_and_ends(table: Table) -> None:
    await table.start(table.world.mika, rounds=5, seconds=10)
    first = await table.round(1)
    assert "ends <t:" in first.text
    await table.round(2)
    bodies = str(first.bodies)
    assert "If nobody answers, the game ends." in bodies
    await asyncio.wait_for(table.left(first), 60)
    assert "the game ends" not in first.text
    board = await table.until("### Final scores")
    assert board.text == "### Final scores\nNobody's answering, so the game is over."
    assert len(table.messages("-# Round")) == 2


async def test_a_server_chooses_who_starts_games_and_how(table: Table) -> None:
    world, members = table.world, table.discord.members
    panel = (await table.use(world.noor, "settings")).message
    assert panel is not None
    for name, value in (("games", "moderators"), ("seconds", "120"), ("is_calm", "True")):
        await members.press(world.noor, panel, f"settings:change:{name}")
        select = next(one for one in panel.custom_ids if one.startswith(f"settings:set:{name}:"))
        outcome = await members.select(world.noor, panel, select, [value])
        assert outcome.text.startswith("Saved.")
    refused = await table.start(world.mika, rounds=2)
    assert "Only moderators can start games here." in refused.text
    begun = await table.start(world.noor, rounds=2)
    assert "2 rounds, no clock" in begun.text
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
    assert "You need the role" in refused.text
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
    setup = await table.press(world.robin, verdict.message, "Play together")
    assert setup.is_ephemeral
    assert setup.message is not None
    await table.press(world.robin, setup.message, "Start")
    assert setup.message.text.startswith("Your game is on: 5 rounds, ")
    await table.round(1)
    await table.stop(world.robin)


async def test_a_game_in_direct_messages(table: Table) -> None:
    mika = table.world.mika
    alone = Table(table.discord, table.world.dm(mika))
    begun = await alone.start(mika, rounds=2, calm=True)
    assert "Take your time: speed doesn't count." in begun.text
    alone_round = await alone.seen_by(mika, "-# Round 1 of 2")
    assert (await alone.answer(mika, alone_round)).text.startswith("You chose: A")
    await alone.press(mika, alone_round, "Stop")
    board = await alone.seen_by(mika, "### Final scores")
    assert "The game was stopped." in board.text
