"""The flood rule: from the sixth public answer a minute in a channel on, answers are private."""

from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Final

from cachetools import LRUCache

PUBLIC_ANSWERS: Final = 5
WINDOW_SECONDS: Final = 60.0
# Who is forgotten here may answer publicly a few times more, which is no harm.
_CHANNELS: Final = 10_000


class Flood:
    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._answered: LRUCache[int, deque[float]] = LRUCache(_CHANNELS)

    def admits(self, channel_id: int) -> bool:
        """Say whether one more public answer is welcome in a channel, and count it if so."""
        now = self._clock()
        times = self._answered.setdefault(channel_id, deque(maxlen=PUBLIC_ANSWERS))
        if len(times) == PUBLIC_ANSWERS and now - times[0] < WINDOW_SECONDS:
            return False
        times.append(now)
        return True
