"""Local times of day become times, also where the clocks are changed."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.daily.due import WEEK_SECONDS, ZoneGoneError, next_due, next_weekly, week_before
from bot.daily.times_of_day import parse_time
from bot.daily.zones import zones


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


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


@pytest.mark.parametrize(
    ("zone", "typed", "dues"),
    [
        # Clocks go from 23:00 to midnight.
        (
            "America/Nuuk",
            "23:59",
            ["2024-03-29T23:59-02:00", "2024-03-30T22:59-02:00", "2024-03-31T23:59-01:00"],
        ),
        ("America/Nuuk", "22:59", ["2024-03-29T22:59-02:00", "2024-03-30T22:59-02:00"]),
        # From midnight to 1:00.
        ("Africa/Cairo", "0:30", ["2024-04-25T00:30+02:00", "2024-04-26T01:30+03:00"]),
        # Samoa left out a whole day.
        ("Pacific/Apia", "9", ["2011-12-29T09:00-10:00", "2011-12-31T09:00+14:00"]),
        # Midnight comes twice, and the day before it does in part.
        ("America/Havana", "0:30", ["2024-11-03T00:30-04:00", "2024-11-04T00:30-05:00"]),
    ],
)
def test_each_day_has_its_own_wherever_clocks_are_changed(
    zone: str, typed: str, dues: list[str]
) -> None:
    minute = parse_time(typed)
    assert minute is not None
    moments = [at(due) for due in dues]
    for earlier, later in pairwise(moments):
        assert next_due(minute, zone, earlier) == later


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Europe", "x" * 5000, "\0"])
def test_a_zone_that_is_not_there_is_a_sentence(zone: str) -> None:
    with pytest.raises(ZoneGoneError, match=r"I no longer know the time zone "):
        next_due(540, zone, 0)


@given(
    st.integers(0, 1439),
    st.sampled_from(sorted(available_timezones())),
    st.integers(at("1970-01-02T00:00:00Z"), at("2037-01-01T00:00:00Z")),
)
@example(1439, "America/Nuuk", at("2024-03-29T00:00:00Z"))
@example(540, "Pacific/Apia", at("2011-12-28T00:00:00Z"))
@example(0, "Pacific/Kwajalein", at("1993-08-19T00:00:00Z"))
def test_each_local_day_has_one_post_and_none_has_two(minute: int, zone: str, after: int) -> None:
    place = ZoneInfo(zone)
    first = next_due(minute, zone, after)
    dues = [first, second := next_due(minute, zone, first), next_due(minute, zone, second)]
    assert after < dues[0] < dues[1] < dues[2]
    days = [datetime.fromtimestamp(due, place).date() for due in dues]
    assert days[0] < days[1] < days[2]
    for earlier, later in pairwise(days):
        between = [earlier + timedelta(days=n) for n in range(1, (later - earlier).days)]
        assert not [day for day in between if _is_on_the_calendar(day, place)]


def _is_on_the_calendar(day: date, place: ZoneInfo) -> bool:
    noon = datetime.combine(day, time(12), place)
    return noon.astimezone(UTC).astimezone(place).date() == day


@given(
    st.integers(0, 1439),
    st.sampled_from(zones()),
    st.integers(at("2020-01-01T00:00:00Z"), at("2035-01-01T00:00:00Z")),
)
def test_posts_follow_each_other_by_a_day(minute: int, zone: str, after: int) -> None:
    first = next_due(minute, zone, after)
    assert after < first <= after + 26 * 3600
    assert 22 * 3600 <= next_due(minute, zone, first) - first <= 26 * 3600


@pytest.mark.parametrize(
    "zone", ["UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland"]
)
@pytest.mark.parametrize("minute", [0, 30, 720, 1439])
def test_a_week_is_told_within_a_day_of_its_end(zone: str, minute: int) -> None:
    day = 24 * 3600
    monday = 20_000 * day + 3 * day
    assert datetime.fromtimestamp(monday, UTC).weekday() == 0
    for after in range(monday - 8 * day, monday + 8 * day, 5 * 3600):
        due = next_weekly(minute, zone, after)
        end = week_before(due) + WEEK_SECONDS
        assert after < due <= after + 8 * day
        assert end <= due < end + day
        assert datetime.fromtimestamp(end, UTC).weekday() == 0
        assert next_weekly(minute, zone, due) > due + 5 * day
