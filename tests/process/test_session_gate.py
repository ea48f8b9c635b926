"""A session begins when it is its turn, with the state or without it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest

from bot.errors import StateUnavailableError
from bot.process import session_gate
from bot.process.outages import Outages, Part
from bot.process.session_gate import SessionGate
from bot.process.session_limits import SessionLimits
from bot.process.tasks import cancel
from tests.waiting import until

DISCORDS = 5.0


@dataclass
class Hours:
    """A clock that goes on by what is waited, while others wait, too."""

    now: float = 1000.0

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, until)

    def __call__(self) -> float:
        return self.now


@dataclass
class Book:
    """A state that may be away."""

    hours: Hours
    is_away: bool = False
    begun: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])

    async def take_turn(self, bucket: int, seconds: float, pause: float) -> float:
        ages = await self.ages()
        own = [self.hours.now - at for other, at in self.begun if other == bucket]
        wait = max(0.0, seconds - min(own, default=seconds), pause - min(ages, default=pause))
        if not wait:
            self.begun.append((bucket, self.hours.now))
        return wait

    async def ages(self) -> Sequence[float]:
        if self.is_away:
            raise StateUnavailableError
        return [self.hours.now - at for _bucket, at in self.begun]


@pytest.fixture
def hours(monkeypatch: pytest.MonkeyPatch) -> Hours:
    hours = Hours()
    monkeypatch.setattr(session_gate, "asyncio", _Asyncio(hours))
    return hours


@dataclass
class _Asyncio:
    hours: Hours

    @property
    def sleep(self) -> Any:
        return self.hours.sleep


def gate(book: Book, shard_count: int = 1, max_concurrency: int = 1, **options: Any) -> SessionGate:
    outages = options.pop("outages", None) or Outages()
    gate = SessionGate(book, outages, now=book.hours, **options)
    limits = SessionLimits.of(
        1,
        "wss://there",
        {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": max_concurrency},
    )
    gate.heed(limits, shard_count)
    return gate


async def test_the_first_session_waits_for_nothing(hours: Hours) -> None:
    await gate(Book(hours)).take_turn(0)
    assert hours.now == 1000


@pytest.mark.parametrize("is_away", [False, True])
async def test_each_bucket_has_its_own_turns(hours: Hours, is_away: bool) -> None:
    own, begun = gate(Book(hours, is_away), 4, 2), dict[int, float]()
    for shard_id in range(4):
        await own.take_turn(shard_id)
        begun[shard_id] = hours.now
    assert begun[0] == begun[1] == 1000
    assert begun[2] == begun[3] >= 1000 + DISCORDS


async def test_processes_that_share_a_book_take_turns(hours: Hours) -> None:
    book = Book(hours)
    gates = [gate(book, 16, 2) for _n in range(4)]
    await asyncio.gather(*(gates[n // 4].take_turn(n) for n in range(16)))
    for bucket in range(2):
        times = [at for other, at in book.begun if other == bucket]
        assert len(times) == 8
        assert all(after - at >= DISCORDS for at, after in pairwise(times))


async def test_without_the_state_two_shards_of_a_process_take_turns(hours: Hours) -> None:
    own = gate(Book(hours, is_away=True), 2)
    await asyncio.gather(own.take_turn(0), own.take_turn(1))
    assert hours.now >= 1000 + DISCORDS


async def test_a_lone_shard_on_loopback_begins_as_often_as_it_likes(hours: Hours) -> None:
    book = Book(hours)
    for _n in range(50):
        await gate(book, is_lenient=True).take_turn(0)
    assert hours.now == 1000


async def test_shards_on_loopback_take_turns(hours: Hours) -> None:
    own = gate(Book(hours), 2, is_lenient=True)
    await own.take_turn(0)
    await own.take_turn(1)
    assert hours.now >= 1000 + DISCORDS


async def test_sessions_are_counted_however_the_state_is(hours: Hours) -> None:
    book = Book(hours)
    for _n in range(5):
        await gate(book).take_turn(0)
    own = gate(book)
    await own.take_turn(0)
    for is_away in (True, False, True, False):
        book.is_away = is_away
        await own.take_turn(0)
    began = hours.now
    await own.take_turn(0)
    assert hours.now - began >= 60, "ten are free, wherever they are noted"


async def test_who_is_interrupted_while_waiting_has_waited_all_the_same(hours: Hours) -> None:
    book = Book(hours)
    book.begun = [(0, hours.now)] * 10
    hours.now += 45
    await gate(book).take_turn(0)
    assert 1060 <= hours.now < 1066


async def test_of_many_that_were_slowed_one_begins_at_a_time(hours: Hours) -> None:
    book = Book(hours)
    book.begun = [(0, hours.now - 4000)] * 500
    gates = [gate(book, 8, 8) for _n in range(8)]
    await asyncio.gather(*(gates[n].take_turn(n) for n in range(8)))
    times = [at for _bucket, at in book.begun[500:]]
    assert all(after - at >= 280 for at, after in pairwise(times))


async def test_a_session_that_waits_is_known_for_as_long() -> None:
    outages, hours = Outages(), Hours()
    book = Book(hours, begun=[(0, hours.now)] * 10)
    own = gate(book, outages=outages)
    waiting = asyncio.create_task(own.take_turn(0))
    other = asyncio.create_task(own.take_turn(1))
    await until(lambda: len(outages._reasons.get(Part.DISCORD, ())) == 2)
    # What hears of Discord ends what it has noted itself.
    outages.end(Part.DISCORD)
    assert "10 sessions in a day" in outages.reasons[Part.DISCORD]
    assert "after 1000" in outages.reasons[Part.DISCORD]
    await cancel([waiting])
    assert Part.DISCORD in outages.reasons, "the other one waits still"
    await cancel([other])
    assert not outages.reasons
    hours.now += 60
    await own.take_turn(0)
    assert not outages.reasons
