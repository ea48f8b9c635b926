"""Remembering what was read lately, within a number of bytes."""

import sys
from collections.abc import Hashable, Iterable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from itertools import chain
from typing import Any, Final, Generic, NamedTuple, TypeVar, cast

from cachetools import LRUCache

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_ATOMS: Final = (str, bytes, int, float, type(None))


class _SizedValue(NamedTuple):
    value: Any
    size: int


class ByteCache(Generic[K, V]):
    """Keeps what was used last, as long as all of it, keys included, takes at most so many bytes.

    A number of entries would be no bound: how large one is, members decide, or a pack does.
    """

    def __init__(self, most_bytes: int) -> None:
        self._entries: LRUCache[K, _SizedValue] = LRUCache(
            most_bytes, getsizeof=lambda entry: entry.size
        )

    @property
    def size(self) -> float:
        """The bytes of all entries, about."""
        return self._entries.currsize

    def get(self, key: K) -> V | None:
        entry = self._entries.get(key)
        return None if entry is None else entry.value

    def put(self, key: K, value: V, size: int | None = None) -> None:
        """Remember a value; one that has grown is put again. What fits nowhere is not kept.

        `size` is that of the value in bytes, where it is known without looking at all of it.
        """
        self._entries.pop(key, None)
        size = size_of(value) if size is None else size
        with suppress(ValueError):
            self._entries[key] = _SizedValue(value, size_of(key) + size)

    def evict(self, key: K) -> None:
        self._entries.pop(key, None)


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
