"""Time stamps, which are nobody's words."""

import re
from typing import Final

CLOCK: Final = r"\d{1,3}:\d{2}(?::\d{2}){0,2}(?:[.,]\d{1,3})?"
TIME: Final = rf"(?:(?:[\[(<]{{0,2}}\s?){CLOCK}(?:\s?(?:-->|[-–—])\s?{CLOCK})?(?:\s?[\])>]{{0,2}}))"
_LEADING: Final = re.compile(
    rf"(?:{TIME}|\d{{1,2}}h\d{{2}}m\d{{2}}s)\s{{0,3}}[-–—|]?\s{{0,3}}(?![:：])"
)
_ENCLOSED: Final = re.compile(rf"\s?(?:\[{CLOCK}\]|\({CLOCK}\)|\[\({CLOCK}\)\]|<{CLOCK}>)")
# "[unintelligible 00:12:04]" says what is missing, and that stays.
_BESIDE_WORDS: Final = re.compile(rf"(?<=\w)\s{{1,3}}\\?{CLOCK}(?=[\])])")
# Each once and for all: of a space between two it makes no difference whose it is.
_ONLY: Final = re.compile(rf"(?>{TIME}\s*+)++")


def skip_stamps(text: str, start: int = 0) -> int:
    """Give where a text begins behind the times that stand at a place in it."""
    while match := _LEADING.match(text, start):
        start = match.end()
    return start


def without_leading_stamps(text: str) -> str:
    """Take times off the start of a line."""
    return text[skip_stamps(text) :]


def without_stamps(text: str) -> str:
    """Take times in brackets out of a text, and those at its start."""
    if ":" not in text:
        return text
    return without_leading_stamps(_BESIDE_WORDS.sub("", _ENCLOSED.sub("", text))).strip()


def is_stamp(text: str) -> bool:
    return bool(_ONLY.fullmatch(text))
