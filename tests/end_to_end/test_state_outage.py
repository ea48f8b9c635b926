"""A database that another program has locked, seen by players: it passes, and games go on."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.end_to_end.tables import BEGUN, new_table

FIRST_ANSWER_SECONDS = 3.0

PASSES = "I can't read my notes right now. Try again in a minute."


@pytest.fixture
async def bot(discord: LoopbackDiscord, content: Path, tmp_path: Path) -> AsyncIterator[BotProcess]:
    (tmp_path / "var").mkdir()
    shutil.copy(content, tmp_path / "var")
    bot = BotProcess(discord, tmp_path / "var", module=SURROUNDED)
    await bot.start()
    yield bot
    await bot.kill()


async def test_a_game_outlives_a_database_that_is_locked(
    discord: LoopbackDiscord, bot: BotProcess
) -> None:
    table, world = new_table(discord), discord.world
    before = await table.counted(world.mika)
    # A minute is three seconds here: the round ends while nothing can be written.
    await table.start(world.mika, rounds=2, seconds=60)
    shown = await table.round(1)
    assert (await table.answer(world.mika, shown)).text.startswith("You chose")
    with closing(sqlite3.connect(bot.data_dir / "state.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer, stop, quote = await asyncio.gather(
            table.answer(world.robin, shown, 1),
            table.press(world.mika, shown, "Stop"),
            table.use(world.noor, "quote"),
        )
        assert answer.text == PASSES
        assert "· Quote " in quote.text, "what a channel has seen is written later"
        assert stop.status == "acknowledged"
        await table.seen_by(world.mika, PASSES)
        assert await bot.logged("games: not working for now")
        await asyncio.sleep(6)
    await table.revealed(shown)
    await table.round(2)
    await table.until("### Final scores")
    assert len(table.messages("-# Round 1")) == len(table.messages("-# Round 2")) == 1
    assert await table.counted(world.mika, before + 1) == before + 1, "what was confirmed counts"
    again = await table.start(world.robin, rounds=2, calm=True)
    assert BEGUN in again.text
    told = [line for line in bot.log if "games: " in line]
    assert ["not working" in told[0], "working again" in told[1], len(told)] == [True, True, 2]
    assert bot.errors() == []
