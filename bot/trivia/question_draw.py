"""Which question comes next in a channel."""

import random
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bot.draw import take
from bot.errors import UserError
from bot.interview.audience import Audience, Reader
from bot.interview.library.facets import Facet
from bot.interview.model import Difficulty, Interview, Quote
from bot.state.bag import Bag
from bot.state.bags import BagKey, Bags
from bot.text import _
from bot.trivia.kinds import KIND_OF, Kind, Question, Source
from bot.trivia.question_maker import Item, QuestionMaker

QUESTIONS_A_DAY: Final = 500
"""As many as one member is asked outside of games: more than an hour without a pause."""
# A loaded interview has thousands of quotes and a few dozen questions of its editor.
_WEIGHT_LIMIT: Final = 100
# Questions that are drawn to find one that a game has not had.
_DRAWS: Final = 12
# Each attempt that fails passes over an item of which no question can be made.
_ATTEMPTS: Final = 12


@dataclass(frozen=True, slots=True)
class QuestionFilter:
    """What a member asked for; None is anything."""

    kind: Kind | None = None
    difficulty: Difficulty | None = None


Reserved = Callable[[Interview], Awaitable[str]]
"""Gives the statement that an interview keeps for the question of the day, or none."""


async def nothing_reserved(_interview: Interview) -> str:
    return ""


class QuestionDraw:
    """Draws questions for channels, none twice before all were asked.

    What is reserved for the day comes only where there is nothing else.
    """

    def __init__(
        self,
        maker: QuestionMaker,
        bags: Bags,
        rng: random.Random,
        reserved: Reserved = nothing_reserved,
    ) -> None:
        self._maker = maker
        self._bags = bags
        self._rng = rng
        self._reserved = reserved

    def kinds(self, interview: Interview, reader: Reader) -> list[Kind]:
        """List the kinds of which an interview gives any question."""
        kinds = {KIND_OF[source] for source in self._maker.facets(interview, reader.audience)}
        return [kind for kind in Kind if kind in kinds]

    async def next(
        self,
        channel_id: int,
        interview: Interview,
        only: QuestionFilter,
        reader: Reader,
        *,
        owner_id: int | None = None,
    ) -> Question:
        """Make the next question; raises UserError where none passes the filter.

        `owner_id` is whose direct messages the channel is.
        """
        reserved = await self._reserved(interview)
        question = await self._next(channel_id, interview, only, reader, reserved, owner_id)
        if question is None and reserved:
            question = await self._next(channel_id, interview, only, reader, "", owner_id)
        if question is None:
            raise UserError(
                _("I have no question I can ask here."), _("Try another kind of question.")
            )
        return question

    async def _next(
        self,
        channel_id: int,
        interview: Interview,
        only: QuestionFilter,
        reader: Reader,
        reserved: str,
        owner_id: int | None = None,
    ) -> Question | None:
        facets = self._maker.facets(interview, reader.audience, only.kind, only.difficulty)
        if not facets:
            raise UserError(
                _("This interview has no questions like that."),
                _("Try it without the kind or the difficulty."),
            )

        async def choose(bag: Bag) -> tuple[Bag, tuple[Source, Question | None]]:
            source = self._pick(bag, facets)
            bag, question = await self._take(bag, source, facets[source], reader, reserved)
            return bag, (source, question)

        key = BagKey(channel_id, interview.slug, "trivia")
        for _attempt in range(_ATTEMPTS):
            source, question = await self._bags.draw(key, choose, owner_id)
            if question is not None:
                return question
            # Another source may give what this one does not.
            if len(facets) > 1:
                del facets[source]
        return None

    async def find_new(
        self,
        channel_id: int,
        interview: Interview,
        only: QuestionFilter,
        reader: Reader,
        statements: Collection[str],
    ) -> Question | None:
        """Draw until something comes that was not stated or given away; None where nothing does."""
        rivals = self._maker.rivals(interview.slug)
        unfit = {*statements, *chain.from_iterable(rivals.get(each, ()) for each in statements)}
        reserved = await self._reserved(interview)
        for without in (reserved, "") if reserved else ("",):
            for _draw in range(_DRAWS):
                try:
                    question = await self._next(channel_id, interview, only, reader, without)
                except UserError:
                    return None
                if question is None:
                    break
                if question.statement not in unfit:
                    return question
        return None

    async def _take(
        self, bag: Bag, source: Source, facet: Facet, reader: Reader, reserved: str
    ) -> tuple[Bag, Question | None]:
        async def read(facet: Facet, places: Sequence[int]) -> Sequence[Item]:
            return await self._maker.items(source, facet, places)

        def statement(item: Item) -> str | None:
            stated = item.statement
            is_out = stated == reserved or is_left_out(item, reader.audience)
            return None if is_out else stated

        rivals = self._maker.rivals(facet.slug)
        bag, drawn = await take(bag, facet, read, self._rng, statement, rivals)
        if drawn is None:
            return bag, None
        return bag, await self._maker.make(source, drawn.item, facet, reader)

    def _pick(self, bag: Bag, facets: dict[Source, Facet]) -> Source:
        """Choose what the question is made of, more often where more is left to ask.

        So all kinds run out together, and many quotes do not drown the editor's questions.
        """
        left = {source: min(_left(bag, facet), _WEIGHT_LIMIT) for source, facet in facets.items()}
        if not any(left.values()):
            left = {source: min(facet.size, _WEIGHT_LIMIT) for source, facet in facets.items()}
        return self._rng.choices(list(left), list(left.values()))[0]


def is_left_out(item: Item, audience: Audience) -> bool:
    """Say whether a server does not want to see what a question would be made of."""
    return isinstance(item, Quote) and audience.leaves_out(item.slug, item.number)


def _left(bag: Bag, facet: Facet) -> int:
    bag_round = bag.rounds.get(facet.key)
    if bag_round is None or bag_round.stamp != facet.stamp:
        return facet.size
    return facet.size - bag_round.progress()
