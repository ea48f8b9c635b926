"""Which question comes next in a channel."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.draw import take
from bot.errors import UserError
from bot.interview.audience import Audience
from bot.interview.library.facets import Facet
from bot.interview.library.library import Library
from bot.interview.model import Difficulty, Interview, Quote
from bot.state.bag import Bag
from bot.state.bags import BagKey, Bags
from bot.text import SOURCE_LOCALE, _
from bot.trivia.kinds import Kind, Question, Source, statement
from bot.trivia.question_maker import Item, QuestionMaker

_WEIGHT_LIMIT: Final = 100
_ATTEMPTS: Final = 5


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """What a member asked for; None is anything."""

    kind: Kind | None = None
    difficulty: Difficulty | None = None


class QuestionDraw:
    """Asks in channels, no question twice before all were asked."""

    def __init__(self, library: Library, bags: Bags, rng: random.Random) -> None:
        self.making = QuestionMaker(library, rng)
        self._bags = bags
        self._rng = rng

    async def next(
        self,
        channel_id: int,
        interview: Interview,
        wanted: QuestionFilter,
        audience: Audience,
        locale: str = SOURCE_LOCALE,
    ) -> Question:
        """Make the next question; raises UserError where there is none of what is wanted."""
        facets = self.making.facets(interview, audience, wanted.kind, wanted.difficulty)
        if not facets:
            raise UserError(
                _("There is no such question about this interview."),
                _("Leave out the kind or the difficulty."),
            )

        async def choose(bag: Bag) -> tuple[Bag, tuple[Source, Question | None]]:
            source = self._pick(bag, facets)
            bag, shown = await self._take(bag, source, facets[source], audience, locale)
            return bag, (source, shown)

        key = BagKey(channel_id, interview.slug, "trivia")
        for _attempt in range(_ATTEMPTS):
            source, shown = await self._bags.draw(key, choose)
            if shown is not None:
                return shown
            # Another source may give what this one does not.
            if len(facets) > 1:
                del facets[source]
        raise UserError(
            _("I found no question that can be asked here."), _("Try another kind of question.")
        )

    async def _take(
        self, bag: Bag, source: Source, facet: Facet, audience: Audience, locale: str
    ) -> tuple[Bag, Question | None]:
        async def read(facet: Facet, places: Sequence[int]) -> Sequence[Item]:
            return await self.making.items(source, facet, places)

        def told(item: Item) -> str | None:
            is_out = isinstance(item, Quote) and audience.leaves_out(item.slug, item.number)
            return None if is_out else statement(item)

        bag, drawn = await take(bag, facet, read, self._rng, told)
        if drawn is None:
            return bag, None
        return bag, await self.making.make(source, drawn.item, facet, audience, locale)

    def _pick(self, bag: Bag, facets: dict[Source, Facet]) -> Source:
        """Choose what the question is made of, more often where more is left to ask.

        So all kinds run out together, and many quotes do not drown the editor's questions.
        """
        left = {source: min(_left(bag, facet), _WEIGHT_LIMIT) for source, facet in facets.items()}
        if not any(left.values()):
            left = {source: min(facet.size, _WEIGHT_LIMIT) for source, facet in facets.items()}
        return self._rng.choices(list(left), list(left.values()))[0]


def _left(bag: Bag, facet: Facet) -> int:
    found = bag.rounds.get(facet.key)
    if found is None or found.stamp != facet.stamp:
        return facet.size
    return facet.size - found.progress()
