"""Questions made out of a library's items."""

import random
from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.interview.audience import Audience, Reader
from bot.interview.library.facets import Facet
from bot.interview.library.library import Library
from bot.interview.model import CuratedQuestion, Difficulty, Fact, Interview, Quote
from bot.trivia import kinds
from bot.trivia.kinds import DIFFICULTY_OF, KIND_OF, Kind, Question, Source

Item = CuratedQuestion | Fact | Quote

# Quotes whose endings are looked at to find three wrong ones.
_OTHERS: Final = 12
# Items that are read at once when all are counted.
_BATCH: Final = 100


class QuestionMaker:
    def __init__(self, library: Library, rng: random.Random) -> None:
        self._library = library
        self._rng = rng

    def facets(
        self,
        interview: Interview,
        audience: Audience,
        kind: Kind | None = None,
        difficulty: Difficulty | None = None,
    ) -> dict[Source, Facet]:
        """List what questions can be made of; None is any kind, any difficulty."""
        facets: dict[Source, Facet] = {}
        for source in Source:
            if kind not in (None, KIND_OF[source]):
                continue
            if source is Source.SAID and not kinds.is_who_said_asked(interview):
                continue
            is_rated = source is Source.CURATED
            if not is_rated and difficulty not in (None, DIFFICULTY_OF[source]):
                continue
            facet = self._library.facet(
                interview.slug,
                source.value,
                difficulty=difficulty or "" if is_rated else "",
                audience=audience.for_game(),
            )
            if facet is not None:
                facets[source] = facet
        return facets

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
                return kinds.who_said(quote, translated, locale)
            case Source.ASKED, Quote() as quote:
                plain = reader.audience.plain
                return kinds.which_question(quote, interview, translated, plain, self._rng, locale)
            case Source.LINE, Quote() as quote:
                others = await self._others(facet, reader.audience)
                return kinds.line_ending(quote, others, self._rng, locale)
            case _:
                return None

    async def count(self, interview: Interview, audience: Audience) -> Counter[Kind]:
        """Count the different questions there are, by making every one of them."""
        counts: Counter[Kind] = Counter()
        reader = Reader(audience)
        for source, facet in self.facets(interview, audience).items():
            for start in range(0, facet.size, _BATCH):
                places = range(start, min(start + _BATCH, facet.size))
                for item in await self.items(source, facet, places):
                    question = await self.make(source, item, facet, reader)
                    counts[KIND_OF[source]] += question is not None
        return counts

    async def _translated(self, item: Item, locale: str) -> Item:
        if isinstance(item, Quote):
            return item
        return (await self._library.translated([item], locale))[0]

    async def _others(self, facet: Facet, audience: Audience) -> Sequence[Quote]:
        places = self._rng.sample(range(facet.size), min(_OTHERS, facet.size))
        quotes = await self._library.quotes(facet, places)
        return [quote for quote in quotes if not audience.leaves_out(quote.slug, quote.number)]
