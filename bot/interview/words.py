"""The words of a text: folded, listed, and looked for in other texts."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import filterfalse
from typing import Final

from bot.interview.model import CUT

_APOSTROPHES: Final = str.maketrans("", "", "'\u2019\u02bc")
# Scripts that set no spaces: each sign is a word.
_UNSPACED: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e00-\u0eff"
_INDEX_WORD: Final = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_WORD: Final = re.compile(r"\w+")
# Chinese and Japanese, with their punctuation; Thai sets spaces between sentences. It takes 2 ms
# to compile, for which no start of a bot waits.
_CLOSED_UP: Final = "[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]"
_REMEMBERED: Final = 1000
"""Labels; a file has few."""


def fold(text: str) -> str:
    """Leave out what people do not bother to type: case, accents, outer spaces."""
    folded = text.strip().casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded)
    return "".join(filterfalse(unicodedata.combining, decomposed))


@lru_cache(_REMEMBERED)
def fold_label(label: str) -> str:
    """Fold what stands in a text again and again; the same one is the same text."""
    return fold(label)


def words_of(text: str) -> list[str]:
    """List the words of a text: without case, accents, apostrophes and punctuation."""
    return _INDEX_WORD.findall(fold(text.translate(_APOSTROPHES)))


def count_words(text: str) -> int:
    """Count the words of a text; where no spaces are set, two signs are one."""
    if text.isascii():
        return len(text.split())
    spaced, signs = re.subn(f"[{_UNSPACED}]", " ", text)
    return len(spaced.split()) + (signs + 1) // 2


def joined(texts: Iterable[str]) -> str:
    """Join texts as their script does: with a space, or in Chinese and Japanese with nothing."""
    parts: list[str] = []
    for text in filter(None, texts):
        if parts and not (_is_closed_up(parts[-1][-1]) and _is_closed_up(text[0])):
            parts.append(" ")
        parts.append(text)
    return "".join(parts)


def _is_closed_up(sign: str) -> bool:
    return re.match(_CLOSED_UP, sign) is not None


def holds_any(text: str, phrases: Iterable[str]) -> bool:
    """Say whether one of the phrases occurs in a text, word for word."""
    line = f" {' '.join(words_of(text))} "
    return any(f" {' '.join(words_of(phrase))} " in line for phrase in phrases)


def word_line(text: str) -> str:
    """Write a text as its words with a space on each side, so that whole words are compared."""
    return f" {' '.join(_WORD.findall(fold(text)))} "


def occurs(quote: str, line: str) -> bool:
    """Say whether all parts of a quotation occur, in order, in a text given by `word_line`."""
    at = 0
    for part in quote.split(CUT):
        words = word_line(part)
        at = line.find(words, at)
        if at < 0:
            return False
        # The space at the end is also the one before the next word.
        at += len(words) - 1
    return True


def word_set(text: str) -> frozenset[str]:
    """Read a list of words as it is written in the code, with spaces and line ends between."""
    return frozenset(text.split())


class QuotedWords:
    """The words of quotations, for telling what they hold already."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._parts = [word_line(part) for text in texts for part in text.split(CUT)]

    def holds(self, sentence: str) -> bool:
        """Say whether a sentence stands within one of the quotations."""
        words = word_line(sentence)
        return any(words in part for part in self._parts)
