"""Daily posts without Discord: once, not too late, with an end, and again after what passes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import formatdate
from pathlib import Path

import pytest

from bot.daily.due import LATE_SECONDS
from bot.daily.posts import DailyPosts
from bot.errors import PassingError
from bot.process.clock import Clock
from bot.process.outages import Outages
from bot.state.database import open_database
from bot.state.schedules import CLAIM_SECONDS, PostKind, Schedule, Schedules, StopReason

GUILD, CHANNEL, DAY = 7 << 22, 8, 86_400
NOON = 20_000 * DAY + 12 * 3600


class NotedStage:
    """Notes what is posted, and answers with what the test says: a reason, a failure or nothing."""

    def __init__(self, clock: Clock) -> None:
        self.posts: list[tuple[int, int]] = []
        self.answer: StopReason | Exception | None = None
        self.seconds_off = 0.0
        self.comparisons = 0
        self._clock = clock

    async def compare_clock(self) -> None:
        self.comparisons += 1
        self._clock.compare(formatdate(self._clock.now() - self.seconds_off, usegmt=True))

    async def post(self, schedule: Schedule, due_at: int) -> StopReason | None:
        self.posts.append((schedule.id, due_at))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Office:
    """Daily posts under a clock that the test sets."""

    def __init__(self, schedules: Schedules, clock: Clock) -> None:
        self.schedules = schedules
        self.stage = NotedStage(clock)
        self.outages = Outages()
        self.daily_posts = DailyPosts(
            schedules, clock, self.stage, self.outages, longest_pause=0.02, first_pause=0.001
        )
        self.now: float = NOON - 60

    async def add(self, due_at: int = NOON) -> None:
        await self.schedules.add(GUILD, CHANNEL, "boat", PostKind.QUOTE, 12 * 60, "UTC", due_at)

    async def only(self) -> Schedule:
        (schedule,) = await self.schedules.list_for(GUILD)
        return schedule

    async def at(self, now: float, count: int) -> list[tuple[int, int]]:
        """Let it be another time until so much is posted, and a little longer; gives all posts."""
        self.now = now
        task = asyncio.create_task(self.daily_posts.run())
        for _n in range(500):
            if len(self.stage.posts) >= count:
                break
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        task.cancel()
        await asyncio.gather(task, *self.daily_posts._posting.values(), return_exceptions=True)
        return self.stage.posts


@asynccontextmanager
async def open_office(path: Path) -> AsyncIterator[Office]:
    async with open_database(path) as database:
        clock = Clock(lambda: office.now)
        office = Office(Schedules(database, clock.now), clock)
        yield office


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path / "state.sqlite3") as office:
        yield office


async def test_a_post_comes_at_its_time_and_once_a_day(office: Office) -> None:
    await office.add()
    assert await office.at(NOON - 1, 0) == []
    assert await office.at(NOON + 1, 1) == [(1, NOON)]
    assert await office.at(NOON + 3600, 1) == [(1, NOON)]
    assert (await office.only()).due_at == NOON + DAY
    assert await office.at(NOON + DAY, 2) == [(1, NOON), (1, NOON + DAY)]


async def test_all_that_is_due_at_once_is_posted(office: Office) -> None:
    for _n in range(10):
        await office.add()
    posts = await office.at(NOON, 10)
    assert sorted(posts) == [(schedule_id, NOON) for schedule_id in range(1, 11)]


async def test_what_is_too_late_is_left_out_and_the_next_one_comes(office: Office) -> None:
    await office.add()
    assert await office.at(NOON + LATE_SECONDS + 1, 0) == []
    schedule = await office.only()
    assert (schedule.skipped_at, schedule.due_at) == (NOON, NOON + DAY)
    assert await office.at(NOON + DAY, 1) == [(1, NOON + DAY)]


async def test_hours_late_is_not_too_late(office: Office) -> None:
    await office.add()
    assert await office.at(NOON + LATE_SECONDS - 1, 1) == [(1, NOON)]


@pytest.mark.parametrize("reason", [StopReason.CHANNEL_GONE, StopReason.NO_PERMISSION])
async def test_a_reason_to_stop_ends_the_posts(office: Office, reason: StopReason) -> None:
    await office.add()
    office.stage.answer = reason
    await office.at(NOON, 1)
    assert (await office.only()).stopped is reason
    assert await office.at(NOON + DAY, 1) == [(1, NOON)]


async def test_what_passes_is_tried_again_when_its_claim_has_run_out(office: Office) -> None:
    await office.add()
    office.stage.answer = PassingError("503")
    assert await office.at(NOON, 1) == [(1, NOON)]
    assert await office.at(NOON + CLAIM_SECONDS - 1, 1) == [(1, NOON)]
    office.stage.answer = None
    assert await office.at(NOON + CLAIM_SECONDS + 1, 2) == [(1, NOON)] * 2
    assert (await office.only()).pending_at is None


async def test_a_post_that_was_given_up_takes_none_of_the_next_day_with_it(office: Office) -> None:
    await office.add()
    office.stage.answer = PassingError("503")
    await office.at(NOON, 1)
    office.stage.answer = None
    assert await office.at(NOON + DAY + 60, 2) == [(1, NOON), (1, NOON + DAY)]
    assert (await office.only()).skipped_at == NOON


async def test_what_is_no_passing_failure_is_logged_and_ends_nothing(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await office.add()
    office.stage.answer = ValueError("a bug")
    await office.at(NOON, 1)
    (record,) = [record for record in caplog.records if record.exc_info]
    assert record.message == "daily post 1 waits: a bug"
    office.stage.answer = None
    assert await office.at(NOON + CLAIM_SECONDS + 1, 2) == [(1, NOON)] * 2


async def test_of_two_processes_one_posts(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    async with open_office(path) as first, open_office(path) as second:
        for _n in range(10):
            await first.add()
        second.stage.posts = first.stage.posts
        await asyncio.gather(first.at(NOON, 10), second.at(NOON, 10))
        assert sorted(first.stage.posts) == [(schedule_id, NOON) for schedule_id in range(1, 11)]


async def test_a_wrong_clock_posts_nothing_until_it_is_right(office: Office) -> None:
    await office.add()
    office.stage.seconds_off = 180
    assert await office.at(NOON + 180, 0) == []
    assert office.stage.comparisons > 1, "it is looked at again"
    office.stage.seconds_off = 0
    assert await office.at(NOON + 181, 1) == [(1, NOON)]


async def test_a_clock_that_was_compared_lately_is_not_compared_again(office: Office) -> None:
    for _n in range(3):
        await office.add()
    await office.at(NOON, 1)
    assert office.stage.comparisons == 1
