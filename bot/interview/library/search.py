"""Finding quotes by words, with an amount of work that does not depend on what is typed."""

import asyncio
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import aiosqlite

from bot.interview.audience import Audience
from bot.interview.library.marks import MATURE, SPOILER
from bot.interview.library.rows import QUOTES
from bot.interview.model import Quote, Spoiler
from bot.interview.words import words_of

_MAX_WORDS: Final = 8

_CANDIDATES: Final = 200
"""Quotes that are ranked in one step."""
_POSTINGS: Final = 5_000
"""How often the rarest word occurs in what one step looks through, about."""
_STEPS: Final = 40
_COMPLETIONS: Final = 16
_VOCABULARY: Final = 5_000
_MIN_PREFIX: Final = 2
_REMEMBERED: Final = 512
_REMEMBERED_WORDS: Final = 8192

_FREQUENCY: Final = "SELECT word, quotes FROM frequency WHERE word = ?"
_COMPLETE: Final = (
    "SELECT word, quotes FROM (SELECT word, quotes FROM frequency WHERE word >= ? AND word < ?"
    " LIMIT ?) ORDER BY quotes DESC, word LIMIT ?"
)
_COMMON_WORDS: Final = 20_000
_NEAREST: Final = 10
_ALIKE: Final = 60
_COMMON: Final = "SELECT word FROM frequency WHERE word < ? ORDER BY quotes DESC, word LIMIT ?"
_MATCH: Final = (
    f"SELECT {QUOTES.columns} FROM quote WHERE id IN (SELECT rowid FROM word"  # noqa: S608 - ours
    " WHERE word MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?)"
    " AND number NOT IN (SELECT value FROM json_each(?))"
    " ORDER BY instr(lower(text), ?) = 0, length(text), id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Matches:
    """What a search found, the best first; `has_more` where there is another page.

    `words` are those that were looked for, folded, as they occur in the hits.
    """

    hits: tuple[Quote, ...]
    has_more: bool = False
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Where to search: the quotes of an interview, by their ids, with all the marks."""

    slug: str
    first: int
    last: int
    marks: tuple[str, ...]
    audience: Audience


@dataclass(frozen=True, slots=True)
class _Words:
    """One of these words must occur; in how many quotes they do, together."""

    any_of: tuple[str, ...]
    quotes: int


class Search:
    """Searches over a connection of its own, so that nobody waits for somebody else's search."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._remembered: OrderedDict[Hashable, Matches] = OrderedDict()
        self._groups: OrderedDict[tuple[str, bool], _Words] = OrderedDict()
        self._vocabulary: Sequence[str] = ()

    async def find(
        self, within: SearchScope, typed: str, *, limit: int, offset: int = 0
    ) -> Matches:
        """Find quotes that hold all the words; the last may be the start of one.

        Where none holds them all, those that hold the rarest of them.
        """
        end = offset + limit + 1
        key = within, " ".join(typed.casefold().split()), end
        found = self._remembered.get(key)
        if found is None:
            found = self._remembered[key] = await self._search(within, typed, end)
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return Matches(found.hits[offset : offset + limit], len(found.hits) == end, found.words)

    async def similar(self, within: SearchScope, typed: str, *, limit: int) -> list[str]:
        """Give what may have been meant, where a word is unknown: each finds something."""
        for word in words_of(typed)[:_MAX_WORDS]:
            if not (await self._group(word, is_last=False)).quotes:
                break
        else:
            return []
        similar: list[str] = []
        for candidate in await self._nearest(word):
            meant = " ".join(candidate if one == word else one for one in words_of(typed))
            if (await self.find(within, meant, limit=1)).hits:
                similar.append(meant)
            if len(similar) == limit:
                break
        return similar

    async def _nearest(self, word: str) -> list[str]:
        """List the words that are spelled most like one, of the more frequent ones there are."""
        if not self._vocabulary:
            rows = await self._connection.execute_fetchall(_COMMON, (MATURE[0], _COMMON_WORDS))
            self._vocabulary = [row[0] for row in rows]
        # Only a miss pays for the import; comparing thousands of words is nothing for the loop.
        from rapidfuzz import fuzz, process

        compare = partial(process.extract, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_NEAREST)
        return [found[0] for found in await asyncio.to_thread(compare, word, self._vocabulary)]

    async def _search(self, within: SearchScope, typed: str, end: int) -> Matches:
        words = list(dict.fromkeys(words_of(typed)))[:_MAX_WORDS]
        groups = [await self._group(word, is_last=word == words[-1]) for word in words]
        known = sorted((group for group in groups if group.quotes), key=lambda one: one.quotes)
        if not known:
            return Matches(())
        phrase = " ".join(typed.casefold().split())
        hits = await self._matching(within, known, phrase, end)
        if not hits and len(known) > 1:
            known = known[:1]
            hits = await self._matching(within, known, phrase, end)
        return Matches(tuple(hits), words=frozenset(word for one in known for word in one.any_of))

    async def _group(self, word: str, *, is_last: bool) -> _Words:
        """Count a word, the last one with its completions; the content never changes."""
        key = word, is_last
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = await self._counted(word, is_last=is_last)
            if len(self._groups) > _REMEMBERED_WORDS:
                self._groups.popitem(last=False)
        return group

    async def _counted(self, word: str, *, is_last: bool) -> _Words:
        rows = await self._connection.execute_fetchall(_FREQUENCY, (word,))
        found = _counted(rows)
        if is_last and len(word) >= _MIN_PREFIX:
            after = word[:-1] + chr(ord(word[-1]) + 1)
            rows = await self._connection.execute_fetchall(
                _COMPLETE, (word, after, _VOCABULARY, _COMPLETIONS)
            )
            found |= _counted(rows)
        return _Words(tuple(found), sum(found.values()))

    async def _matching(
        self, within: SearchScope, groups: Sequence[_Words], phrase: str, end: int
    ) -> list[Quote]:
        """Collect matches step by step until there are enough."""
        query = _query(groups, within)
        left_out = within.audience.numbers_left_out(within.slug)
        hits: list[Quote] = []
        for first, last in _steps(within, groups[0].quotes):
            rows = await self._connection.execute_fetchall(
                _MATCH, (query, first, last, _CANDIDATES, left_out, phrase, end - len(hits))
            )
            hits += [QUOTES.item(within.slug, row) for row in rows]
            if len(hits) >= end:
                break
        return hits


def _counted(rows: Iterable[Any]) -> dict[str, int]:
    return dict(rows)


def _query(groups: Sequence[_Words], within: SearchScope) -> str:
    """Write the expression of the index: all groups and marks, none of what is not to be seen."""
    terms = [f"({' OR '.join(map(_quoted, group.any_of))})" for group in groups]
    wanted = " AND ".join([*terms, *map(_quoted, within.marks)])
    audience = within.audience
    hidden = [SPOILER[level] for level in Spoiler if level > audience.limit]
    if not audience.allows_mature:
        hidden.append(MATURE)
    return f"({wanted}) NOT ({' OR '.join(map(_quoted, hidden))})" if hidden else wanted


def _steps(within: SearchScope, rarest: int) -> Iterator[tuple[int, int]]:
    """Divide the quotes so that each step meets the rarest word about equally often."""
    total = within.last - within.first + 1
    size = max(_POSTINGS, total * _POSTINGS // max(1, rarest))
    for n in range(_STEPS):
        first = within.first + n * size
        if first > within.last:
            return
        yield first, min(first + size - 1, within.last)


def _quoted(word: str) -> str:
    # Words are letters, digits and marks only; see `words_of`.
    return f'"{word}"'
