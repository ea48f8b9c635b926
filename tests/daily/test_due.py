"""Local times of day become times, also where the clocks are changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily.due import clock_face, next_due, parse_time
from bot.daily.zones import zones


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("9", 540),
        ("09:05", 545),
        (" 21.30 ", 1290),
        ("21h30", 1290),
        ("18h", 1080),
        ("9:05 pm", 1265),
        ("12 am", 0),
        ("12:01 P.M.", 721),
        ("0:00", 0),
        ("23:59", 1439),
        ("noon", 720),
        (" 12  Noon", 720),
        ("midday", 720),
        ("Midnight", 0),
        ("12 midnight", 0),
    ],
)
def test_times_as_people_write_them(typed: str, minute: int) -> None:
    assert parse_time(typed) == minute


@pytest.mark.parametrize(
    "typed",
    ["", "24:00", "9:60", "13 pm", "0 am", "9 noon", "-1", "9:5", "١٢:٠٠", "9:00:00", "9" * 99],
)
def test_what_is_no_time_of_day(typed: str) -> None:
    assert parse_time(typed) is None


@given(st.integers(0, 1439))
def test_what_is_shown_can_be_typed(minute: int) -> None:
    assert parse_time(clock_face(minute)) == minute


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ("2026-11-24T16:59:59Z", "2026-11-24T17:00:00Z"),
        ("2026-11-24T17:00:00Z", "2026-11-25T17:00:00Z"),
        # In summer the same local time is an hour earlier.
        ("2026-06-01T12:00:00Z", "2026-06-01T16:00:00Z"),
    ],
)
def test_the_next_time_of_day(after: str, due: str) -> None:
    assert next_due(18 * 60, "Europe/Berlin", at(after)) == at(due)


def test_a_time_that_spring_leaves_out_comes_an_hour_later() -> None:
    due = next_due(150, "Europe/Berlin", at("2026-03-28T12:00:00Z"))
    assert due == at("2026-03-29T03:30:00+02:00")
    assert next_due(150, "Europe/Berlin", due) == at("2026-03-30T02:30:00+02:00")


def test_a_time_that_autumn_has_twice_comes_once() -> None:
    due = next_due(150, "Europe/Berlin", at("2026-10-24T12:00:00Z"))
    assert due == at("2026-10-25T02:30:00+02:00")
    assert next_due(150, "Europe/Berlin", due) == at("2026-10-26T02:30:00+01:00")


@given(
    st.integers(0, 1439),
    st.sampled_from(zones()),
    st.integers(at("2020-01-01T00:00:00Z"), at("2035-01-01T00:00:00Z")),
)
def test_posts_follow_each_other_by_a_day(minute: int, zone: str, after: int) -> None:
    first = next_due(minute, zone, after)
    second = next_due(minute, zone, first)
    assert after < first <= after + 26 * 3600
    place = ZoneInfo(zone)
    days = [datetime.fromtimestamp(one, UTC).astimezone(place).date() for one in (first, second)]
    # Samoa once left out a whole day; nobody has since.
    assert days[1] - days[0] == timedelta(days=1)
    assert 22 * 3600 <= second - first <= 26 * 3600
