"""Ordinary starts wait for nothing; a crash loop never reaches what Discord allows."""

import pytest

from bot.process.identify_brake import Brake

DAY = 86_400


class Days:
    """A clock that goes on by what is waited."""

    def __init__(self, shard_count: int = 1, total: int = 1000) -> None:
        self.now = 1_000_000.0
        self.begun: list[float] = []
        self._shard_count = shard_count
        self._brake = Brake(shard_count, total)

    def start(self) -> float:
        """Start the bot: begin a session a shard, as fast as they may begin."""
        return sum(self._begin() for _n in range(self._shard_count))

    def _begin(self) -> float:
        ages = [self.now - begun_at for begun_at in self.begun if begun_at > self.now - DAY]
        gap = self._brake.gap(ages)
        waited = max(0.0, gap - min(ages, default=gap))
        self.now += waited
        self.begun.append(self.now)
        return waited

    def most_in_a_day(self) -> int:
        days = (sum(start <= one < start + DAY for one in self.begun) for start in self.begun[::20])
        return max(days)


@pytest.mark.parametrize("shard_count", [1, 4, 16])
def test_the_first_starts_are_not_slowed(shard_count: int) -> None:
    days = Days(shard_count)
    assert [days.start() for _n in range(10)] == [0.0] * 10
    assert days.start() > 0
    days.now += 3601
    assert days.start() == 0, "an hour later all is well"


def test_a_restart_of_all_shards_is_slowed_like_one_of_a_single_shard() -> None:
    alone, many = Days(), Days(16)
    for _n in range(10):
        alone.start()
        many.start()
    assert alone.start() == many.start() == 60


@pytest.mark.parametrize("runs", [0.5, 5.0, 59.0, 90.0])
def test_a_crash_loop_stays_far_below_a_thousand_a_day(runs: float) -> None:
    days = Days()
    while days.now < 1_000_000 + 3 * DAY:
        days.start()
        days.now += runs
    assert 100 < days.most_in_a_day() < 400


@pytest.mark.parametrize("runs", [0.5, 60.0, 900.0])
@pytest.mark.parametrize(
    ("shard_count", "total"), [(2, 1000), (16, 1000), (64, 1000), (16, 2000), (300, 5000)]
)
def test_however_many_shards_there_are_what_discord_allows_is_not_reached(
    shard_count: int, total: int, runs: float
) -> None:
    days = Days(shard_count, total)
    while days.now < 1_000_000 + 2 * DAY:
        days.start()
        days.now += runs
    assert days.most_in_a_day() < 0.9 * total
