"""Questions for one member: what they have not mastered, the least known first."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.interview.audience import Audience, Reader
from bot.interview.library.facets import Facet
from bot.interview.model import Interview
from bot.state.scores import ItemRecord, Scores
from bot.trivia.kinds import Question, Source
from bot.trivia.question_draw import is_left_out
from bot.trivia.question_maker import QuestionMaker

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


class Practice:
    def __init__(self, maker: QuestionMaker, scores: Scores, rng: random.Random) -> None:
        self._maker = maker
        self._scores = scores
        self._rng = rng

    async def next(self, user_id: int, interview: Interview, reader: Reader) -> Question | None:
        """Make a question that a member has not mastered; None where they have mastered all."""
        facets = self._maker.facets(interview, reader.audience)
        records = await self._scores.practised(user_id, interview.slug)
        for source in self._order(facets, records):
            question = await self._from(source, facets[source], records, reader)
            if question is not None:
                return question
        return None

    async def mastery(self, user_id: int, interview: Interview, audience: Audience) -> Mastery:
        """Count what a member has mastered of what can be: an editor's questions, else all."""
        facets = self._maker.facets(interview, audience)
        if Source.CURATED in facets:
            facets = {Source.CURATED: facets[Source.CURATED]}
        counts = await self._scores.mastered(user_id, interview.slug)
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

    async def _from(
        self, source: Source, facet: Facet, records: Mapping[str, ItemRecord], reader: Reader
    ) -> Question | None:
        """Take what was never answered before what was, and that before what was answered lately.

        A facet is read in batches, in an order by chance, and only until something new comes up.
        """
        places = self._rng.sample(range(facet.size), facet.size)
        repeats: list[tuple[int, Question]] = []
        for start in range(0, len(places), _BATCH):
            for item in await self._maker.items(source, facet, places[start : start + _BATCH]):
                record = records.get(f"{source.value}:{item.number}")
                if is_left_out(item, reader.audience) or (record and record.is_mastered):
                    continue
                question = await self._maker.make(source, item, facet, reader)
                if question is not None and record is None:
                    return question
                if question is not None and record is not None:
                    repeats.append((record.answered_at, question))
        return min(repeats, key=lambda repeat: repeat[0])[1] if repeats else None
