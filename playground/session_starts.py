"""When a bot may begin sessions: so many in a day, and one at a time in each bucket."""

import math
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from playground.clock import Clock
from playground.wire import Json

Shard: TypeAlias = tuple[int, int]
"""Its number, and how many there are."""

# All of these are Discord's, from its documentation of the gateway: "Sharding", "Rate Limiting".
IDENTIFY_SECONDS: Final = 5.0
"""How long a bucket is closed once a session began in it."""
_DAILY_SESSIONS: Final = 1000
_DAY_SECONDS: Final = 86_400.0
_MOST_GUILDS: Final = 2500


@dataclass(frozen=True, slots=True)
class SessionStart:
    """An IDENTIFY that was right in itself, whether it came too early or not."""

    at: float
    shard: Shard
    bucket: int
    seconds: float
    """Since the last session of the bucket began; infinite for the first one."""
    is_too_early: bool


@dataclass
class SessionStarts:
    """Remembers the latest 1,000; by default a bucket is open at any time."""

    clock: Clock
    shards: int = 1
    """How many shards a bot is told to have."""
    max_concurrency: int = 1
    identify_seconds: float = 0.0
    total: int = _DAILY_SESSIONS
    remaining: int = _DAILY_SESSIONS
    reset_after_seconds: float = _DAY_SECONDS
    most_guilds: int = _MOST_GUILDS
    """What one shard may handle."""
    shard_multiple: int = 1
    """Very large bots have a multiple of a number that Discord tells them."""
    latest: list[SessionStart] = field(default_factory=list[SessionStart])
    _begun_at: dict[int, float] = field(default_factory=dict[int, float])

    def limit(self) -> Json:
        """Write Discord's session start limit object."""
        return {
            "total": self.total,
            "remaining": max(0, self.remaining),
            "reset_after": round(self.reset_after_seconds * 1000),
            "max_concurrency": self.max_concurrency,
        }

    def begin(self, shard: Shard) -> bool:
        """Take the turn of a shard's bucket; False where it is too early for that.

        Either way it is one session less for the day.
        """
        self.remaining -= 1
        now, bucket = self.clock.now(), shard[0] % self.max_concurrency
        seconds = now - self._begun_at.get(bucket, -math.inf)
        is_too_early = seconds < self.identify_seconds
        self.latest.append(SessionStart(now, shard, bucket, seconds, is_too_early))
        del self.latest[:-_DAILY_SESSIONS]
        if not is_too_early:
            self._begun_at[bucket] = now
        return not is_too_early

    @property
    def too_early(self) -> list[SessionStart]:
        return [start for start in self.latest if start.is_too_early]

    @property
    def shortest_pause(self) -> float:
        """Tell the fewest seconds between two of one bucket; infinite where no two are."""
        return min((start.seconds for start in self.latest), default=math.inf)
