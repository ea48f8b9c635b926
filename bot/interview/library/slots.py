"""Into which facets an item belongs, and its place in each."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from bot.interview.gaps import can_hide_any, share_stems
from bot.interview.giveaways import is_anybodys
from bot.interview.library.rows import arrivals_text
from bot.interview.model import CuratedQuestion, Fact, Interview, Quote, QuoteGame
from bot.interview.words import count_words

DERIVED_LIMIT: Final = 20_000
"""Quotes of which trivia is made: more than anybody plays."""
_MIN_WORDS: Final = 5
_CHOICES: Final = 4
_FACETS: Final = {
    QuoteGame.WHO: "said",
    QuoteGame.LINE: "line",
    QuoteGame.QUESTION: "asked",
    QuoteGame.COMPARE: "compare",
}
_DERIVED: Final = frozenset(_FACETS.values())

Name = tuple[str, str, str, str]
"""Kind, person, topic and difficulty; an empty one means any."""


@dataclass(slots=True)
class _Counter:
    id: int
    size: int = 0
    stamp: int = 0
    arrivals: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    def add(self, number: int, since: int) -> None:
        if since > (self.arrivals[-1][0] if self.arrivals else 0):
            self.arrivals.append((since, self.size))
        self.size += 1
        self.stamp = zlib.crc32(number.to_bytes(5, "big"), self.stamp)


class Slots:
    """Hands out places as items go by, in all the facets that they belong to."""

    def __init__(self, interview: Interview, first_id: int) -> None:
        self._interview = interview
        self._first_id = first_id
        self._counters: dict[tuple[Name, int, bool], _Counter] = {}

    def of(
        self, item: Quote | Fact | CuratedQuestion, item_id: int
    ) -> Iterator[tuple[int, int, int]]:
        """List the slots of an item: facet, place, item id."""
        for name in self._names(item):
            key = name, int(item.spoiler), item.is_mature
            counter = self._counters.get(key)
            if counter is None:
                counter = _Counter(self._first_id + len(self._counters))
                self._counters[key] = counter
            if name[0] in _DERIVED and counter.size >= DERIVED_LIMIT:
                continue
            yield counter.id, counter.size, item_id
            counter.add(item.number, item.since)

    def facets(self) -> Iterator[tuple[object, ...]]:
        """List the facets there are, as rows of the table but for the interview.

        These are: id, name, spoiler level, maturity, size, stamp, arrivals.
        """
        for (name, spoiler, is_mature), counter in self._counters.items():
            arrivals = arrivals_text(counter.arrivals)
            yield counter.id, *name, spoiler, is_mature, counter.size, counter.stamp, arrivals

    def _names(self, item: Quote | Fact | CuratedQuestion) -> Iterator[Name]:
        match item:
            case Quote():
                yield from self._names_of_quote(item)
            case Fact():
                yield from self._names_of_fact(item)
            case CuratedQuestion():
                yield "curated", "", "", ""
                yield "curated", "", "", item.difficulty.value

    def _names_of_quote(self, quote: Quote) -> Iterator[Name]:
        if not quote.is_drawn:
            return
        for topic in ("", *quote.topics):
            yield "quote", "", topic, ""
            yield "quote", quote.speaker, topic, ""
        if count_words(quote.text) < _MIN_WORDS:
            # "Exactly." could be anybody's.
            return
        yield from self._names_by_speaker(quote)
        if self._is_wanted(QuoteGame.LINE, quote) and can_hide_any(quote.text):
            yield "line", "", "", ""
        title = self._choices.get(quote.exchange)
        if title and self._is_wanted(QuoteGame.QUESTION, quote) and self._can_tell(quote, title):
            yield "asked", "", "", ""

    def _names_by_speaker(self, quote: Quote) -> Iterator[Name]:
        """List the facets of what asks who said it; those to compare with are found by topic."""
        is_said = self._is_wanted(QuoteGame.WHO, quote)
        is_compared = quote.topics and self._is_wanted(QuoteGame.COMPARE, quote)
        if not (is_said or is_compared) or not is_anybodys(quote.text, self._interview):
            return
        if is_said:
            yield "said", "", "", ""
        if is_compared:
            yield "compare", "", "", ""
            for topic in quote.topics:
                yield "compare", quote.speaker, topic, ""

    def _is_wanted(self, game: QuoteGame, quote: Quote) -> bool:
        """Say whether a quote is for a game of which more is made; its words are looked at then."""
        if game not in quote.games:
            return False
        name = _FACETS[game], "", "", ""
        counter = self._counters.get((name, int(quote.spoiler), quote.is_mature))
        return counter is None or counter.size < DERIVED_LIMIT

    def _names_of_fact(self, fact: Fact) -> Iterator[Name]:
        for topic in ("", *fact.topics):
            for person in ("", *fact.people):
                yield "fact", person, topic, ""
        if fact.who:
            yield "who", "", "", ""
        if fact.false_version:
            yield "true_or_false", "", "", ""

    def _can_tell(self, quote: Quote, title: str) -> bool:
        """Say whether a quote is about something, where its question is, and repeats no title."""
        is_about_it = quote.topics or not self._topics.get(quote.exchange)
        return bool(is_about_it) and not share_stems(title, quote.text)

    @cached_property
    def _topics(self) -> dict[int, tuple[str, ...]]:
        return {exchange.number: exchange.topics for exchange in self._interview.exchanges}

    @cached_property
    def _choices(self) -> Mapping[int, str]:
        """Collect the titles that tell questions apart, where they are enough."""
        choices = [exchange for exchange in self._interview.exchanges if exchange.is_choice]
        is_enough = len({exchange.title for exchange in choices}) >= _CHOICES
        return {exchange.number: exchange.title for exchange in choices if is_enough}
