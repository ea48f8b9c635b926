"""The flood rule: from the sixth public answer a minute in a channel on, answers are private."""

from collections.abc import Callable
from time import monotonic
from typing import Final

from cachetools import LRUCache

PUBLIC_ANSWERS: Final = 5
# Of these. Nobody can use up alone what belongs to the whole channel, or keep games out of it.
MEMBER_ANSWERS: Final = 3
WINDOW_SECONDS: Final = 60.0
# Who is forgotten here may answer publicly a few times more, which is no harm.
_CHANNELS: Final = 10_000


class Flood:
    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        # The times of a channel's last answers, each with whom it was for: at most five.
        self._answers: LRUCache[int, tuple[tuple[float, int], ...]] = LRUCache(_CHANNELS)

    def admits(self, channel_id: int, user_id: int) -> bool:
        """Say whether one more public answer to a member is welcome, and count it if so."""
        now = self._clock()
        answers = [
            answer
            for answer in self._answers.get(channel_id, ())
            if now - answer[0] < WINDOW_SECONDS
        ]
        own = [answer for answer in answers if answer[1] == user_id]
        if len(answers) >= PUBLIC_ANSWERS or len(own) >= MEMBER_ANSWERS:
            return False
        self._answers[channel_id] = (*answers, (now, user_id))
        return True

    def give_back(self, channel_id: int, user_id: int) -> None:
        """Take back the last one that was counted for a member: nobody else has seen it."""
        answers = list(self._answers.get(channel_id, ()))
        own = [answer for answer in answers if answer[1] == user_id]
        if own:
            answers.remove(own[-1])
            self._answers[channel_id] = tuple(answers)
