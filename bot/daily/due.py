"""When a daily post is due: pure rules about local times and zones."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LATE_SECONDS: Final = 6 * 3600
"""A post that is later than this is left out."""
MINUTES_A_DAY: Final = 24 * 60
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})|\s*h)?\s*(?P<half>[ap](?:\.?m\.?)?)?",
    re.IGNORECASE | re.ASCII,
)
_WORDS: Final = {"noon": 720, "12 noon": 720, "midday": 720, "midnight": 0, "12 midnight": 0}


def next_due(minute: int, zone: str, after: float) -> int:
    """Give the first time after `after` at which a local day is so many minutes old; unix seconds.

    A time that the clocks leave out in spring comes as much later as they leave out; of a time that
    they have twice in autumn the first counts.
    """
    place = ZoneInfo(zone)
    day = datetime.fromtimestamp(after, place).date()
    while True:
        local = datetime.combine(day, time(*divmod(minute, 60)), place)
        due = int(local.astimezone(UTC).timestamp())
        if due > after:
            return due
        day += timedelta(days=1)


def parse_time(typed: str) -> int | None:
    """Read a time of day as people write it: 9, 9:05, 21.30, 21h30, 9:05 pm, noon; in minutes."""
    minute = _WORDS.get(" ".join(typed.casefold().split()))
    if minute is not None:
        return minute
    match = _TIME.fullmatch(typed.strip())
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"][0] in "pP" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def clock_face(minute: int) -> str:
    """Write a time of day as 09:05."""
    hours, minutes = divmod(minute, 60)
    return f"{hours:02}:{minutes:02}"
