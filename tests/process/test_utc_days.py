"""A day begins and ends in UTC."""

from hypothesis import given
from hypothesis import strategies as st

from bot.process.utc_days import begins_at, day_of


@given(day=st.integers(0, 60_000))
def test_a_day_is_a_utc_day(day: int) -> None:
    assert day_of(begins_at(day)) == day
    assert day_of(begins_at(day + 1) - 0.001) == day
