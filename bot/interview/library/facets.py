"""What can be drawn under a filter: several dense runs of items, seen as one."""

import zlib
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import accumulate

from bot.interview.audience import Audience
from bot.interview.model import Spoiler

FacetName = tuple[str, str, str, str, str]
"""Interview, kind, person, topic and difficulty; an empty one of the last three means any."""


@dataclass(frozen=True, slots=True)
class FacetPart:
    """The slots of one facet of the content database.

    `arrivals` tell which places were not there from the beginning: from which UTC day on, and
    the first of them. Both only grow.
    """

    facet_id: int
    size: int
    stamp: int
    arrivals: tuple[tuple[int, int], ...] = ()

    def on(self, day: int) -> "FacetPart":
        """Give the part as it was on a day."""
        later = (place for since, place in self.arrivals if since > day)
        return replace(self, size=next(later, self.size))


@dataclass(frozen=True, slots=True)
class Facet:
    """The items that a filter lets through for an audience, numbered from 0 to `size` - 1.

    `key` names filter and audience in a channel's bag; `stamp` changes when the items do.
    """

    slug: str
    key: str
    stamp: int
    size: int
    parts: tuple[FacetPart, ...]
    _ends: tuple[int, ...]

    @classmethod
    def of(cls, slug: str, key: str, parts: tuple[FacetPart, ...]) -> "Facet":
        ends = tuple(accumulate(part.size for part in parts))
        stamp = zlib.crc32(repr([(part.size, part.stamp) for part in parts]).encode())
        return cls(slug, key, stamp, ends[-1], parts, ends)

    def on(self, day: int) -> "Facet | None":
        """Give the items that were there on a UTC day; None where that is nothing."""
        parts = tuple(part for part in (part.on(day) for part in self.parts) if part.size)
        return Facet.of(self.slug, self.key, parts) if parts else None

    def slot(self, ordinal: int) -> tuple[int, int]:
        """Give the slot of an item: the facet in the database and the place in it."""
        n = bisect_right(self._ends, ordinal)
        return self.parts[n].facet_id, ordinal - (self._ends[n] - self.parts[n].size)


class Facets:
    """All facets of a content database; they are few, however many items there are."""

    def __init__(self) -> None:
        self._parts: dict[FacetName, list[tuple[Spoiler, bool, FacetPart]]] = {}
        # By interview and person: an introduction asks for the topics of each.
        self._names: defaultdict[tuple[str, str], dict[FacetName, None]] = defaultdict(dict)
        self._facets: dict[tuple[FacetName, Spoiler, bool], Facet | None] = {}

    def add(self, name: FacetName, spoiler: Spoiler, is_mature: bool, part: FacetPart) -> None:
        self._parts.setdefault(name, []).append((spoiler, is_mature, part))
        self._names[name[0], name[2]][name] = None

    def get(self, name: FacetName, audience: Audience) -> Facet | None:
        """Give what can be drawn under a filter; None where that is nothing."""
        # A forged button can name anything, which is not worth remembering.
        if name not in self._parts:
            return None
        key = name, audience.limit, audience.allows_mature
        if key not in self._facets:
            parts = tuple(
                part
                for spoiler, is_mature, part in self._parts[name]
                if audience.admits(spoiler, is_mature)
            )
            self._facets[key] = _facet(name, audience, parts) if parts else None
        return self._facets[key]

    def topics_of(self, slug: str, person: str, audience: Audience) -> tuple[str, ...]:
        """List what a speaker, or "" for anybody, talks about, the most frequent first."""
        kinds = ("quote",) if person else ("quote", "fact")
        counts: Counter[str] = Counter()
        for name in self._names.get((slug, person), ()):
            _slug, kind, _person, topic, _difficulty = name
            if kind in kinds and topic:
                counts[topic] += sum(
                    part.size
                    for spoiler, is_mature, part in self._parts[name]
                    if audience.admits(spoiler, is_mature)
                )
        return tuple(topic for topic, count in counts.most_common() if count)


def _facet(name: FacetName, audience: Audience, parts: tuple[FacetPart, ...]) -> Facet:
    audience_key = f"{audience.limit.value}{'m' if audience.allows_mature else ''}"
    return Facet.of(name[0], ":".join([*name[1:], audience_key]), parts)
