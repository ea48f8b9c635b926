"""What a day had of answers is added up by whoever counts, and nothing is written for nothing."""

import asyncio
from collections import Counter
from collections.abc import Sequence

import pytest

from bot.errors import StateUnavailableError
from bot.process.metrics import Outcome
from bot.state import day_sums
from bot.state.database import Database, Row, Statement
from bot.state.day_sums import DaySum, DaySums
from tests.state_places import Place
from tests.waiting import until

A_DAY = 86_400


class Ledger(Database):
    """A database that counts its trips, and may be away."""

    def __init__(self, database: Database) -> None:
        vars(self).update(vars(database))
        self.trips = 0
        self.is_away = False

    async def write_all(self, *statements: Statement) -> Sequence[Sequence[Row]]:
        self.trips += 1
        if self.is_away:
            raise StateUnavailableError("database is locked")
        return await super().write_all(*statements)


async def test_answers_are_told_apart_by_day_subject_outcome_and_length(
    database: Database,
) -> None:
    times = [20.5 * A_DAY, 20.6 * A_DAY, 20.7 * A_DAY, 20.8 * A_DAY, 21.1 * A_DAY]
    sums = DaySums(database, iter(times).__next__)
    sums.add("quote", Outcome.OK, 0.010)
    sums.add("quote", Outcome.OK, 0.009)
    sums.add("quote", Outcome.REFUSED, 0.011)
    sums.add("trivia", Outcome.FAILED, 99)
    sums.add("trivia", Outcome.OK, 0.3)
    await sums.close()
    assert set(await sums.since(20)) == {
        DaySum(20, "quote", Outcome.OK, 10, 2),
        DaySum(20, "quote", Outcome.REFUSED, 25, 1),
        DaySum(20, "trivia", Outcome.FAILED, 10_000, 1),
        DaySum(21, "trivia", Outcome.OK, 500, 1),
    }
    assert [day.subject for day in await sums.since(21)] == ["trivia"]


async def test_several_processes_add_to_the_same_days_and_lose_nothing(place: Place) -> None:
    async with place.open() as here, place.open() as there:
        processes = [DaySums(database, lambda: 20.0 * A_DAY) for database in (here, there)]
        for n in range(200):
            for number, process in enumerate(processes):
                # Each begins at another end, as locks are taken in their order.
                process.add(f"command {n % 40 if number else 39 - n % 40}", Outcome.OK, 0.02)
            if n % 20 == 19:
                await asyncio.gather(*(process.write() for process in processes))
        totals: Counter[str] = Counter()
        for day in await processes[0].since(0):
            totals[day.subject] += day.answers
        assert totals == Counter({f"command {n}": 10 for n in range(40)})
        await asyncio.gather(*(process.close() for process in processes))


async def test_many_answers_are_one_trip_and_none_are_none(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(day_sums, "_PAUSE_SECONDS", 0.01)
    ledger = Ledger(database)
    sums = DaySums(ledger, lambda: 20.0 * A_DAY)
    for n in range(500):
        sums.add(f"command {n % 30}", Outcome.OK, 0.02)
    await until(lambda: ledger.trips)
    await asyncio.sleep(0.1)
    await sums.close()
    assert ledger.trips == 1
    assert sum(day.answers for day in await sums.since(0)) == 500


async def test_a_database_that_is_away_gets_everything_once_when_it_is_back(
    database: Database,
) -> None:
    ledger = Ledger(database)
    sums = DaySums(ledger, lambda: 20.0 * A_DAY)
    ledger.is_away = True
    sums.add("quote", Outcome.OK, 0.02)
    with pytest.raises(StateUnavailableError):
        await sums.write()
    sums.add("quote", Outcome.OK, 0.02)
    ledger.is_away = False
    await sums.close()
    assert await sums.since(0) == [DaySum(20, "quote", Outcome.OK, 25, 2)]


async def test_days_go_after_four_hundred(database: Database) -> None:
    now = 1000.0 * A_DAY
    sums = DaySums(database, lambda: now)
    for day in (599, 600, 1000):
        now = day * A_DAY
        sums.add("quote", Outcome.OK, 0.02)
    await sums.close()
    assert await sums.forget_old() == 1
    assert [day.day for day in await sums.since(0)] == [600, 1000]
