"""Remembering what was read lately, within a number of bytes."""

import sys
from collections.abc import Hashable, Mapping, Set
from contextlib import suppress
from dataclasses import fields, is_dataclass
from typing import Any, Generic, NamedTuple, TypeVar, cast

from cachetools import LRUCache

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Entry(NamedTuple):
    value: Any
    size: int


class ByteCache(Generic[K, V]):
    """Keeps what was used last, as long as all of it, keys included, takes at most so many bytes.

    A number of entries would be no bound: how large one is, members decide, or a pack does.
    """

    def __init__(self, most_bytes: int) -> None:
        self._entries: LRUCache[K, _Entry] = LRUCache(
            most_bytes, getsizeof=lambda entry: entry.size
        )

    @property
    def size(self) -> float:
        """The bytes of all entries, about."""
        return self._entries.currsize

    def get(self, key: K) -> V | None:
        entry = self._entries.get(key)
        return None if entry is None else entry.value

    def put(self, key: K, value: V) -> None:
        """Remember a value; one that has grown is put again. What fits nowhere is not kept."""
        self._entries.pop(key, None)
        with suppress(ValueError):
            self._entries[key] = _Entry(value, size_of(key) + size_of(value))

    def evict(self, key: K) -> None:
        self._entries.pop(key, None)


def size_of(value: object) -> int:
    """Estimate the bytes of a value and of all that it holds; what is shared counts each time."""
    return sys.getsizeof(value) + sum(map(size_of, _parts_of(value)))


def _parts_of(value: object) -> list[object]:
    if isinstance(value, Mapping):
        mapping = cast("Mapping[object, object]", value)
        return [*mapping, *mapping.values()]
    if isinstance(value, tuple | list | Set):
        return [*cast("tuple[object, ...]", value)]
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    return []
