"""What is kept for a while: never more than a number of things, and of bytes."""

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Bounded(Generic[Key, Value]):
    """Values by key in the order in which they came; the oldest go once there is too much.

    The newest always stays, whatever it weighs.
    """

    def __init__(self, most: int, most_bytes: int) -> None:
        self.most = most
        self.most_bytes = most_bytes
        self.weight = 0
        """Bytes of all values together, as whoever put them said."""
        self._values: dict[Key, Value] = {}
        self._weights: dict[Key, int] = {}

    def put(self, key: Key, value: Value, weight: int = 0) -> None:
        """Keep a value, or weigh it anew in its place."""
        self.weight += weight - self._weights.get(key, 0)
        self._values[key] = value
        self._weights[key] = weight
        while len(self) > 1 and (len(self) > self.most or self.weight > self.most_bytes):
            self.pop(next(iter(self._values)))

    def add_weight(self, key: Key, weight: int) -> None:
        """Let a value that is there weigh more."""
        if key in self._values:
            self.put(key, self._values[key], self._weights[key] + weight)

    def get(self, key: Key) -> Value | None:
        return self._values.get(key)

    def pop(self, key: Key) -> Value | None:
        self.weight -= self._weights.pop(key, 0)
        return self._values.pop(key, None)

    def items(self) -> list[tuple[Key, Value]]:
        return list(self._values.items())

    def clear(self) -> None:
        self._values.clear()
        self._weights.clear()
        self.weight = 0

    def __iter__(self) -> Iterator[Value]:
        return iter(list(self._values.values()))

    def __len__(self) -> int:
        return len(self._values)
