"""How text becomes the words of the index, for quotes and for what a member types."""

import re
from collections.abc import Iterable
from typing import Final

from bot.interview.names import fold

MAX_WORDS: Final = 8
_APOSTROPHES: Final = str.maketrans("", "", "'\u2019\u02bc")
# Scripts that set no spaces: each sign is a word.
_UNSPACED: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff"
_WORD: Final = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")

# Marks stand in the index like words; from the private area, so that nobody can type them.
MATURE: Final = "\ue000m"
SPOILER: Final = ("", "\ue000s1", "\ue000s2")


def speaker_mark(place: int) -> str:
    """Mark the quotes of a speaker by their place among the people."""
    return f"\ue001{place}"


def topic_mark(place: int) -> str:
    """Mark the quotes on a topic by its place among the topics."""
    return f"\ue002{place}"


def words_of(text: str) -> list[str]:
    """List the words of a text: without case, accents, apostrophes and punctuation."""
    return _WORD.findall(fold(text.translate(_APOSTROPHES)))


def holds_any(text: str, phrases: Iterable[str]) -> bool:
    """Say whether one of the phrases occurs in a text, word for word."""
    held = f" {' '.join(words_of(text))} "
    return any(f" {' '.join(words_of(phrase))} " in held for phrase in phrases)
