"""What of the library is always kept in memory: the interviews, and how much there is of what."""

import logging
from typing import Any, Final

from bot.interview.audience import Audience
from bot.interview.library.content_file import Content
from bot.interview.library.facets import FacetPart, Facets
from bot.interview.library.marks import speaker_mark, topic_mark
from bot.interview.library.rows import read_arrivals, read_interview
from bot.interview.library.search import SearchScope
from bot.interview.model import Interview, Spoiler

log = logging.getLogger(__name__)

_INTERVIEWS: Final = "SELECT id, slug, document, first_quote, last_quote FROM interview ORDER BY id"
_FACETS: Final = (
    "SELECT slug, kind, person, topic, difficulty, spoiler, is_mature, facet.id, size, stamp,"
    " arrivals FROM facet JOIN interview ON interview.id = facet.interview ORDER BY facet.id"
)
_RIVALS: Final = (
    "SELECT slug, statement, other FROM rival JOIN interview ON interview.id = rival.interview"
)


class Catalogue:
    """The interviews by slug, the ids of their rows, and their topics and facets."""

    def __init__(self) -> None:
        self.interviews: dict[str, Interview] = {}
        self.ids: dict[str, int] = {}
        self.facets = Facets()
        self.rivals: dict[str, dict[str, set[str]]] = {}
        self._quote_ids: dict[str, tuple[int, int]] = {}
        self._topics: dict[str, tuple[str, ...]] = {}
        self._topics_for: dict[tuple[str, Spoiler, bool], tuple[str, ...]] = {}

    async def load(self, content: Content) -> None:
        for interview_id, slug, document, *quote_ids in await content.items(_INTERVIEWS):
            self.interviews[slug], self._topics[slug] = read_interview(document)
            first, last = quote_ids
            self.ids[slug], self._quote_ids[slug] = interview_id, (first, last)
        for row in await content.items(_FACETS):
            self._add_facet(*row)
        for slug, statement, other in await content.items(_RIVALS):
            self.rivals.setdefault(slug, {}).setdefault(statement, set()).add(other)
        for folder, why in await content.items("SELECT folder, why FROM left_out ORDER BY folder"):
            log.warning("the interview in %s is left out: %s", folder, why)

    def topics(self, slug: str) -> tuple[str, ...]:
        return self._topics[slug]

    def topics_for(self, slug: str, audience: Audience) -> tuple[str, ...]:
        """List the topics under which an audience finds something that is not hidden."""
        key = slug, audience.plain, audience.allows_mature
        if key not in self._topics_for:
            visible = set(self.facets.topics_of(slug, "", audience.for_game()))
            topics = (topic for topic in self._topics[slug] if topic in visible)
            self._topics_for[key] = tuple(topics)
        return self._topics_for[key]

    def search_scope(
        self, slug: str, audience: Audience, *, speaker: str = "", topic: str = ""
    ) -> SearchScope | None:
        """Give where to search; None where there is no such speaker or topic."""
        marks: list[str] = []
        if speaker:
            people = [person.key for person in self.interviews[slug].people]
            if speaker not in people:
                return None
            marks.append(speaker_mark(people.index(speaker)))
        if topic:
            if topic not in self._topics[slug]:
                return None
            marks.append(topic_mark(self._topics[slug].index(topic)))
        return SearchScope(slug, *self._quote_ids[slug], tuple(marks), audience)

    def _add_facet(self, *values: Any) -> None:
        slug, kind, person, topic, difficulty, spoiler, is_mature, *part = values
        facet_id, size, stamp, arrivals = part
        self.facets.add(
            (slug, kind, person, topic, difficulty),
            Spoiler(spoiler),
            bool(is_mature),
            FacetPart(facet_id, size, stamp, read_arrivals(arrivals)),
        )
