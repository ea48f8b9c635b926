"""Daily posts without Discord: once, not too late, with an end, and again after what passes."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import formatdate

import pytest

from bot.daily.due import LATE_SECONDS
from bot.daily.posts import DailyPosts
from bot.errors import PassingError
from bot.process.clock import Clock
from bot.process.outages import Part
from bot.state.database import Database
from bot.state.schedules import CLAIM_SECONDS, PostKind, Schedule, Schedules, StopReason
from tests.state_places import Place
from tests.waiting import until

GUILD, CHANNEL, DAY = 7 << 22, 8, 86_400
NOON = 20_000 * DAY + 12 * 3600


class NotedStage:
    """Notes what is posted, and answers with what the test says: a reason, a failure or nothing."""

    def __init__(self, clock: Clock) -> None:
        self.posts: list[tuple[int, int]] = []
        self.threads: list[int] = []
        self.posted, self.may_go_on = asyncio.Event(), asyncio.Event()
        self.may_go_on.set()
        self.answer: StopReason | int | Exception | None = None
        self.thread_failure: Exception | None = None
        self.seconds_off = 0.0
        self.comparisons = 0
        self._clock = clock

    async def compare_clock(self) -> None:
        self.comparisons += 1
        self._clock.compare(formatdate(self._clock.now() - self.seconds_off, usegmt=True))

    async def post(self, schedule: Schedule, due_at: int) -> StopReason | int | None:
        self.posts.append((schedule.id, due_at))
        self.posted.set()
        await self.may_go_on.wait()
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def open_thread(self, _schedule: Schedule, _due_at: int, message_id: int) -> None:
        self.threads.append(message_id)
        if self.thread_failure is not None:
            raise self.thread_failure


class CountedPosts(DailyPosts):
    """Counts how often it has looked at what is due."""

    looks = 0

    async def _post_due(self) -> float:
        try:
            return await super()._post_due()
        finally:
            self.looks += 1


class Office:
    """Daily posts under a clock that the test sets."""

    def __init__(
        self, schedules: Schedules, clock: Clock, database: Database, place: Place
    ) -> None:
        self.schedules = schedules
        self.database = database
        self.place = place
        self.stage = NotedStage(clock)
        self.outages = database.outages
        self.daily_posts = CountedPosts(
            schedules, clock, self.stage, self.outages, longest_pause=0.02, first_pause=0.001
        )
        self.now: float = NOON - 60

    async def add(self, due_at: int = NOON, zone: str = "UTC", guild_id: int = GUILD) -> None:
        await self.schedules.add(guild_id, CHANNEL, "boat", PostKind.QUOTE, 12 * 60, zone, due_at)

    @asynccontextmanager
    async def locked_while_posting(self, part: Part) -> AsyncIterator[asyncio.Task[None]]:
        """Let another process write as soon as a post is shown, and be seen to; gives the loop."""
        await self.place.hurry(self.database)
        await self.add()
        self.now = NOON
        self.stage.may_go_on.clear()
        running = asyncio.create_task(self.daily_posts.run())
        await self.stage.posted.wait()
        with self.place.locked():
            self.stage.may_go_on.set()
            await until(lambda: part in self.outages.reasons)
            yield running

    async def only(self) -> Schedule:
        (schedule,) = await self.schedules.list_for(GUILD)
        return schedule

    async def at(self, now: float, count: int) -> list[tuple[int, int]]:
        """Let it be another time until so much is posted, and some looks longer; gives all posts.

        What must not come has a moment in which to come.
        """
        self.now = now
        task = asyncio.create_task(self.daily_posts.run())
        await until(lambda: len(self.stage.posts) >= count)
        await asyncio.sleep(0.1)
        # One may be under way: of the next two the latter finds all as the former has left it.
        looks = self.daily_posts.looks + 3
        await until(lambda: self.daily_posts.looks >= looks and not self.daily_posts._posting)
        task.cancel()
        await asyncio.gather(task, *self.daily_posts._posting.values(), return_exceptions=True)
        return self.stage.posts


@asynccontextmanager
async def open_office(place: Place) -> AsyncIterator[Office]:
    async with place.open() as database:
        clock = Clock(lambda: office.now)
        office = Office(Schedules(database, clock.now), clock, database, place)
        yield office


@pytest.fixture
async def office(place: Place) -> AsyncIterator[Office]:
    async with open_office(place) as office:
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


async def test_a_thread_that_has_to_wait_lets_nothing_be_posted_again(office: Office) -> None:
    await office.add()
    office.stage.answer, office.stage.thread_failure = 55, PassingError("503")
    assert await office.at(NOON, 1) == [(1, NOON)]
    assert (await office.only()).message_id == 55
    office.stage.thread_failure = None
    await office.at(NOON + CLAIM_SECONDS + 1, 1)
    await until(lambda: office.stage.threads == [55, 55])
    assert (await office.only()).message_id is None
    office.stage.answer = 56
    assert await office.at(NOON + DAY, 2) == [(1, NOON), (1, NOON + DAY)]
    assert office.stage.threads == [55, 55, 56]


async def test_what_is_too_late_for_a_thread_is_no_post_that_was_left_out(office: Office) -> None:
    await office.add()
    office.stage.answer, office.stage.thread_failure = 55, PassingError("503")
    await office.at(NOON, 1)
    assert await office.at(NOON + LATE_SECONDS + 1, 1) == [(1, NOON)]
    schedule = await office.only()
    assert (schedule.message_id, schedule.pending_at, schedule.skipped_at) == (None, None, None)
    assert office.stage.threads == [55]
    assert office.outages.reasons == {}


async def test_posts_that_fail_are_one_outage_until_the_last_of_them_is_sent(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for n in range(30):
        await office.add(guild_id=GUILD + n)
    office.stage.answer = PassingError("503")
    await office.at(NOON, 30)
    assert office.outages.reasons[Part.POSTS].endswith("waits: 503")
    (begun,) = [record.message for record in caplog.records]
    office.stage.answer = None
    await office.at(NOON + CLAIM_SECONDS + 1, 60)
    assert office.outages.reasons == {}
    assert [record.message for record in caplog.records] == [begun, "daily posts: working again"]


@pytest.mark.parametrize("end", ["left out", "stopped", "removed", "zone"])
async def test_a_post_that_fails_and_comes_no_more_is_no_outage(office: Office, end: str) -> None:
    await office.add()
    office.stage.answer = PassingError("503")
    await office.at(NOON, 1)
    assert Part.POSTS in office.outages.reasons
    now: float = NOON + CLAIM_SECONDS + 1
    match end:
        case "left out":
            now = NOON + LATE_SECONDS + 1
        case "stopped":
            office.stage.answer = StopReason.CHANNEL_GONE
        case "removed":
            assert await office.schedules.delete(1, GUILD)
        case _:
            await office.schedules.stop(1, StopReason.ZONE_GONE)
    await office.at(now, 1)
    assert office.outages.reasons == {}


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
    assert record.message == "daily post 1: a fault of ours"
    office.stage.answer = None
    assert await office.at(NOON + CLAIM_SECONDS + 1, 2) == [(1, NOON)] * 2


async def test_of_two_processes_one_posts(place: Place) -> None:
    async with open_office(place) as first, open_office(place) as second:
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


async def test_a_zone_that_is_gone_stops_its_post_alone(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await office.add(zone="Mars/Olympus")
    await office.add(guild_id=GUILD + 1)
    assert await office.at(NOON, 1) == [(2, NOON)]
    assert (await office.only()).stopped is StopReason.ZONE_GONE
    assert [record.message for record in caplog.records] == ["daily post 1 stops: zone"]


async def test_a_zone_that_is_gone_waits_for_a_database_that_is_locked(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    await office.place.hurry(office.database)
    await office.add(zone="Mars/Olympus")
    with office.place.locked():
        await office.at(NOON, 0)
        assert Part.POSTS in office.outages.reasons
        assert (await office.only()).stopped is StopReason.NO
    assert len(caplog.records) == 2, "the database and the posts, once each"
    await office.at(NOON + 1, 0)
    assert (await office.only()).stopped is StopReason.ZONE_GONE
    assert Part.POSTS not in office.outages.reasons


async def test_whatever_is_raised_where_the_loop_pauses_and_the_others_are_posted(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for guild_id in (GUILD, GUILD + 1, GUILD + 2):
        await office.add(guild_id=guild_id)
    claim, tries = office.schedules.claim, 0

    async def failing(schedule: Schedule, next_due: int) -> bool:
        nonlocal tries
        if schedule.id == 1:
            tries += 1
            raise ValueError("ours")
        return await claim(schedule, next_due)

    monkeypatch.setattr(office.schedules, "claim", failing)
    assert sorted(await office.at(NOON, 2)) == [(2, NOON), (3, NOON)]
    assert 2 <= tries < 100
    (record,) = [record for record in caplog.records if record.exc_info]
    assert "This is about the daily post 1." in caplog.text
    assert record.levelname == "ERROR"


@pytest.mark.parametrize("name", ["due", "next_at", "claim"])
async def test_the_loop_never_turns_without_a_pause(
    office: Office, name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await office.add()
    calls = 0

    async def failing(*_of: object) -> None:
        nonlocal calls
        calls += 1
        raise ValueError("ours")

    monkeypatch.setattr(office.schedules, name, failing)
    await office.at(NOON, 0)
    assert 2 <= calls < 100
    assert len(caplog.records) == 2, "a fault with its traceback, and that posts do not work"


async def test_a_claim_that_is_never_had_does_not_spin(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    await office.add()
    calls = 0

    async def refused(*_of: object) -> bool:
        nonlocal calls
        calls += 1
        return False

    monkeypatch.setattr(office.schedules, "claim", refused)
    await office.at(NOON, 0)
    assert 2 <= calls < 20


async def test_what_was_posted_while_the_database_is_locked_is_settled_once_it_is_not(
    office: Office,
) -> None:
    async with office.locked_while_posting(Part.POSTS) as running:
        assert (await office.only()).pending_at is not None
    await asyncio.gather(*office.daily_posts._posting.values())
    assert (await office.only()).pending_at is None
    running.cancel()
    assert office.stage.posts == [(1, NOON)]


async def test_a_post_that_does_not_pass_waits_longer_each_time_and_is_left_out_at_last(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await office.add()
    office.stage.answer = PassingError("the thread is archived")
    now, pauses = float(NOON), list[float]()
    await office.at(now, 1)
    while (next_at := await office.schedules.next_at()) != NOON + DAY:
        assert next_at is not None
        pauses.append(next_at - now)
        now = next_at + 1
        await office.at(now, 0)
    assert pauses[:5] == pytest.approx([120, 240, 480, 960, 1800], abs=2)
    assert len(pauses) < 20
    schedule = await office.only()
    assert (schedule.stopped, schedule.skipped_at) == (StopReason.NO, NOON)
    assert [record.message for record in caplog.records] == [
        "daily posts: not working for now: daily post 1 waits: the thread is archived",
        "daily post 1 is left out: it is too late for it",
        "daily posts: working again",
    ]
    office.stage.answer = None
    assert (await office.at(NOON + DAY, len(pauses) + 1))[-1] == (1, NOON + DAY)


async def test_what_cannot_be_noted_to_wait_is_tried_again_all_the_same(office: Office) -> None:
    office.stage.answer = PassingError("503")
    async with office.locked_while_posting(Part.STATE) as running:
        running.cancel()
    office.stage.answer = None
    assert await office.at(NOON + CLAIM_SECONDS + 1, 2) == [(1, NOON)] * 2


async def test_closing_while_all_waits_says_nothing(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    async with office.locked_while_posting(Part.POSTS) as running:
        caplog.clear()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await office.daily_posts.close()
    gc.collect()
    await asyncio.sleep(0)
    assert caplog.records == []
    assert office.daily_posts._posting == {}


async def test_posts_can_be_ended_also_while_something_is_added(office: Office) -> None:
    office.daily_posts._longest_pause = 60
    running = asyncio.create_task(office.daily_posts.run())
    await until(lambda: office.daily_posts.looks)
    office.daily_posts.look()
    await asyncio.sleep(0)
    running.cancel()
    await asyncio.wait([running], timeout=5)
    assert running.cancelled()
