"""The flood rule: from the sixth public answer a minute in a channel on, answers are private."""

from collections import OrderedDict, deque
from collections.abc import Callable
from time import monotonic
from typing import Final

PUBLIC_ANSWERS: Final = 5
WINDOW_SECONDS: Final = 60.0
_CHANNELS: Final = 10_000


class Flood:
    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._answered: OrderedDict[int, deque[float]] = OrderedDict()

    def admits(self, channel_id: int) -> bool:
        """Say whether one more public answer is welcome in a channel, and count it if so."""
        now = self._clock()
        answered = self._answered.setdefault(channel_id, deque(maxlen=PUBLIC_ANSWERS))
        self._answered.move_to_end(channel_id)
        if len(self._answered) > _CHANNELS:
            self._answered.popitem(last=False)
        if len(answered) == PUBLIC_ANSWERS and now - answered[0] < WINDOW_SECONDS:
            return False
        answered.append(now)
        return True
