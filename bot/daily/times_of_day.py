"""Times of day as people write them, in the languages of the bot and as far as they are clear."""

import re
from collections.abc import Iterator
from typing import Final

from bot.daily.zones import called
from bot.interview.words import fold

_WORDS: Final = {
    **dict.fromkeys(("noon", "midday", "mid day", "midi", "mediodia", "meio dia"), 720),
    **dict.fromkeys(("midnight", "minuit", "medianoche", "media noche", "meia noite"), 0),
    **dict.fromkeys(("12 noon", "12 midday", "12 del mediodia"), 720),
    **dict.fromkeys(("12 midnight", "12 at night", "12 de la noche", "12 da noite"), 0),
}
_LONGEST: Final = 100
_HYPHEN: Final = re.compile("(?<=[a-z])-(?=[a-z])")
_BEFORE: Final = re.compile(r"(?:at|a la|a las|a|al|ao|as) ")
# Four digits without a mark are a time too, as 1830.
_TIME: Final = re.compile(
    r"(?P<hour>\d{1,2}?)"
    r"(?: ?(?:[:.](?= ?\d)|hrs?|hs|hours?|heures?|horas?|h) ?)?(?P<minute>\d{2})?"
    r"(?: ?(?:hrs?|hs|hours?|heures?|horas?|h|min))?"
    r"(?: ?(?P<half>[ap])(?:\.? ?m\.?)?)?"
    r"(?: (?P<part>\D+))?",
    re.ASCII,
)
# The hours of which a part of the day is said clearly, how many are to be added, and what is said.
_PARTS: Final = (
    (range(1, 12), 0, "in the morning", "du matin", "de la manana", "da manha"),
    (range(1, 7), 0, "de la madrugada", "da madrugada"),
    (range(1, 9), 12, "in the afternoon", "de l'apres midi", "de la tarde", "da tarde"),
    (range(4, 12), 12, "in the evening", "du soir"),
    (range(7, 12), 12, "at night", "de la noche", "da noite"),
)


def parse_time(typed: str) -> int | None:
    """Read a time of day: 9, 9:05, 21.30, 21h30, 9:05 pm, noon, 9 de la noche; in minutes.

    None where it is unclear.
    """
    words = _HYPHEN.sub(" ", " ".join(fold(typed).replace("\u2019", "'").split()))
    words = _BEFORE.sub("", words, count=1) if _BEFORE.match(words) else words
    if words in _WORDS:
        return _WORDS[words]
    match = _TIME.fullmatch(words)
    hour = _hour(match) if match else None
    if match is None or hour is None:
        return None
    minute = int(match["minute"] or 0)
    return hour * 60 + minute if minute < 60 else None


def parse_time_and_zone(typed: str) -> tuple[int | None, str]:
    """Read a time of day, and what is called like a time zone behind it, as in "6 pm CET"."""
    minute = parse_time(typed)
    if minute is not None:
        return minute, ""
    for time, zone in _halves(typed) if len(typed) <= _LONGEST else ():
        minute = parse_time(time)
        if minute is not None and called(zone):
            return minute, zone
    return None, ""


def clock_face(minute: int) -> str:
    """Write a time of day as 09:05."""
    hours, minutes = divmod(minute, 60)
    return f"{hours:02}:{minutes:02}"


def _hour(match: re.Match[str]) -> int | None:
    hour, half, part = int(match["hour"]), match["half"], match["part"]
    if half:
        is_clear = 1 <= hour <= 12 and not part
        return hour % 12 + (12 if half == "p" else 0) if is_clear else None
    if part:
        hours = (hour + add for clear, add, *names in _PARTS if part in names and hour in clear)
        return next(hours, None)
    is_midnight = hour == 24 and not int(match["minute"] or 0)
    return 0 if is_midnight else hour if hour < 24 else None


def _halves(typed: str) -> Iterator[tuple[str, str]]:
    words = typed.split()
    for n in range(len(words) - 1, 0, -1):
        yield " ".join(words[:n]), " ".join(words[n:])
