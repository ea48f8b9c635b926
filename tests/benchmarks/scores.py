"""What boards cost when many have played, and what it costs when all answer at once."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bot.state.database import Database
from bot.state.game import Setup
from bot.state.game_answers import GameAnswers
from bot.state.games import Games
from bot.state.periods import Period
from bot.state.questions import Questions, StoredQuestion, Worth
from bot.state.scores import Scores
from bot.state.sqlite.engine import open_database
from tests.benchmarks.measuring import Size

GUILD, CHANNEL = 77, 5
ANSWERS_EACH = 10
AT_ONCE = 200
FEW, MANY = 1_000, 1_000_000
"""Answers, of a tenth as many members."""

Read = Callable[[Scores, int], Awaitable[None]]


async def _board(scores: Scores, user: int) -> None:
    await scores.top(GUILD, Period.EVER, 30)
    await scores.place(GUILD, Period.EVER, user)


async def _page(scores: Scores, user: int) -> None:
    await scores.numbers(GUILD, user)


READS: dict[str, Read] = {"a board with one's place": _board, "a member's page": _page}


@dataclass(frozen=True)
class Race:
    """The CPU seconds of `AT_ONCE` answers in one round, and of as many bare inserts."""

    ours_s: float
    floor_s: float
    counted: int


async def boards(folder: Path, size: Size) -> dict[str, tuple[float, float]]:
    """Give the milliseconds of each read with few answers and with many."""
    many = MANY if size.rounds > 1 else FEW * 5
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in READS}
    async with (
        open_database(await _filled(folder, FEW)) as small,
        open_database(await _filled(folder, many)) as large,
    ):
        for _round in range(size.rounds + 1):
            for name, read in READS.items():
                times = [await _timed(one, read, size) for one in (small, large)]
                found[name].append((times[0], times[1]))
    # The first round only warms up.
    return {
        name: (median(few for few, _many in times[1:]), median(many for _few, many in times[1:]))
        for name, times in found.items()
    }


async def race(folder: Path, size: Size) -> Race:
    """Have all members answer one round at once, with a change each for every second one."""
    ours: list[float] = []
    floor: list[float] = []
    counted = 0
    async with open_database(folder / "race.sqlite3") as database:
        games, questions = Games(database, time.time), Questions(database, time.time)
        answers = GameAnswers(database)
        for number in range(size.rounds):
            asked = await questions.add(CHANNEL, _asked(number))
            started = await games.start(number, GUILD, 1, "boat", Setup(2, 20), asked)
            game = await games.find(started or 0)
            assert game is not None
            began = time.process_time()
            await asyncio.gather(
                *(answers.put(game, user, user % 4, 100, 1.0) for user in range(1, AT_ONCE + 1))
            )
            await games.reveal(game, 0.0)
            ours.append(time.process_time() - began)
            counted = await answers.count(game)
            floor.append(await _bare_inserts(database, number))
    return Race(median(ours), median(floor), counted)


async def _bare_inserts(database: Database, number: int) -> float:
    await database.write(
        "CREATE TABLE IF NOT EXISTS bare (n INTEGER, user_id INTEGER, choice TEXT)"
    )
    began = time.process_time()
    await asyncio.gather(
        *(
            database.write("INSERT INTO bare VALUES (?, ?, ?)", number, user, "choice")
            for user in range(AT_ONCE)
        )
    )
    return time.process_time() - began


async def _timed(database: Database, read: Read, size: Size) -> float:
    scores = Scores(database, time.time)
    began = time.perf_counter()
    for n in range(size.answers):
        await read(scores, 1 + n % (FEW // ANSWERS_EACH))
    return (time.perf_counter() - began) * 1000 / size.answers


async def _filled(folder: Path, answers: int) -> Path:
    """Write what so many answers add up to; members differ in their points."""
    path = folder / f"scores-{answers}.sqlite3"
    async with open_database(path):
        pass
    members = range(1, answers // ANSWERS_EACH + 1)
    with closing(sqlite3.connect(path)) as database, database:
        database.executemany(
            "INSERT INTO score VALUES (?, 'ever', ?, ?, ?, ?)",
            ((GUILD, one, 50 * (one * 7919 % 5000), ANSWERS_EACH, 5) for one in members),
        )
        database.executemany(
            "INSERT INTO kind_score VALUES (?, ?, 'curated', ?, 5)",
            ((GUILD, one, ANSWERS_EACH) for one in members),
        )
        database.executemany(
            "INSERT INTO player VALUES (?, ?, 1, 3)", ((GUILD, one) for one in members)
        )
        database.execute("ANALYZE")
    return path


def _asked(number: int) -> StoredQuestion:
    name = f"fact:{number}"
    return StoredQuestion("{}", 4, 1, "boat", "curated", name, name, Worth(100, 10, 50))
