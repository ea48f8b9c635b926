"""Days as people write them."""

import re
from contextlib import suppress
from datetime import date
from typing import Final

_MONTHS: Final = "janfebmaraprmayjunjulaugsepoctnovdec"
_PARTS: Final = re.compile(
    r"\W*(\d{1,4}|[a-z]{3,9})(?:st|nd|rd|th)?[\W_]+(\d{1,2}|[a-z]{3,9})(?:st|nd|rd|th)?[\W_]+"
    r"(\d{4}|\d{1,2})\W*",
    re.IGNORECASE,
)


def iso_day(text: str) -> str | None:
    """Write a day as packs do, or both that it may be; None where it is none."""
    match = _PARTS.fullmatch(text[:60])
    if match is None:
        return None
    first, second, third = (_figure(part) for part in match.groups())
    if first is None or second is None or third is None:
        return None
    names_month = match[1].isalpha() or match[2].isalpha()
    if len(match[1]) == 4:
        return _day(first, second, third)
    if len(match[3]) != 4:
        return None
    if match[1].isalpha():
        return _day(third, first, second)
    day, swapped = _day(third, second, first), _day(third, first, second)
    if names_month or first == second or swapped is None:
        return day
    return f"{day} or {swapped}" if day else swapped


def _figure(part: str) -> int | None:
    if part.isdigit():
        return int(part)
    month = part[:3].casefold()
    at = _MONTHS.find(month)
    return at // 3 + 1 if at >= 0 and at % 3 == 0 else None


def _day(year: int, month: int, day: int) -> str | None:
    with suppress(ValueError):
        return date(year, month, day).isoformat()
    return None
