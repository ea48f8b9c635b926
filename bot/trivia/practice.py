"""Questions for one member: what they have not mastered, what still brings points first."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.interview.audience import Audience, Reader
from bot.interview.library.facets import Facet
from bot.interview.model import Interview
from bot.state.scores import ItemRecord, Scores
from bot.trivia.kinds import Question, Source
from bot.trivia.question_draw import Reserved, is_left_out, nothing_reserved
from bot.trivia.question_maker import Item, QuestionMaker

# Items that are read at once; most members find something new among the first.
_BATCH: Final = 50


@dataclass(frozen=True, slots=True)
class Mastery:
    """How many of an interview's items a member has mastered."""

    mastered: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.mastered >= self.total > 0


class _Repeat(NamedTuple):
    """An item that comes where nothing new does; `is_counted` where it brings no points for now.

    What is reserved for the day comes last of all.
    """

    is_reserved: bool
    is_counted: bool
    answered_at: int
    turn: int
    source: Source
    item: Item


class Practice:
    def __init__(
        self,
        maker: QuestionMaker,
        scores: Scores,
        rng: random.Random,
        reserved: Reserved = nothing_reserved,
    ) -> None:
        self._maker = maker
        self._scores = scores
        self._rng = rng
        self._reserved = reserved

    async def next(
        self, user_id: int, guild_id: int, interview: Interview, reader: Reader
    ) -> Question | None:
        """Make a question that a member has not mastered; None where they have mastered all.

        What they were never asked comes first, then what brought points in a server this week, and
        last what is reserved for the day.
        """
        reserved = await self._reserved(interview)
        facets = self._maker.facets(interview, reader.audience)
        records, counted = await asyncio.gather(
            self._scores.practised(user_id, interview.slug),
            self._scores.counted(guild_id, user_id, interview.slug),
        )
        repeats: list[_Repeat] = []
        for source in self._order(facets, records):
            async for item in self._unmastered(source, facets[source], records, reader):
                record = records.get(f"{source.value}:{item.number}")
                stated = item.statement
                is_reserved, is_counted = stated == reserved, stated in counted
                if record or is_counted or is_reserved:
                    at = record.answered_at if record else 0
                    repeats.append(_Repeat(is_reserved, is_counted, at, len(repeats), source, item))
                elif question := await self._maker.make(source, item, facets[source], reader):
                    return question
        return await self._again(repeats, facets, reader)

    async def mastery(self, user_id: int, interview: Interview, audience: Audience) -> Mastery:
        """Count what a member has mastered of what can be: an editor's questions, else all."""
        counts = await self._scores.mastered(user_id, interview.slug)
        return self.mastery_of(counts, interview, audience)

    def mastery_of(
        self, counts: Mapping[str, int], interview: Interview, audience: Audience
    ) -> Mastery:
        """Tell how far a member is by what they have mastered of each source."""
        facets = self._maker.facets(interview, audience)
        if Source.CURATED in facets:
            facets = {Source.CURATED: facets[Source.CURATED]}
        mastered = sum(counts.get(source.value, 0) for source in facets)
        total = sum(facet.size for facet in facets.values())
        return Mastery(min(mastered, total), total)

    def _order(
        self, facets: Mapping[Source, Facet], records: Mapping[str, ItemRecord]
    ) -> Iterator[Source]:
        """Begin with the source of which most is left."""
        mastered = [
            item.partition(":")[0] for item, record in records.items() if record.is_mastered
        ]
        left = {
            source: facet.size - mastered.count(source.value) for source, facet in facets.items()
        }
        weights = {source: self._rng.random() * min(n, 100) for source, n in left.items() if n > 0}
        return iter(sorted(weights, key=lambda source: weights[source], reverse=True))

    async def _unmastered(
        self, source: Source, facet: Facet, records: Mapping[str, ItemRecord], reader: Reader
    ) -> AsyncIterator[Item]:
        """Give the items in an order by chance, read in batches and only as far as needed."""
        places = self._rng.sample(range(facet.size), facet.size)
        for start in range(0, len(places), _BATCH):
            for item in await self._maker.items(source, facet, places[start : start + _BATCH]):
                record = records.get(f"{source.value}:{item.number}")
                if not (is_left_out(item, reader.audience) or (record and record.is_mastered)):
                    yield item

    async def _again(
        self, repeats: list[_Repeat], facets: Mapping[Source, Facet], reader: Reader
    ) -> Question | None:
        """Ask again what brings points again, and of that what was answered longest ago."""
        for repeat in sorted(repeats, key=lambda repeat: repeat[:4]):
            source = repeat.source
            question = await self._maker.make(source, repeat.item, facets[source], reader)
            if question is not None:
                return question
        return None
