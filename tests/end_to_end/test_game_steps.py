"""A game that is killed at each of its steps, and one whose clock is set back."""

import asyncio
import re
from pathlib import Path

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.end_to_end.tables import Table, new_table, placed

ENGINES = BOTH


async def _dies(bot: BotProcess, table: Table) -> bool:
    """Wait for the bot to be killed; gives false where the game ends before."""
    death = asyncio.create_task(bot.ended())
    end = asyncio.create_task(table.until("### Final scores"))
    done, waiting = await asyncio.wait({death, end}, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    for task in done:
        task.result()
    return end not in done


async def _killed_at_each_step(bot: BotProcess, table: Table, rounds: int) -> tuple[int, set[str]]:
    """Play a game whose every move kills the bot; gives how often, and the answers that stood."""
    mika = table.world.mika
    confirmed: set[str] = set()
    deaths = 0
    await table.start(mika, rounds=rounds, seconds=10)
    while await _dies(bot, table):
        deaths += 1
        assert deaths < 20 * rounds, "the game does not go on"
        bot.extra["TEST_DIES"] = "before" if deaths % 2 else "after"
        await bot.start()
        for message in table.messages("-# Round"):
            if len(message.labels) > 2 and message.text[:10] not in confirmed:
                outcome = await table.answer(mika, message)
                if outcome.text.startswith("You chose"):
                    confirmed.add(message.text[:10])
    return deaths, confirmed


@pytest.mark.thorough
async def test_a_game_that_is_killed_at_each_step_shows_each_once_and_in_order(
    discord: LoopbackDiscord, own_state_url: str | None, tmp_path: Path
) -> None:
    rounds = 4
    table = new_table(discord)
    dies = {"TEST_DIES": "after"}
    bot = BotProcess(discord, tmp_path, extra=dies, module=SURROUNDED, database_url=own_state_url)
    await bot.start()
    deaths, confirmed = await _killed_at_each_step(bot, table, rounds)
    assert deaths >= 2 * rounds
    bot.extra.clear()
    await bot.kill()
    await bot.start()
    shown = table.messages("-# Round")
    assert [one.text[:10] for one in shown] == [f"-# Round {n + 1}" for n in range(rounds)]
    assert all("✓" in one.text for one in shown)
    assert all("<t:" not in one.text and not one.labels for one in shown), "nothing is left to do"
    (lobby,) = [one for one in table.messages("") if "started a game" in one.text]
    assert lobby.id < min(one.id for one in shown)
    (board,) = table.messages("### Final scores")
    assert board.id > max(one.id for one in shown)
    if confirmed:
        right = re.search(r"<@\d+> · \d+ points? · (\d) right", board.text)
        assert right is not None
        given = sum(bool(re.search(r"✓ .*A .* · 1", one.text)) for one in shown)
        assert int(right[1]) == given
    assert await table.counted(table.world.mika, len(confirmed)) == len(confirmed)
    await bot.kill()


async def test_a_clock_that_is_set_back_an_hour_changes_no_round(
    discord: LoopbackDiscord, own_state_url: str | None, tmp_path: Path
) -> None:
    table = new_table(discord)
    clock = tmp_path / "clock"
    clock.write_text("0")
    extra = {"TEST_CLOCK": str(clock)}
    var = tmp_path / "var"
    bot = BotProcess(discord, var, extra=extra, module=SURROUNDED, database_url=own_state_url)
    await bot.start()
    await table.start(table.world.mika, rounds=2, seconds=120)
    first = await table.round(1)
    back = tmp_path / "back"
    back.write_text("-3600")
    back.replace(clock)
    assert (await table.answer(table.world.mika, first)).text.startswith("You chose")
    await table.answer(table.world.robin, first, 1)
    await asyncio.wait_for(table.revealed(first), 60)
    second = await table.round(2)
    await table.answer(table.world.mika, second)
    await asyncio.wait_for(table.revealed(second), 60)
    board = await table.until("### Final scores")
    assert len(placed(board)) == 2
    assert bot.errors() == []
    await bot.kill()
