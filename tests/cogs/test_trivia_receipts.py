"""What players of a game are told: privately in one message a round, and all of them together."""

import asyncio
import re

import pytest

from playground import LoopbackDiscord, Message, User
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.tables import Table, placed
from tests.waiting import until

ENGINES = BOTH
pytestmark = pytest.mark.usefixtures("hasty_bot")


async def reveal(table: Table, shown: Message, starter: User) -> str:
    await table.press(starter, shown, "Show answer")
    return await table.revealed(shown)


def right_choice(told: str) -> int:
    """Read which choice was right."""
    marked = re.search(r"✓ \*\*([A-D])", told)
    assert marked is not None, told
    return "ABCD".index(marked[1])


async def test_a_round_is_one_private_message_from_the_choice_to_the_place(table: Table) -> None:
    mika, robin = table.world.mika, table.world.robin
    await table.start(mika, rounds=2, calm=True, kind="curated")
    shown = await table.round(1)
    await asyncio.gather(*(table.answer(robin, shown, choice) for choice in (0, 1)))
    await table.told(robin, "Changed to: ")
    (receipt,) = table.private(robin)
    for choice in range(4):
        await table.answer(mika, shown, choice)
    await reveal(table, shown, mika)
    for user in (mika, robin):
        await table.told(user, "**")
    assert table.private(robin) == [receipt], "it is edited, and nothing is added"
    assert re.match(r"\*\*(Right, \+\d+\.|Not quite:)\*\*", receipt.text)
    assert "You're 1st" in receipt.text or "You're 2nd" in receipt.text or "yet." in receipt.text
    assert "This one's final" not in receipt.text
    await table.stop(mika)


async def test_who_is_behind_is_told_by_how_much_and_behind_whom(table: Table) -> None:
    world = table.world
    players = world.mika, world.robin, world.noor
    await table.start(world.noor, rounds=2, calm=True, kind="curated")
    shown = await table.round(1)
    guests = [User(1_340_000_000_000_000_000 + n, f"Guest{n}") for n in range(4)]
    for n, guest in enumerate(guests):
        world.academy.join(guest)
        await table.answer(guest, shown, n)
    told = await reveal(table, shown, world.noor)
    winner = guests[right_choice(told)]
    loser = guests[(right_choice(told) + 1) % 4]
    first = await table.told(winner, "**Right, +")
    points = re.search(r"\+(\d+)", first.text)
    assert points is not None
    assert f"You're 1st, {points[1]} points ahead of <@" in first.text
    other = await table.told(loser, "**Not quite:** it was")
    assert f"You're 2nd, {points[1]} points behind <@{winner.id}>." in other.text
    assert f"Right: <@{winner.id}> +{points[1]}" in told
    assert f"**After round 1**\n1\\. <@{winner.id}> · {points[1]} points\n2\\. <@" in told
    assert not any(table.private(user) for user in players[:2])
    await table.stop(world.noor)


@pytest.mark.parametrize("is_dismissed", [True, False])
async def test_a_receipt_that_cannot_be_edited_any_more_is_a_new_one(
    table: Table, discord: LoopbackDiscord, is_dismissed: bool
) -> None:
    mika = table.world.mika
    await table.start(mika, rounds=2, calm=True)
    shown = await table.round(1)
    await table.answer(mika, shown, 0)
    first = await table.told(mika, "You chose: A")
    if is_dismissed:
        discord.platform.post.delete(first)
    else:
        discord.faults.expire_tokens()
    await table.answer(mika, shown, 1)
    await table.told(mika, "Changed to: B")
    await reveal(table, shown, mika)
    second = await table.told(mika, "**")
    assert second.id != first.id
    await table.stop(mika)


async def test_a_receipt_that_nobody_can_edit_at_the_reveal_is_left_as_it_is(
    table: Table, discord: LoopbackDiscord, hasty_bot: BotProcess
) -> None:
    mika = table.world.mika
    await table.start(mika, rounds=2, calm=True)
    shown = await table.round(1)
    await table.answer(mika, shown, 0)
    discord.faults.expire_tokens()
    await reveal(table, shown, mika)
    assert await hasty_bot.logged("a receipt could not be edited")
    await table.told(mika, "You chose: A")
    await table.press(mika, shown, "Continue")
    await table.answer(mika, await table.round(2), 0)
    await table.stop(mika)


async def test_after_a_restart_the_next_press_brings_a_receipt(
    table: Table, hasty_bot: BotProcess
) -> None:
    mika = table.world.mika
    await table.start(mika, rounds=2, calm=True)
    shown = await table.round(1)
    await table.answer(mika, shown, 0)
    await hasty_bot.kill()
    await hasty_bot.start()
    again = await table.answer(mika, shown, 1)
    assert again.text.startswith("Changed to: B")
    await reveal(table, shown, mika)
    assert again.message is not None
    await table.told(mika, "**")
    assert again.message.text.startswith("**")
    await table.stop(mika)


async def test_speed_is_explained_where_it_is_earned_and_the_last_round_counts_double(
    table: Table,
) -> None:
    mika, robin = table.world.mika, table.world.robin
    await table.start(mika, rounds=2, seconds=60, kind="true-or-false")
    lobby = await table.until("is starting a game")
    assert "up to 100 for speed" in lobby.text
    assert "The last round counts double." in lobby.text
    for number in (1, 2):
        shown = await table.round(number)
        assert ("counts double" in shown.text) is (number == 2)
        first = await table.answer(mika, shown, 0)
        assert "for fewer speed points" in first.text
        second = await table.answer(robin, shown, 1)
        told = await table.revealed(shown)
        assert re.search(r"Fastest: <@\d+> in \d\.\d s", told)
        won = (first, second)[right_choice(told)].message
        assert won is not None
        await until(lambda won=won: won.text.startswith("**Right, +"))
        note = won.text.splitlines()[-1]
        assert re.fullmatch(r"-# (\d+ of that for speed)?( · )?(the last.*)?", note), note
        assert ("the last round counts double" in note) is (number == 2)
    board = await table.until("### Final scores")
    assert re.search(r"\*\*<@\d+> wins\*\* by \d+ points\.", board.text)


async def test_a_streak_is_told_while_it_grows_and_when_it_ends(table: Table) -> None:
    mika, robin = table.world.mika, table.world.robin
    await table.start(mika, rounds=20, calm=True, kind="true-or-false")
    length, number = 0, 0
    for number in range(1, 21):
        shown = await table.round(number)
        await table.answer(mika, shown, 0)
        await table.answer(robin, shown, 1)
        told = await reveal(table, shown, mika)
        before, length = length, length + 1 if right_choice(told) == 0 else 0
        streak = f"Streak: <@{mika.id}>, {length} in a row"
        assert (streak in told) is (length > 1)
        if before > 1 and not length:
            assert f"Streak over: <@{mika.id}>, after {before}" in told
            break
        await table.press(mika, shown, "Continue")
    # The last one's answer has no "Stop".
    if number < 20:
        await table.stop(mika)


async def test_a_reveal_keeps_nothing_whose_moment_is_over(table: Table) -> None:
    mika = table.world.mika
    await table.start(mika, rounds=2, seconds=60)
    reveals: list[Message] = []
    for number in (1, 2):
        shown = await table.round(number)
        await table.answer(mika, shown)
        reveals.append(shown)
    board = await table.until("### Final scores")
    for shown in reveals:
        assert "✓" in shown.text
        assert "<t:" not in shown.text
        assert shown.labels == []
    (lobby,) = [one for one in table.messages("") if "started a game" in one.text]
    assert lobby.labels == []
    assert "<t:" not in lobby.text
    assert "played alone" in board.text or "Nobody scored" in board.text


async def test_the_board_names_the_winner_and_what_was_hardest(table: Table) -> None:
    mika, robin = table.world.mika, table.world.robin
    await table.start(mika, rounds=3, calm=True, kind="true-or-false")
    statements: list[str] = []
    for number in (1, 2, 3):
        shown = await table.round(number)
        statements.append(shown.text.splitlines()[3])
        for user in (mika, robin):
            await table.answer(user, shown, 0)
        await table.answer(table.world.noor, shown, 1)
        await reveal(table, shown, mika)
        await table.press(mika, shown, "Continue")
    board = await table.until("### Final scores")
    assert len(placed(board)) == 3
    points = [int(one) for one in re.findall(r"> · (\d+) points · \d right", board.text)]
    assert points == sorted(points, reverse=True)
    assert (
        max(len(re.sub("<@.*?>", "Casimere", line)) for line in board.text.splitlines()[2:5]) < 40
    )
    tied = points[0] == points[1]
    assert ("It's a tie:" in board.text) is tied
    assert tied or " wins** by " in board.text
    hardest = re.search(r"Hardest question: round (\d), (\d) of 3 got it\n(.*)", board.text)
    assert hardest is not None
    assert hardest[3] == statements[int(hardest[1]) - 1]
    assert re.search(r"-# Right answer: (True|False)$", board.text, re.MULTILINE)
    await table.press(robin, board, "Again")
    lobby = await table.until("is starting a calm game")
    assert "3 rounds of “True or false”, no clock" in lobby.text
    await table.press(robin, lobby, "Stop")
    await table.until("The game was called off.")


async def test_who_joins_a_lobby_is_shown_and_who_started_it_begins(table: Table) -> None:
    mika, robin, noor = table.world.mika, table.world.robin, table.world.noor
    await table.start(mika, rounds=2, calm=True)
    lobby = await table.until("is starting a calm game")
    joined = await table.press(robin, lobby, "Join")
    assert joined.status == "acknowledged"
    await table.until(f"<@{mika.id}>, <@{robin.id}>")
    assert table.private(robin) == []
    await table.round(1)
    late = await table.press(noor, await table.round(1), "Stop")
    assert late.status == "acknowledged", "a moderator may"
    await table.until("### Final scores")


async def test_a_game_is_put_together_on_the_public_question(table: Table) -> None:
    mika, robin, members = table.world.mika, table.world.robin, table.discord.members
    asked = (await table.use(mika, "trivia")).message
    assert asked is not None
    setup = (await table.press(robin, asked, "Play together")).message
    assert setup is not None
    for name, value in (("length", "3"), ("kind", "true-or-false")):
        select = next(one for one in setup.custom_ids if one.startswith(f"game:{name}:"))
        await members.select(robin, setup, select, [value])
    await table.press(robin, setup, "Start")
    assert setup.text == "Your game is on: 3 rounds of “True or false”, 20 seconds each."
    assert setup.labels == []
    shown = await table.round(1)
    assert "True or false?" in shown.text
    await table.stop(robin)
    alone = Table(table.discord, table.world.dm(mika))
    private = (await alone.use(mika, "trivia")).message
    assert private is not None
    assert "Play together" not in private.labels, "there is nobody to play with"
