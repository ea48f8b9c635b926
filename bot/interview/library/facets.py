"""What can be drawn under a filter: several dense runs of items, seen as one."""

import zlib
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Part:
    """The slots of one facet of the content database."""

    facet_id: int
    size: int
    stamp: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The items that a filter lets through for an audience, numbered from 0 to `size` - 1.

    `key` names filter and audience in a channel's bag; `stamp` changes when the items do.
    """

    slug: str
    key: str
    stamp: int
    size: int
    parts: tuple[Part, ...]
    _ends: tuple[int, ...]

    @classmethod
    def of(cls, slug: str, key: str, parts: tuple[Part, ...]) -> "Facet":
        ends = tuple(accumulate(part.size for part in parts))
        stamp = zlib.crc32(repr([(part.size, part.stamp) for part in parts]).encode())
        return cls(slug, key, stamp, ends[-1], parts, ends)

    def size_on(self, day: int) -> int:
        """Count the items that were there on a UTC day; those added later come after them."""
        return self.size

    def slot(self, ordinal: int) -> tuple[int, int]:
        """Give the slot of an item: the facet in the database and the place in it."""
        n = bisect_right(self._ends, ordinal)
        return self.parts[n].facet_id, ordinal - (self._ends[n] - self.parts[n].size)
