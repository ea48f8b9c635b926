"""Questions for one member: what they have not mastered, the least known first."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.interview.audience import Audience
from bot.interview.library.facets import Facet
from bot.interview.model import Interview, Quote
from bot.state.scores import ItemRecord, Scores
from bot.text import SOURCE_LOCALE
from bot.trivia.kinds import Question, Source
from bot.trivia.question_maker import QuestionMaker

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
    def __init__(self, making: QuestionMaker, scores: Scores, rng: random.Random) -> None:
        self._making = making
        self._scores = scores
        self._rng = rng

    async def next(
        self,
        user_id: int,
        interview: Interview,
        audience: Audience,
        locale: str = SOURCE_LOCALE,
    ) -> Question | None:
        """Make a question that a member has not mastered; None where they have mastered all."""
        facets = self._making.facets(interview, audience)
        known = await self._scores.practised(user_id, interview.slug)
        for source in self._order(facets, known):
            shown = await self._from(source, facets[source], known, audience, locale)
            if shown is not None:
                return shown
        return None

    async def mastery(self, user_id: int, interview: Interview, audience: Audience) -> Mastery:
        """Count what a member has mastered of what can be: an editor's questions, else all."""
        facets = self._making.facets(interview, audience)
        if Source.CURATED in facets:
            facets = {Source.CURATED: facets[Source.CURATED]}
        counts = await self._scores.mastered(user_id, interview.slug)
        mastered = sum(counts.get(source.value, 0) for source in facets)
        total = sum(facet.size for facet in facets.values())
        return Mastery(min(mastered, total), total)

    def _order(
        self, facets: Mapping[Source, Facet], known: Mapping[str, ItemRecord]
    ) -> Iterator[Source]:
        """Begin with the source of which most is left."""
        mastered = [item.partition(":")[0] for item, one in known.items() if one.is_mastered]
        left = {
            source: facet.size - mastered.count(source.value) for source, facet in facets.items()
        }
        weighted = {source: self._rng.random() * min(n, 100) for source, n in left.items() if n > 0}
        return iter(sorted(weighted, key=lambda source: weighted[source], reverse=True))

    async def _from(
        self,
        source: Source,
        facet: Facet,
        known: Mapping[str, ItemRecord],
        audience: Audience,
        locale: str,
    ) -> Question | None:
        """Take what was never answered before what was, and that before what was answered lately.

        A facet is read in batches, in an order by chance, and only until something new is found.
        """
        places = self._rng.sample(range(facet.size), facet.size)
        again: list[tuple[int, Question]] = []
        for start in range(0, len(places), _BATCH):
            for item in await self._making.items(source, facet, places[start : start + _BATCH]):
                if isinstance(item, Quote) and audience.leaves_out(item.slug, item.number):
                    continue
                before = known.get(f"{source.value}:{item.number}")
                if before is not None and before.is_mastered:
                    continue
                shown = await self._making.make(source, item, facet, audience, locale)
                if shown is not None and before is None:
                    return shown
                if shown is not None and before is not None:
                    again.append((before.answered_at, shown))
        return min(again, key=lambda one: one[0])[1] if again else None
