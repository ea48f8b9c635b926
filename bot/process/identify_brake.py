"""A brake on sessions: Discord resets the token of a bot that begins too many in a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.process.utc_days import SECONDS_A_DAY

_AN_HOUR: Final = 3600.0
# Ten starts in an hour are a person who tries something, a hundred in a day are a crash loop; a
# session every five minutes is 288 of them a day.
_FREE_AN_HOUR: Final = 10
_BRISK_A_DAY: Final = 100
_BRISK_SECONDS, _SLOW_SECONDS = 60.0, 300.0
# However many shards there are: what comes beyond the one share is within the other.
_BRISK_SHARE, _SLOW_SHARE = 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Brake:
    """Slows down a bot that starts again and again, in however many processes.

    A start takes a session a shard: what is free, and how fast the others begin, goes by that. But
    in any day fewer than nine tenths of the sessions begin that Discord allows.
    """

    shard_count: int = 1
    total: int = 1000
    """What Discord allows in a day."""

    def gap(self, ages: Sequence[float]) -> float:
        """Say how many seconds after the last session another one may begin.

        Goes by how long ago those of the last day were begun.
        """
        most = _BRISK_SHARE * self.total
        if len(ages) < most:
            if sum(age < _AN_HOUR for age in ages) < _FREE_AN_HOUR * self.shard_count:
                return 0.0
            if len(ages) < _BRISK_A_DAY * self.shard_count:
                return _BRISK_SECONDS / self.shard_count
        least = SECONDS_A_DAY / (_SLOW_SHARE * self.total)
        return max(least, _SLOW_SECONDS / self.shard_count)
