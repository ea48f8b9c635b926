"""A database that is away or locked for a while, seen by players: it passes, and games go on."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from pathlib import Path

import pytest

from playground import LoopbackDiscord, Message
from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.end_to_end.tables import BEGUN, Table, new_table
from tests.postgresql import Server

FIRST_ANSWER_SECONDS = 3.0

PASSES = "I can't read my notes right now. Try again in a minute."

Outage = Callable[[], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def locked(bot: BotProcess) -> AsyncIterator[None]:
    with closing(sqlite3.connect(bot.data_dir / "state.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        await asyncio.sleep(6)


@asynccontextmanager
async def stopped(server: Server) -> AsyncIterator[None]:
    await asyncio.to_thread(server.stop)
    try:
        yield
        await asyncio.sleep(10)
    finally:
        await asyncio.to_thread(server.start)


@asynccontextmanager
async def frozen(server: Server) -> AsyncIterator[None]:
    with server.frozen():
        yield
        await asyncio.sleep(10)


@pytest.fixture(params=["locked", "stopped", "frozen"])
def how(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
async def bot(
    request: pytest.FixtureRequest,
    how: str,
    discord: LoopbackDiscord,
    content: Path,
    tmp_path: Path,
) -> AsyncIterator[BotProcess]:
    (tmp_path / "var").mkdir()
    shutil.copy(content, tmp_path / "var")
    bot = BotProcess(discord, tmp_path / "var", module=SURROUNDED)
    if how != "locked":
        bot.database_url = request.getfixturevalue("database_url")
    await bot.start()
    yield bot
    await bot.kill()


@pytest.fixture
def outage(request: pytest.FixtureRequest, how: str, bot: BotProcess) -> Outage:
    if how == "locked":
        return lambda: locked(bot)
    server: Server = request.getfixturevalue("server")
    return lambda: stopped(server) if how == "stopped" else frozen(server)


async def presses(table: Table, shown: Message) -> None:
    """Do what needs the notes, each by a member who reads a sentence in time."""
    world = table.world
    answer, stop, quote, saved, board = await asyncio.gather(
        table.answer(world.robin, shown, 1),
        table.press(world.mika, shown, "Stop"),
        table.use(world.noor, "quote"),
        table.use(world.noor, "saved"),
        table.use(world.robin, "leaderboard"),
    )
    assert answer.text == PASSES
    assert stop.status in ("acknowledged", "answered")
    await table.seen_by(world.mika, PASSES)
    for outcome in (quote, saved, board):
        assert outcome.status == "answered"


async def test_a_game_outlives_a_database_that_is_away(
    discord: LoopbackDiscord, bot: BotProcess, outage: Outage
) -> None:
    table, world = new_table(discord), discord.world
    before = await table.counted(world.mika)
    # Two minutes are six seconds here: the round ends while nothing can be written.
    await table.start(world.mika, rounds=2, seconds=120)
    shown = await table.round(1)
    # Alone, a statement that Mika knew in another game would not count.
    for user in (world.robin, world.mika):
        assert (await table.answer(user, shown)).text.startswith("You chose")
    async with outage():
        await presses(table, shown)
        assert await bot.logged("games: not working for now")
    await table.revealed(shown)
    await table.round(2)
    await table.until("### Final scores")
    assert len(table.messages("-# Round 1")) == len(table.messages("-# Round 2")) == 1
    assert await table.counted(world.mika, before + 1) == before + 1, "what was confirmed counts"
    again = await table.start(world.robin, rounds=2, calm=True)
    assert BEGUN in again.text
    for part in ("games", "state database"):
        assert await bot.logged(f"{part}: working again")
        told = [line for line in bot.log if f'"{part}: ' in line]
        assert ["not working" in told[0], "working again" in told[1], len(told)] == [True, True, 2]
    assert bot.errors() == []
