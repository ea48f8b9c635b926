"""Time zones, and which of them are called as somebody typed."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from bot.daily.zone_names import in_words, places, short_names
from bot.interview.words import fold

_REGIONS: Final = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
_OFFSET: Final = re.compile(
    r"(?:utc|gmt)?\s*(?P<sign>[-+\u2212\u2013])\s*(?P<hours>\d{1,2})"
    r"(?:[:.h]?(?P<minutes>\d{2})|[.,](?P<half>5))?",
    re.ASCII,
)
# IANA's names of them have the sign that POSIX gives them: the hours to add to get UTC.
_BY_HOURS: Final = {hours: f"Etc/GMT{-hours:+}" if hours else "UTC" for hours in range(-12, 15)}
_HOURS_OF: Final = {zone: hours for hours, zone in _BY_HOURS.items() if hours}
# "London time", and in the other languages "heure de Paris", "horário de Brasília".
_AROUND: Final = re.compile(
    r"(?:hora(?:rio)?|heure|fuso|fuseau|huso|zona)(?: (?:oficial|officielle|local|horari[ao]))?"
    r" (?:de la |de l'|del |de |do |da |du |d'|em |en )?(?P<before>.+)"
    r"|(?P<after>.+?)(?: (?:standard|daylight|local))?(?: time(?: ?zone)?)?"
)


@cache
def zones() -> tuple[str, ...]:
    """List the names of time zones that people choose from: UTC, and region/place."""
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(_REGIONS)))


@cache
def current_zones() -> tuple[str, ...]:
    """List them without the names that are kept for old times' sake, as Asia/Calcutta."""
    return tuple(zone for zone in zones() if in_words(zone) not in places().by_name)


def is_zone(name: str) -> bool:
    """Say whether a daily post can keep this zone's time."""
    return name in _exact().values()


def zone_label(zone: str) -> str:
    """Write a zone's name; one that is an offset alone as UTC-5, whatever IANA calls it."""
    return f"UTC{_HOURS_OF[zone]:+}" if zone in _HOURS_OF else zone


def called(typed: str) -> Sequence[str]:
    """Give the zones that are called exactly so, the most people first."""
    exact = _exact().get(fold(typed).replace(" ", "_"))
    if exact is not None:
        return [exact]
    offset = offset_of(typed)
    if offset is not None:
        return [zone for hours, zone in _BY_HOURS.items() if timedelta(hours=hours) == offset]
    words = in_words(typed).removeprefix("etc ")
    around = _AROUND.fullmatch(words)
    bare = around and (around["before"] or around["after"])
    return _by_words(words) or _by_words(bare or "") or _by_parts(typed) or _by_both(typed)


def place_of(zone: str) -> str:
    """Write the place that a zone is named after: New York."""
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def _exact() -> Mapping[str, str]:
    return {fold(zone): zone for zone in (*zones(), *_BY_HOURS.values())}


@cache
def _by_place() -> Mapping[str, tuple[str, ...]]:
    table = defaultdict[str, tuple[str, ...]](tuple)
    for zone in current_zones():
        table[in_words(place_of(zone))] += (zone,)
    return dict(table)


def _by_words(words: str) -> Sequence[str]:
    """Give the zones of a name: those written by hand, or else of all places that have it."""
    by_hand = short_names().by_name.get(words)
    zones_called = by_hand or (*_by_place().get(words, ()), *places().by_name.get(words, ()))
    return [zone for zone in dict.fromkeys(zones_called) if is_zone(zone)]


def _by_parts(typed: str) -> Sequence[str]:
    """Read a place and what it lies in, as in "Portland, Oregon"."""
    first, _comma, rest = typed.rpartition(",")
    around = set(called(rest)) if first else set[str]()
    tables = (short_names().by_name, _by_place(), places().by_name)
    zones_called = [zone for table in tables for zone in table.get(in_words(first), ())]
    return [zone for zone in dict.fromkeys(zones_called) if zone in around]


def _by_both(typed: str) -> Sequence[str]:
    """Read the names of a zone in winter and in summer, as in CET/CEST."""
    first, slash, rest = typed.partition("/")
    others = _by_words(in_words(rest)) if slash else ()
    return [zone for zone in _by_words(in_words(first)) if zone in others]


def offset_of(typed: str) -> timedelta | None:
    """Read a difference from UTC, as in UTC-5, +05:30, UTC+5.5 or GMT+1."""
    match = _OFFSET.fullmatch(fold(typed))
    if match is None:
        return None
    minutes = 30 if match["half"] else int(match["minutes"] or 0)
    offset = timedelta(hours=int(match["hours"]), minutes=minutes)
    return offset if match["sign"] == "+" else -offset
