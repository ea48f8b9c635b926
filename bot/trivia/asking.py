"""Which question comes next in a channel."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.bag import Bag
from bot.drawing import take
from bot.errors import UserError
from bot.interview.audience import Audience
from bot.interview.library.facets import Facet
from bot.interview.library.reader import Library
from bot.interview.model import Difficulty, Fact, Interview, Question, Quote
from bot.state.bags import BagKey, Bags
from bot.text import _
from bot.trivia import questions
from bot.trivia.questions import DIFFICULTY_OF, KIND_OF, Kind, Shown, Source, statement

_OTHERS: Final = 12
_WEIGHT_LIMIT: Final = 100
_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a member asked for; None is anything."""

    kind: Kind | None = None
    difficulty: Difficulty | None = None


class Asking:
    """Makes questions out of a library, none twice before all were asked."""

    def __init__(self, library: Library, bags: Bags, rng: random.Random) -> None:
        self._library = library
        self._bags = bags
        self._rng = rng

    async def next(
        self, channel_id: int, interview: Interview, wanted: Wanted, audience: Audience
    ) -> Shown:
        """Make the next question; raises UserError where there is none of what is wanted."""
        facets = self.facets(interview, wanted, audience)
        if not facets:
            raise UserError(
                _("There is no such question about this interview."),
                _("Leave out the kind or the difficulty."),
            )

        async def choose(bag: Bag) -> tuple[Bag, Shown | None]:
            source = self._pick(bag, facets)
            bag, drawn = await take(bag, facets[source], self._reader(source), self._rng, statement)
            return bag, await self._made(source, drawn.item, interview, facets[source])

        for _attempt in range(_ATTEMPTS):
            key = BagKey(channel_id, interview.slug, "trivia")
            if (shown := await self._bags.draw(key, choose)) is not None:
                return shown
        raise UserError(
            _("I found no question that can be asked here."), _("Try another kind of question.")
        )

    def facets(
        self, interview: Interview, wanted: Wanted, audience: Audience
    ) -> dict[Source, Facet]:
        """List what can be asked, by what it is made of."""
        found: dict[Source, Facet] = {}
        for source in Source:
            if wanted.kind not in (None, KIND_OF[source]):
                continue
            if source is Source.CURATED:
                facet = self._library.facet(
                    interview.slug,
                    source.value,
                    difficulty=wanted.difficulty,
                    audience=audience.for_game(),
                )
            elif wanted.difficulty in (None, DIFFICULTY_OF[source]):
                facet = self._library.facet(
                    interview.slug, source.value, audience=audience.for_game()
                )
            else:
                continue
            if facet is not None:
                found[source] = facet
        return found

    def _pick(self, bag: Bag, facets: dict[Source, Facet]) -> Source:
        """Choose what the question is made of, more often where more is left to ask.

        So all kinds run out together, and many quotes do not drown the editor's questions.
        """
        left = {source: min(_left(bag, facet), _WEIGHT_LIMIT) for source, facet in facets.items()}
        if not any(left.values()):
            left = {source: min(facet.size, _WEIGHT_LIMIT) for source, facet in facets.items()}
        return self._rng.choices(list(left), list(left.values()))[0]

    def _reader(self, source: Source):
        if source is Source.CURATED:
            return self._library.questions
        if source in (Source.WHO, Source.TRUE_OR_FALSE):
            return self._library.facts
        return self._library.quotes

    async def _made(
        self, source: Source, item: Question | Fact | Quote, interview: Interview, facet: Facet
    ) -> Shown | None:
        match source, item:
            case Source.CURATED, Question():
                return questions.curated(item, self._rng)
            case Source.WHO, Fact():
                return questions.who(item, interview)
            case Source.TRUE_OR_FALSE, Fact():
                return questions.true_or_false(item, self._rng)
            case Source.SAID, Quote():
                return questions.said(item, interview)
            case Source.ASKED, Quote():
                return questions.asked(item, interview, self._rng)
            case Source.LINE, Quote():
                return questions.line(item, await self._others(facet), self._rng)
            case _:
                return None

    async def _others(self, facet: Facet) -> Sequence[Quote]:
        places = self._rng.sample(range(facet.size), min(_OTHERS, facet.size))
        return await self._library.quotes(facet, places)


def _left(bag: Bag, facet: Facet) -> int:
    found = bag.rounds.get(facet.key)
    if found is None or found.stamp != facet.stamp:
        return facet.size
    return facet.size - found.shown()
