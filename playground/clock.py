"""What time it is: the machine's, or the one that a test sets."""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    def now(self) -> float:
        """Give the unix time in seconds."""
        ...


class SystemClock:
    def now(self) -> float:
        return time.time()


@dataclass
class ManualClock:
    """A clock that stands until it is told to go on."""

    seconds: float = field(default_factory=time.time)

    def now(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.seconds += seconds


def iso(seconds: float) -> str:
    """Write a time as Discord's API does."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds")
