"""The words that occur in quotes: how often, which begin alike, and which are spelled alike."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from bot.interview.library.content_file import Content
from bot.interview.library.marks import MATURE
from bot.process.byte_cache import ByteCache

# As in `search`: what bounds the work, however much there is.
_COMPLETIONS: Final = 16
_COMPLETED_AMONG: Final = 5_000
"""Words that begin alike and are counted, to take the most frequent of them."""
# After a single letter nearly any word may follow.
_MIN_PREFIX: Final = 2
_MIN_STEM: Final = 4
_MOST_ENDING: Final = 2
"""Letters at the end in which the shorter of two forms of a word may differ."""
_WORDS_BYTES: Final = 4_000_000
_COMMON_WORDS: Final = 20_000
_NEAREST: Final = 10
# Of rapidfuzz's 100, where "ovne" has 75 for "oven"; what is alike still has to find something.
_ALIKE: Final = 60
_COMMON: Final = "SELECT word FROM frequency WHERE word < ? ORDER BY quotes DESC, word LIMIT ?"
_FREQUENCY: Final = "SELECT word, quotes FROM frequency WHERE word = ?"
_COMPLETE: Final = (
    "SELECT word, quotes FROM (SELECT word, quotes FROM frequency WHERE word >= ? AND word < ?"
    " LIMIT ?) ORDER BY quotes DESC, word LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class WordGroup:
    """One of these words must occur; in how many quotes they do, together."""

    any_of: tuple[str, ...]
    quotes: int


class Vocabulary:
    """Reads words; the content never changes, so what was read stays right."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._groups: ByteCache[tuple[str, bool], WordGroup] = ByteCache(_WORDS_BYTES)
        self._common_words: Sequence[str] = ()

    async def groups_of(self, words: Sequence[str]) -> dict[str, WordGroup]:
        """Count the words that occur; the last of these may be the start of one."""
        known_words: dict[str, WordGroup] = {}
        for word in reversed(words):
            group = await self.group_of(word, is_last=not known_words)
            if group.quotes:
                known_words[word] = group
        return dict(reversed(known_words.items()))

    async def group_of(self, word: str, *, is_last: bool) -> WordGroup:
        """Count a word, the last one with its completions."""
        key = word, is_last
        group = self._groups.get(key)
        if group is None:
            group = await self._count(word, is_last=is_last)
            if group.quotes:
                self._groups.put(key, group)
        return group

    async def kin_of(self, word: str) -> WordGroup:
        """Give a word with those that are other forms of it, by what they begin with alike."""
        words = [word]
        if len(word) >= _MIN_STEM:
            completions = await self.group_of(word[:_MIN_STEM], is_last=True)
            words += [each for each in completions.any_of if each != word and _are_kin(each, word)]
        groups = [await self.group_of(each, is_last=False) for each in words]
        any_of = tuple(each for group in groups for each in group.any_of)
        return WordGroup(any_of, sum(group.quotes for group in groups))

    async def first_unknown(self, words: Sequence[str]) -> str | None:
        """Give the first word that occurs nowhere, as a whole one."""
        for word in words:
            if not (await self.group_of(word, is_last=False)).quotes:
                return word
        return None

    async def nearest(self, word: str) -> list[str]:
        """List the words that are spelled most like one, of the more frequent ones there are."""
        if not self._common_words:
            rows = await self._content.search(_COMMON, MATURE[0], _COMMON_WORDS)
            self._common_words = [row[0] for row in rows]
        # Only a miss pays for the import; comparing thousands of words is nothing for the loop.
        from rapidfuzz import fuzz, process

        compare = partial(process.extract, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_NEAREST)
        return [match[0] for match in await asyncio.to_thread(compare, word, self._common_words)]

    async def _count(self, word: str, *, is_last: bool) -> WordGroup:
        rows = await self._content.search(_FREQUENCY, word)
        counts = _counts(rows)
        if is_last and len(word) >= _MIN_PREFIX:
            end = word[:-1] + chr(ord(word[-1]) + 1)
            rows = await self._content.search(_COMPLETE, word, end, _COMPLETED_AMONG, _COMPLETIONS)
            counts |= _counts(rows)
        return WordGroup(tuple(counts), sum(counts.values()))


def _are_kin(word: str, other: str) -> bool:
    """Say whether two words differ by no more than their ends: dance and dancing."""
    shorter = min(len(word), len(other))
    same_start = max(_MIN_STEM, shorter - _MOST_ENDING)
    return word[:same_start] == other[:same_start]


def _counts(rows: Iterable[Any]) -> dict[str, int]:
    return dict(rows)
