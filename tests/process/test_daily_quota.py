"""A member has so many a day, and nobody has fewer because of somebody else."""

from bot.process.daily_quota import DailyQuota

A_DAY = 86_400


class Clock:
    now = 20_000.0 * A_DAY + 3600

    def __call__(self) -> float:
        return self.now


def test_a_member_has_so_many_a_day_and_as_many_the_next() -> None:
    clock = Clock()
    quota = DailyQuota(3, clock)
    assert [quota.admits(7) for _n in range(5)] == [True] * 3 + [False] * 2
    assert quota.admits(8)
    assert quota.renewed_at() == 20_001 * A_DAY
    clock.now = quota.renewed_at() - 1
    assert not quota.admits(7)
    clock.now += 1
    assert [quota.admits(7) for _n in range(5)] == [True] * 3 + [False] * 2


def test_the_members_it_remembers_are_bounded() -> None:
    quota = DailyQuota(3, Clock())
    for user_id in range(25_000):
        assert quota.admits(user_id)
    assert len(quota._counts) <= 10_000
