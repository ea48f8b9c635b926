"""Time stamps, which are nobody's words."""

import re
from typing import Final

CLOCK: Final = r"\d{1,3}:\d{2}(?::\d{2}){0,2}(?:[.,]\d{1,3})?"
TIME: Final = rf"(?:(?:[\[(<]{{0,2}}\s?){CLOCK}(?:\s?(?:-->|[-–—])\s?{CLOCK})?(?:\s?[\])>]{{0,2}}))"
_LEADING: Final = re.compile(rf"(?:{TIME}|\d{{1,2}}h\d{{2}}m\d{{2}}s)\s*[-–—|]?\s*(?![:：])")
_ENCLOSED: Final = re.compile(rf"\s?(?:\[{CLOCK}\]|\({CLOCK}\)|\[\({CLOCK}\)\]|<{CLOCK}>)")
# "[unintelligible 00:12:04]" says what is missing, and that stays.
_BESIDE_WORDS: Final = re.compile(rf"(?<=\w)\s{{1,3}}\\?{CLOCK}(?=[\])])")
_ONLY: Final = re.compile(rf"(?:{TIME}\s*)+")


def without_leading_stamps(text: str) -> str:
    """Take times off the start of a line."""
    while match := _LEADING.match(text):
        text = text[match.end() :]
    return text


def without_stamps(text: str) -> str:
    """Take times in brackets out of a text, and those at its start."""
    if ":" not in text:
        return text
    return without_leading_stamps(_BESIDE_WORDS.sub("", _ENCLOSED.sub("", text))).strip()


def is_stamp(text: str) -> bool:
    return bool(_ONLY.fullmatch(text))
