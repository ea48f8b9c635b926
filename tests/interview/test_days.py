"""A day shows the same to everyone, everything in turn, and an addition changes no day before."""

from hypothesis import given
from hypothesis import strategies as st

from bot.interview.days import place_of_day


@given(first=st.integers(0, 1000), size=st.integers(1, 200))
def test_everything_is_shown_before_anything_comes_again(first: int, size: int) -> None:
    days = range(first * size, (first + 1) * size)
    assert sorted(place_of_day(day, size) for day in days) == list(range(size))


def test_the_order_differs_from_turn_to_turn() -> None:
    turns = {tuple(place_of_day(day, 20) for day in range(n * 20, n * 20 + 20)) for n in range(50)}
    assert len(turns) == 50
