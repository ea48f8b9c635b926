"""Questions made out of a library's items."""

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import product
from typing import Final

from cachetools import LRUCache

from bot.interview.audience import Audience, Reader
from bot.interview.library.facets import Facet
from bot.interview.library.library import Library
from bot.interview.model import CuratedQuestion, Difficulty, Fact, Interview, Quote
from bot.process.progress import NOBODY, Meter, Progress
from bot.trivia import kinds
from bot.trivia.kinds import DIFFICULTY_OF, KIND_OF, Kind, Question, Source
from bot.trivia.missing_word import Wordbook
from bot.trivia.quote_kinds import compared, missing_word, which_question, who_said

Item = CuratedQuestion | Fact | Quote

# Quotes whose words are known when one of them is hidden: enough to find others like it.
_LINES: Final = 200
_WORDBOOKS: Final = 16
_FILTERS: Final = 256
"""Filters whose facets are remembered, over all interviews and audiences."""
# Lines that are looked at to find one to compare with, or other questions to choose from.
_OTHERS: Final = 12
_LENGTH_RATIO: Final = 2
# Items that are read at once when all are counted.
_BATCH: Final = 100


class QuestionMaker:
    def __init__(self, library: Library, rng: random.Random) -> None:
        self._library = library
        self._rng = rng
        self._wordbooks: LRUCache[object, Wordbook] = LRUCache(_WORDBOOKS)
        self._facets: LRUCache[object, Mapping[Source, Facet]] = LRUCache(_FILTERS)

    def facets(
        self,
        interview: Interview,
        audience: Audience,
        kind: Kind | None = None,
        difficulty: Difficulty | None = None,
    ) -> dict[Source, Facet]:
        """List what questions can be made of; None is any kind, any difficulty."""
        key = interview.slug, audience.plain, audience.allows_mature, kind, difficulty
        facets = self._facets.get(key)
        if facets is None:
            facets = self._find_facets(interview, audience.for_game(), kind, difficulty)
            self._facets[key] = facets
        return dict(facets)

    def _find_facets(
        self,
        interview: Interview,
        audience: Audience,
        kind: Kind | None,
        difficulty: Difficulty | None,
    ) -> Mapping[Source, Facet]:
        facets: dict[Source, Facet] = {}
        for source in Source:
            if kind not in (None, KIND_OF[source]):
                continue
            if not kinds.has_speakers_for(source, interview):
                continue
            is_rated = source is Source.CURATED
            if not is_rated and difficulty not in (None, DIFFICULTY_OF[source]):
                continue
            facet = self._library.facet(
                interview.slug,
                source.value,
                difficulty=difficulty or "" if is_rated else "",
                audience=audience,
            )
            if facet is not None:
                facets[source] = facet
        return facets

    def rivals(self, slug: str) -> Mapping[str, Collection[str]]:
        """List by statement the others that must not come in one game with it."""
        return self._library.rivals(slug)

    async def items(self, source: Source, facet: Facet, places: Sequence[int]) -> Sequence[Item]:
        """Read the items at some places of a facet."""
        if source is Source.CURATED:
            return await self._library.questions(facet, places)
        if source in (Source.WHO, Source.TRUE_OR_FALSE):
            return await self._library.facts(facet, places)
        return await self._library.quotes(facet, places)

    async def make(
        self, source: Source, item: Item, facet: Facet, reader: Reader
    ) -> Question | None:
        """Make a question; None where the interview does not give enough to choose from.

        Chance falls out the same in every language.
        """
        locale = reader.locale
        interview = self._library.interviews[item.slug]
        translated = self._library.interview(item.slug, locale)
        match source, await self._translated(item, locale):
            case Source.CURATED, CuratedQuestion() as question:
                return kinds.curated(question, self._rng)
            case Source.WHO, Fact() as fact:
                return kinds.who(fact, translated, locale)
            case Source.TRUE_OR_FALSE, Fact() as fact:
                return kinds.true_or_false(fact, self._rng, locale)
            case Source.SAID, Quote() as quote:
                return who_said(quote, translated, locale)
            case Source.ASKED, Quote() as quote:
                plain, others = reader.audience.plain, await self._exchanges(facet)
                return which_question(
                    quote, interview, translated, plain, others, self._rng, locale
                )
            case Source.LINE, Quote() as quote:
                words = await self._wordbook(facet, reader.audience)
                return missing_word(quote, words, translated, self._rng, locale)
            case Source.COMPARE, Quote() as quote:
                return await self._compared(quote, interview, translated, reader)
            case _:
                return None

    async def count(
        self, interview: Interview, audience: Audience, progress: Progress = NOBODY
    ) -> Counter[Kind]:
        """Count the different questions there are, by making every one of them."""
        counts: Counter[Kind] = Counter()
        reader = Reader(audience)
        facets = self.facets(interview, audience)
        meter = Meter(progress, sum(facet.size for facet in facets.values()))
        for source, facet in facets.items():
            for start in range(0, facet.size, _BATCH):
                places = range(start, min(start + _BATCH, facet.size))
                for item in meter.over(await self.items(source, facet, places)):
                    question = await self.make(source, item, facet, reader)
                    counts[KIND_OF[source]] += question is not None
        return counts

    async def _translated(self, item: Item, locale: str) -> Item:
        if isinstance(item, Quote):
            return item
        return (await self._library.translated([item], locale))[0]

    async def _exchanges(self, facet: Facet) -> list[int]:
        """Draw lines, and give what each was an answer to."""
        places = self._rng.sample(range(facet.size), min(_OTHERS, facet.size))
        return [quote.exchange for quote in await self._library.quotes(facet, places)]

    async def _wordbook(self, facet: Facet, audience: Audience) -> Wordbook:
        """Know the words of a facet's lines, the same ones everywhere and each time."""
        key = facet.slug, facet.key, facet.stamp, audience.left_out
        words = self._wordbooks.get(key)
        if words is None:
            chance = random.Random(facet.stamp)
            places = chance.sample(range(facet.size), min(_LINES, facet.size))
            quotes = await self._library.quotes(facet, places)
            words = Wordbook([quote.text for quote in _presentable(quotes, audience)])
            self._wordbooks[key] = words
        return words

    async def _compared(
        self, quote: Quote, interview: Interview, translated: Interview, reader: Reader
    ) -> Question | None:
        """Set a line beside one that somebody else said on a topic of it."""
        topics = self._rng.sample(quote.topics, len(quote.topics))
        speakers = [person.key for person in interview.speakers if person.key != quote.speaker]
        self._rng.shuffle(speakers)
        for topic, speaker in product(topics, speakers):
            other = await self._other(quote, speaker, topic, reader.audience)
            if other is not None:
                return compared(quote, other, topic, translated, self._rng, reader.locale)
        return None

    async def _other(
        self, quote: Quote, speaker: str, topic: str, audience: Audience
    ) -> Quote | None:
        """Find a line about as long as another; None where length would tell each from it."""
        facet = self._library.facet(
            quote.slug, "compare", person=speaker, topic=topic, audience=audience.for_game()
        )
        if facet is None:
            return None
        places = self._rng.sample(range(facet.size), min(_OTHERS, facet.size))
        for other in _presentable(await self._library.quotes(facet, places), audience):
            least, most = sorted((len(quote.text), len(other.text)))
            if most <= _LENGTH_RATIO * least:
                return other
        return None


def _presentable(quotes: Sequence[Quote], audience: Audience) -> list[Quote]:
    return [quote for quote in quotes if not audience.leaves_out(quote.slug, quote.number)]
