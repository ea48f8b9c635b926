"""A day shows the same to everyone, everything in turn, and an addition changes no day before."""

from hypothesis import given
from hypothesis import strategies as st

from bot.interview.days import DayShare, place_of_day


@given(first=st.integers(0, 1000), size=st.integers(1, 200))
def test_everything_is_shown_before_anything_comes_again(first: int, size: int) -> None:
    days = range(first * size, (first + 1) * size)
    assert sorted(place_of_day(day, size) for day in days) == list(range(size))


@given(first=st.integers(0, 50), size=st.integers(1, 60), count=st.integers(1, 12))
def test_those_who_share_a_day_see_nothing_twice_in_a_turn(
    first: int, size: int, count: int
) -> None:
    shares = [DayShare(n, count) for n in range(min(count, size))]
    a_turn = size // len(shares)
    days = range(first * a_turn, (first + 1) * a_turn)
    places = [place_of_day(day, size, share) for day in days for share in shares]
    assert len(set(places)) == len(places)
    assert set(places) <= set(range(size))


def test_more_than_there_are_places_share_them() -> None:
    places = [place_of_day(5, 3, DayShare(n, 7)) for n in range(7)]
    assert set(places) == {0, 1, 2}


def test_the_order_differs_from_turn_to_turn() -> None:
    turns = {tuple(place_of_day(day, 20) for day in range(n * 20, n * 20 + 20)) for n in range(50)}
    assert len(turns) == 50
