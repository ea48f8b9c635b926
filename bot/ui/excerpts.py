"""Parts of quotes, around the words that somebody looked for."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from bot.interview.model import CUT
from bot.interview.words import words_of
from bot.letters import ELLIPSIS, label, units
from bot.ui.markdown import plain, plain_cut

_WORD: Final = re.compile(r"[\w'\u2019\u02bc]+")
# Of each match three lines of a phone, beginning shortly before the first hit.
_SHOWN: Final = 240
_LEAD: Final = 60
# In a list that is chosen from, a line of a phone shows about so many letters.
_LINE: Final = 40
_LINE_LEAD: Final = 20


def highlighted(words: frozenset[str], text: str, limit: int) -> str:
    """Write the part of a text around the first of the words, each of them in bold."""
    marked = _marked(text, words)
    return marked if units(marked) <= limit else plain_cut(text, limit)


def begun_at(words: frozenset[str], text: str, limit: int) -> str:
    """Write a text for a list, from where a line shows the first of the words."""
    first = next(_hits(text, words), (0, 0))
    if first[1] <= _LINE:
        return label(text, limit)
    return label(f"{ELLIPSIS} {text[_word_before(text, first[0] - _LINE_LEAD) :]}", limit)


def _hits(text: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    matches = _WORD.finditer(text)
    return (match.span() for match in matches if not words.isdisjoint(_folded(match[0])))


@lru_cache(maxsize=4096)
def _folded(word: str) -> tuple[str, ...]:
    return tuple(words_of(word))


def _marked(text: str, words: frozenset[str]) -> str:
    spans = list(_hits(text, words))
    start = _start(text, spans[0][0]) if spans else 0
    end = min(len(text), start + _SHOWN)
    parts: list[str] = [f"{CUT} "] if start else []
    for first, last in spans:
        if first >= start and last <= end:
            parts += [plain(text[start:first]), f"**{plain(text[first:last])}**"]
            start = last
    marked = "".join(parts) + plain_cut(text[start:], max(40, 2 * (end - start)))
    return marked if units(marked) <= 4 * _SHOWN else plain_cut(text, _SHOWN)


def _start(text: str, first: int) -> int:
    """Begin at a word shortly before the first that was found, where it stands far in."""
    return 0 if first < _SHOWN // 2 else _word_before(text, first - _LEAD)


def _word_before(text: str, place: int) -> int:
    return text.rfind(" ", 0, max(0, place)) + 1
