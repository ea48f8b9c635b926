"""Of all processes that would begin a session in a bucket one does, and each is counted."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from bot.process.outages import Outages
from bot.process.session_gate import SessionGate
from bot.process.session_limits import SessionLimits
from bot.state.database import Database
from bot.state.sessions import Sessions
from tests.state_places import Place

SECONDS = 0.2
LIMIT = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 2}


@pytest.fixture
async def processes(place: Place) -> AsyncIterator[list[Sessions]]:
    """Give what each of four processes has of one state."""
    async with AsyncExitStack() as stack:
        databases = [await stack.enter_async_context(place.open()) for _n in range(4)]
        yield [Sessions(database) for database in databases]


async def shift(database: Database, seconds: float) -> None:
    """Let the clock be set on, or back where the seconds are fewer than none."""
    for table in ("session_turn", "session_begun"):
        # The rules note a turn that is moved as one that was taken.
        await database.write(f"UPDATE {table} SET begun_at = begun_at - ?", seconds)
    await database.write("DELETE FROM session_begun WHERE id > (SELECT min(id) FROM session_begun)")


async def test_a_turn_is_taken_once_and_then_waited_for(database: Database) -> None:
    sessions = Sessions(database)
    assert await sessions.take_turn(0, 5.0, 0.0) == 0
    assert 4 < await sessions.take_turn(0, 5.0, 0.0) <= 5
    assert await sessions.take_turn(1, 5.0, 0.0) == 0, "another bucket is open"
    (first, second) = await sessions.ages()
    assert max(first, second) < 5


async def test_a_pause_is_for_all_buckets(database: Database) -> None:
    sessions = Sessions(database)
    assert await sessions.take_turn(0, 5.0, 60.0) == 0
    assert await sessions.take_turn(1, 5.0, 60.0) > 0
    assert await sessions.take_turn(1, 5.0, 0.0) == 0


@pytest.mark.parametrize("seconds", [6.0, -3600.0, -86_400.0 * 365])
async def test_a_clock_that_was_set_blocks_nobody(database: Database, seconds: float) -> None:
    sessions = Sessions(database)
    await sessions.take_turn(0, 5.0, 0.0)
    await shift(database, seconds)
    assert await sessions.take_turn(0, 5.0, 60.0 if seconds < 0 else 0.0) == 0


async def test_a_clock_that_was_set_back_a_little_is_waited_for(database: Database) -> None:
    sessions = Sessions(database)
    await sessions.take_turn(0, 5.0, 0.0)
    await shift(database, -2.0)
    assert 5 < await sessions.take_turn(0, 5.0, 0.0) <= 7


async def test_what_is_older_than_a_day_is_not_counted(database: Database) -> None:
    sessions = Sessions(database)
    await sessions.take_turn(0, 5.0, 0.0)
    await shift(database, 86_401.0)
    assert await sessions.ages() == []
    await sessions.take_turn(0, 5.0, 0.0)
    assert len(await sessions.ages()) == 1


async def test_processes_never_begin_two_sessions_of_a_bucket_at_once(
    processes: list[Sessions],
) -> None:
    async def start(sessions: Sessions, first: int) -> None:
        gate = SessionGate(sessions, Outages(), seconds=SECONDS)
        gate.heed(SessionLimits.of(16, "wss://there", LIMIT), 16)
        for shard_id in range(first, first + 4):
            await gate.take_turn(shard_id)

    starts = [start(sessions, 4 * n) for n, sessions in enumerate(processes)]
    await asyncio.gather(*starts)
    # By the clock of the database: a task may hear of its turn a while after it was taken.
    ages = sorted(await processes[0].ages())
    assert len(ages) == 16
    # There are two buckets, so of any three starts two are of the same.
    assert min(older - age for age, older in zip(ages, ages[2:], strict=False)) > SECONDS * 0.9
