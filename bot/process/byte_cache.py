"""Remembering what was read lately, within a number of bytes."""

import math
import sys
import time
from collections.abc import Awaitable, Callable, Hashable, Iterable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from itertools import chain
from typing import Any, Final, Generic, NamedTuple, TypeVar, cast

from cachetools import LRUCache

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_ENTRY_BYTES: Final = 350
"""What an entry takes beside its key and its value, about."""
_ATOMS: Final = (str, bytes, int, float, type(None))


class _Remembered(NamedTuple):
    value: Any
    size: int
    until: float


def _bytes_of(entry: _Remembered) -> int:
    return entry.size


class ByteCache(Generic[K, V]):
    """Keeps what was used last, as long as all of it, keys included, takes at most so many bytes.

    A number of entries would be no bound: how large one is, members decide, or a pack does. What
    others may change meanwhile is kept for so many `seconds` only.
    """

    def __init__(
        self,
        most_bytes: int,
        seconds: float = math.inf,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._entries: LRUCache[K, _Remembered] = LRUCache(most_bytes, getsizeof=_bytes_of)
        self._seconds = seconds
        self._now = now
        self._evictions = 0

    @property
    def size(self) -> float:
        """The bytes of all entries, about."""
        return self._entries.currsize

    def get(self, key: K) -> V | None:
        entry = self._find(key)
        return None if entry is None else entry.value

    def put(self, key: K, value: V, size: int | None = None) -> None:
        """Remember a value; one that has grown is put again. What fits nowhere is not kept.

        `size` is that of the value in bytes, where it is known without looking at all of it.
        """
        self._entries.pop(key, None)
        size = size_of(value) if size is None else size
        with suppress(ValueError):
            until = self._now() + self._seconds
            self._entries[key] = _Remembered(value, _ENTRY_BYTES + size_of(key) + size, until)

    async def read(self, key: K, load: Callable[[K], Awaitable[V]]) -> V:
        """Give what is remembered, or what `load` gives, which is remembered then."""
        entry = self._find(key)
        if entry is not None:
            return entry.value
        evictions = self._evictions
        value = await load(key)
        # What has changed since it was read would stay.
        if evictions == self._evictions:
            self.put(key, value)
        return value

    def evict(self, key: K) -> None:
        self._evictions += 1
        self._entries.pop(key, None)

    def _find(self, key: K) -> _Remembered | None:
        try:
            entry = self._entries[key]
        except KeyError:
            return None
        if entry.until <= self._now():
            del self._entries[key]
            return None
        return entry


def size_of(value: object) -> int:
    """Estimate the bytes of a value and of all that it holds; what is shared counts each time."""
    if isinstance(value, _ATOMS):
        return sys.getsizeof(value)
    return sys.getsizeof(value) + sum(map(size_of, _parts_of(value)))


def _parts_of(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        mapping = cast("dict[object, object]", value)
        return chain(mapping, mapping.values())
    if isinstance(value, tuple | list | set | frozenset):
        return cast("tuple[object, ...]", value)
    if is_dataclass(value):
        return (getattr(value, field.name) for field in fields(value))
    return ()
