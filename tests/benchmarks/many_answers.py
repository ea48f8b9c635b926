"""What a board and a member's page cost over millions of answers, on each engine of the state."""

import asyncio
import os
import sqlite3
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

import asyncpg

from bot.state.database import Database
from bot.state.periods import Period
from bot.state.scores import Scores
from bot.state.sqlite.engine import open_database as open_sqlite
from tests.benchmarks.engines import POSTGRESQL, SQLITE
from tests.benchmarks.measuring import QUICK, Size
from tests.benchmarks.scores import ANSWERS_EACH
from tests.postgresql import Server

FEW, MANY, MOST = (1_000, 5_000), (1_000_000, 10_000_000), 100_000_000
_READS = 500
_FIRST_GUILD, _FIRST_USER = 1_100_000_000_000_000_000, 1_200_000_000_000_000_000
_LARGE_SHARE, _IN_A_GUILD = 10, 100
"""One member of ten is in one large server, the others are in servers of a hundred."""
# Members differ in their points, so that a board has an order.
_MEMBER = f"""
SELECT {_FIRST_GUILD} + CASE WHEN n % {_LARGE_SHARE} = 0 THEN 0 ELSE 1 + n / {_IN_A_GUILD} END,
    {_FIRST_USER} + n, 50 * (n * 7919 % 5000)
"""
_SQLITE_MEMBERS = f"""
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < :most - 1)
{_MEMBER} FROM numbers
"""
_POSTGRESQL_MEMBERS = f"{_MEMBER} FROM generate_series(0, CAST($1 AS bigint) - 1) AS n"
_SUMS = (
    "INSERT INTO score (guild_id, period, user_id, points, answered, right_count)"
    f" SELECT guild_id, 'ever', user_id, points, {ANSWERS_EACH}, 5 FROM member",
    "INSERT INTO kind_score (guild_id, user_id, kind, answered, right_count)"
    f" SELECT guild_id, user_id, 'curated', {ANSWERS_EACH}, 5 FROM member",
    "INSERT INTO player (guild_id, user_id, streak, best_streak)"
    " SELECT guild_id, user_id, 1, 3 FROM member",
)

SUMS_EACH = len(_SUMS)
"""Rows of each member."""

Read = Callable[[Scores, int, int], Awaitable[None]]
Filled = AbstractAsyncContextManager[tuple[Database, int]]
"""A database, and how many bytes it has."""


@dataclass(frozen=True)
class Reading:
    """How many milliseconds each read takes over the sums of so many answers."""

    engine: str
    answers: int
    database_mb: float
    ms: Mapping[str, float]


async def _board(scores: Scores, _guild_id: int, user_id: int) -> None:
    await scores.top(_FIRST_GUILD, Period.EVER, 30)
    await scores.place(_FIRST_GUILD, Period.EVER, user_id - user_id % _LARGE_SHARE)


async def _page(scores: Scores, guild_id: int, user_id: int) -> None:
    await scores.numbers(guild_id, user_id)


READS: dict[str, Read] = {"a board of the largest server": _board, "any member's page": _page}


async def readings(
    folder: Path, size: Size, server: Server, *, is_slow: bool = False
) -> Sequence[Reading]:
    """Fill the sums of so many answers, and read all in turns: those of an engine together."""
    counts = FEW if size is QUICK else (*MANY, MOST) if is_slow else MANY
    files = {one: _filled_file(folder / f"answers-{one}.sqlite3", one) for one in counts}
    databases = {one: _filled_database(server, one) for one in counts}
    return [*await _read(SQLITE, files, size), *await _read(POSTGRESQL, databases, size)]


async def _read(engine: str, filled: Mapping[int, Filled], size: Size) -> Sequence[Reading]:
    times: dict[tuple[int, str], list[float]] = defaultdict(list)
    rng = Random(1)
    async with AsyncExitStack() as stack:
        opened = {one: await stack.enter_async_context(of) for one, of in filled.items()}
        for _round in range(size.rounds + 1):
            for name, read in READS.items():
                for answers, (database, _bytes) in opened.items():
                    ms = await _timed(database, read, answers, size, rng)
                    times[answers, name].append(ms)
    # The first round only warms up.
    return [
        Reading(engine, one, bytes_ / 1e6, {name: median(times[one, name][1:]) for name in READS})
        for one, (_database, bytes_) in opened.items()
    ]


async def _timed(database: Database, read: Read, answers: int, size: Size, rng: Random) -> float:
    scores = Scores(database, time.time)
    reads = _READS if size is not QUICK else size.answers
    members = [_member(rng.randrange(answers // ANSWERS_EACH)) for _n in range(reads)]
    began = time.perf_counter()
    for guild_id, user_id in members:
        await read(scores, guild_id, user_id)
    return (time.perf_counter() - began) * 1000 / reads


def _member(number: int) -> tuple[int, int]:
    """Say in which server a member is, as the databases are filled."""
    place = 0 if number % _LARGE_SHARE == 0 else 1 + number // _IN_A_GUILD
    return _FIRST_GUILD + place, _FIRST_USER + number


@asynccontextmanager
async def _filled_file(path: Path, answers: int) -> AsyncIterator[tuple[Database, int]]:
    async with open_sqlite(path):
        pass
    await asyncio.to_thread(_fill_file, path, answers // ANSWERS_EACH)
    async with open_sqlite(path) as database:
        yield database, path.stat().st_size
    path.unlink()


def _fill_file(path: Path, members: int) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA temp_store = FILE")
        with database:
            database.execute(
                "CREATE TEMP TABLE member (guild_id INTEGER, user_id INTEGER, points INTEGER)"
            )
            database.execute(f"INSERT INTO member {_SQLITE_MEMBERS}", {"most": members})
            for insert in _SUMS:
                database.execute(f"{insert} ORDER BY guild_id, user_id")
        database.execute("ANALYZE")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@asynccontextmanager
async def _filled_database(server: Server, answers: int) -> AsyncIterator[tuple[Database, int]]:
    from bot.state.postgresql.engine import open_database as open_postgresql

    url = server.create_database()
    async with open_postgresql(url, os.urandom(32)):
        pass
    bytes_ = await _fill_database(url, answers // ANSWERS_EACH)
    async with open_postgresql(url, os.urandom(32)) as database:
        yield database, bytes_
    server.drop_database(url)


async def _fill_database(url: str, members: int) -> int:
    """Fill a database as a file is filled; gives how many bytes it then has."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "CREATE TEMP TABLE member (guild_id BIGINT, user_id BIGINT, points INTEGER)"
        )
        await connection.execute(f"INSERT INTO member {_POSTGRESQL_MEMBERS}", members)
        for insert in _SUMS:
            await connection.execute(f"{insert} ORDER BY guild_id, user_id")
        await connection.execute("DROP TABLE member")
        # As the server does by itself, a while later.
        await connection.execute("VACUUM (ANALYZE)")
        return await connection.fetchval("SELECT pg_database_size(current_database())")
    finally:
        await connection.close()
