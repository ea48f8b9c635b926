"""Finding quotes by words, with an amount of work that does not depend on what is typed."""

import re
from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Final

from bot.interview.audience import Audience
from bot.interview.library.content_file import Content
from bot.interview.library.marks import MATURE, SPOILER
from bot.interview.library.rows import QUOTES
from bot.interview.library.vocabulary import Vocabulary, WordGroup
from bot.interview.model import Quote, Spoiler
from bot.interview.words import words_of
from bot.process.byte_cache import ByteCache, size_of

# The bounds of a search: together they keep the worst that somebody can type, in a pack of a
# million quotes, below what one answer may take. What lies beyond them is not found.
_MAX_WORDS: Final = 8
_CANDIDATES: Final = 200
"""Quotes that are ranked in one step."""
_POSTINGS: Final = 5_000
"""How often the rarest word occurs in what one step looks through, about."""
_STEPS: Final = 40
_MAX_TYPED: Final = 100
"""Letters that are looked at; the longest of real searches are half as long."""
_NAMED_AMONG: Final = 25
"""Hits among which it is looked for how a word is written."""
_MAX_COMPARED: Final = 24
"""Words of a text that are looked at, to find what is like it; then the rarest of them."""
_COMPARED_A_WORD: Final = 25
_MATCHES_BYTES: Final = 16_000_000
MOST_COUNTED: Final = 100
"""Hits that are looked for, to tell how many there are; of more it is said that there are more."""
_LETTERS: Final = re.compile(r"[^\W_]+(?:['\u2019\u02bc][^\W_]+)*")

# FTS5 skips to a range of rowids at once, so that each step costs about the same. SQLite's lower()
# knows ASCII only: elsewhere a phrase that stands as it was typed is not moved to the front.
_MATCH: Final = (
    f"SELECT {QUOTES.columns} FROM quote WHERE id IN (SELECT rowid FROM word"  # noqa: S608 - ours
    " WHERE word MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?)"
    " AND number NOT IN (SELECT value FROM json_each(?))"
    " ORDER BY instr(lower(text), ?) = 0, length(text), id LIMIT ?"
)


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """What a search found, the best first; `has_more` where there is another page.

    It is the same object as long as the search is remembered.
    `total` counts all pages, as far as `MOST_COUNTED`; beyond it is `is_uncounted`.
    `words` are those that were looked for, folded, as they occur in the hits. `query` is what of
    the typed words occurs at all: it finds the same, and nothing else that was typed is in it.
    `found_words` each stand in a quote that is not hidden: they may be named.
    """

    hits: tuple[Quote, ...]
    has_more: bool = False
    words: frozenset[str] = frozenset()
    query: str = ""
    found_words: tuple[str, ...] = ()
    total: int = 0

    @property
    def is_uncounted(self) -> bool:
        return self.total > MOST_COUNTED


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Where to search: the quotes of an interview, by their ids, with all the marks."""

    slug: str
    first: int
    last: int
    marks: tuple[str, ...]
    audience: Audience


class Search:
    """Searches over a connection of its own, so that nobody waits for somebody else's search."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._results: ByteCache[Hashable, _Results] = ByteCache(_MATCHES_BYTES)
        self._vocabulary = Vocabulary(content)

    async def find(self, scope: SearchScope, typed: str, *, limit: int, offset: int = 0) -> Matches:
        """Find quotes that hold all the words; the last may be the start of one.

        Where none holds them all, those that hold the rarest of them.
        """
        end = max(offset + limit, MOST_COUNTED) + 1
        phrase = " ".join(_parts(typed[:_MAX_TYPED]))
        key = scope, phrase, end
        results = self._results.get(key)
        if results is None:
            matches = await self._search(scope, phrase, end)
            results = _Results(matches)
            # What is found nowhere can be anything, and is not worth remembering; pages beyond
            # those counted are turned to so rarely that they would only push out the others.
            if matches.hits and end == MOST_COUNTED + 1:
                self._results.put(key, results, size_of(matches))
        return results.page(offset, limit)

    async def nearest(
        self, scope: SearchScope, words: Sequence[str], *, limit: int
    ) -> tuple[Quote, ...]:
        """Give the quotes that share the most telling of some words, the best first."""
        kin = [await self._vocabulary.kin_of(word) for word in words[:_MAX_COMPARED]]
        groups = sorted((group for group in kin if group.quotes), key=lambda group: group.quotes)
        groups = groups[:_MAX_WORDS]
        quotes = {
            quote.number: quote
            for group in groups
            for quote in await self._hits(scope, [group], "", _COMPARED_A_WORD)
        }
        total = scope.last - scope.first + 1

        def order(quote: Quote) -> tuple[float, int]:
            return -_likeness(quote, groups, total), len(quote.text)

        return tuple(sorted(quotes.values(), key=order)[:limit])

    async def similar(self, scope: SearchScope, typed: str, *, limit: int) -> list[str]:
        """Give what may have been meant, where a word is unknown: each finds something."""
        words = _words(typed)
        unknown = await self._vocabulary.first_unknown(words)
        similar: list[str] = []
        for candidate in await self._vocabulary.nearest(unknown) if unknown else ():
            phrase = " ".join(candidate if word == unknown else word for word in words)
            if (await self.find(scope, phrase, limit=1)).hits:
                similar.append(phrase)
            if len(similar) == limit:
                break
        return similar

    async def _search(self, scope: SearchScope, phrase: str, end: int) -> Matches:
        known_words = await self._vocabulary.groups_of(_words(phrase))
        if not known_words:
            return Matches(())
        # The rarest first: it decides how much there is to look through.
        groups = sorted(known_words.values(), key=lambda group: group.quotes)
        query = " ".join(_known_parts(phrase, known_words))
        hits = await self._hits(scope, groups, query, end)
        if not hits and len(groups) > 1:
            groups = groups[:1]
            hits = await self._hits(scope, groups, query, end)
        folded = frozenset(word for group in groups for word in group.any_of)
        searched = [group for group in known_words.values() if group in groups]
        best = hits[:_NAMED_AMONG]
        names = [await self._visible_word(scope, group, best) for group in searched]
        return Matches(
            tuple(hits), words=folded, query=query, found_words=tuple(filter(None, names))
        )

    async def _visible_word(
        self, scope: SearchScope, group: WordGroup, hits: Sequence[Quote]
    ) -> str:
        """Give a word of a group that stands in a quote which is not hidden; "" where none does."""
        word = _word_in(group, hits, scope.audience)
        if word:
            return word
        open_scope = replace(scope, audience=scope.audience.for_game())
        others = await self._hits(open_scope, [group], "", 1)
        return _word_in(group, others, open_scope.audience)

    async def _hits(
        self, scope: SearchScope, groups: Sequence[WordGroup], phrase: str, end: int
    ) -> list[Quote]:
        """Collect matches step by step until there are enough."""
        query = _query(groups, scope)
        left_out = scope.audience.numbers_left_out(scope.slug)
        hits: list[Quote] = []
        for first, last in _steps(scope, groups[0].quotes):
            rows = await self._content.search(
                _MATCH, query, first, last, _CANDIDATES, left_out, phrase, end - len(hits)
            )
            hits += [QUOTES.item(scope.slug, row) for row in rows]
            if len(hits) >= end:
                break
        return hits


class _Results:
    """All that a search found, and the pages of it that were asked for."""

    def __init__(self, matches: Matches) -> None:
        self._matches = matches
        self._pages: dict[tuple[int, int], Matches] = {}

    def page(self, offset: int, limit: int) -> Matches:
        page = self._pages.get((offset, limit))
        if page is None:
            hits, total = self._matches.hits, len(self._matches.hits)
            page = replace(
                self._matches,
                hits=hits[offset : offset + limit],
                has_more=total > offset + limit,
                total=total,
            )
            self._pages[offset, limit] = page
        return page


def _likeness(quote: Quote, groups: Sequence[WordGroup], total: int) -> float:
    """Weigh the words that a quote shares with a text: the rarer they are, the more each counts."""
    words = set(words_of(quote.text))
    shared = (group for group in groups if not words.isdisjoint(group.any_of))
    return sum(log(1 + total / group.quotes) for group in shared)


def _words(typed: str) -> list[str]:
    """List the words that are looked for, each once, however long the text is."""
    return list(dict.fromkeys(words_of(typed[:_MAX_TYPED])))[:_MAX_WORDS]


def _parts(typed: str) -> Iterator[str]:
    """List what is looked for: as it was typed where it is nothing but letters, else its words."""
    for part in typed.casefold().split():
        if _LETTERS.fullmatch(part):
            yield part
        else:
            yield from words_of(part)


def _known_parts(phrase: str, known_words: Collection[str]) -> Iterator[str]:
    """Give the words that occur, as they were typed."""
    for part in phrase.split():
        words = words_of(part)
        if all(word in known_words for word in words):
            yield part
        else:
            yield from (word for word in words if word in known_words)


def _word_in(group: WordGroup, quotes: Sequence[Quote], audience: Audience) -> str:
    texts = (quote.text for quote in quotes if not audience.veils(quote.spoiler))
    words = {word for text in texts for word in words_of(text)}
    return next((word for word in group.any_of if word in words), "")


def _query(groups: Sequence[WordGroup], scope: SearchScope) -> str:
    """Write the expression of the index: all groups and marks, none of what is not to be seen."""
    terms = [f"({' OR '.join(map(_quoted, group.any_of))})" for group in groups]
    query = " AND ".join([*terms, *map(_quoted, scope.marks)])
    audience = scope.audience
    marks = [SPOILER[level] for level in Spoiler if level > audience.limit]
    if not audience.allows_mature:
        marks.append(MATURE)
    return f"({query}) NOT ({' OR '.join(map(_quoted, marks))})" if marks else query


def _steps(scope: SearchScope, rarest: int) -> Iterator[tuple[int, int]]:
    """Divide the quotes so that each step meets the rarest word about equally often."""
    total = scope.last - scope.first + 1
    size = max(_POSTINGS, total * _POSTINGS // max(1, rarest))
    for n in range(_STEPS):
        first = scope.first + n * size
        if first > scope.last:
            return
        yield first, min(first + size - 1, scope.last)


def _quoted(word: str) -> str:
    # Words are letters, digits and marks only; see `words_of`.
    return f'"{word}"'
