"""How many answers a day had, to what, how they went and how long they took."""

import asyncio
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from bot.errors import StateUnavailableError
from bot.process.metrics import Outcome
from bot.process.outages import Part
from bot.process.persistence import finish, persist
from bot.process.utc_days import day_of
from bot.state.database import Database

KEPT_DAYS: Final = 400
LENGTHS_MS: Final = (10, 25, 50, 100, 250, 500, 1000, 2000, 3000, 10_000)
"""The milliseconds by which answers are told apart; what takes longer counts with the longest."""
_PAUSE_SECONDS: Final = 60.0
_COLUMNS: Final = "day, subject, outcome, within_ms, answers"


class _Key(NamedTuple):
    day: int
    subject: str
    outcome: str
    within_ms: int


class DaySum(NamedTuple):
    """The answers of a UTC day, since 1970, that are alike."""

    day: int
    subject: str
    outcome: Outcome
    within_ms: int
    answers: int


class DaySums:
    """Counts in memory, and adds that once a minute; where nobody asks, nothing is written."""

    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now
        self._counted: Counter[_Key] = Counter()
        self._work: asyncio.Task[None] | None = None

    def add(self, subject: str, outcome: Outcome, seconds: float) -> None:
        """Count an answer to a command or a button; `subject` is one of a few names."""
        place = min(bisect_left(LENGTHS_MS, seconds * 1000), len(LENGTHS_MS) - 1)
        key = _Key(day_of(self._now()), subject, outcome.value, LENGTHS_MS[place])
        self._counted[key] += 1
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._write_behind())

    async def write(self) -> None:
        """Add what was counted to the days; whoever is interrupted adds nothing twice."""
        # Several processes meet in the same rows, which they take in the same order.
        rows = sorted(self._counted.items())
        if not rows:
            return
        self._counted = Counter()
        places = ", ".join("(?, ?, ?, ?, ?)" for _row in rows)
        try:
            await self._database.write(
                f"INSERT INTO day_sum ({_COLUMNS}) VALUES {places}"  # noqa: S608 - our own words
                " ON CONFLICT (day, subject, outcome, within_ms)"
                " DO UPDATE SET answers = day_sum.answers + excluded.answers",
                *(value for key, count in rows for value in (*key, count)),
            )
        except StateUnavailableError:
            self._counted.update(dict(rows))
            raise

    async def close(self) -> None:
        """Add what was counted last, as far as that can be."""
        loss = "couldn't count the last answers"
        await finish(self._work, self.write, self._database.outages, loss)

    async def since(self, day: int) -> Sequence[DaySum]:
        """List the sums from a day on, in the order of the days."""
        rows = await self._database.read(
            f"SELECT {_COLUMNS} FROM day_sum WHERE day >= :day ORDER BY day",  # noqa: S608
            day=day,
        )
        return [DaySum(row[0], row[1], Outcome(row[2]), row[3], row[4]) for row in rows]

    async def forget_old(self) -> int:
        """Delete the days that nobody looks at any more; gives how many sums."""
        return await self._database.delete(
            "day_sum",
            "day, subject, outcome, within_ms",
            "day < :day",
            day=day_of(self._now()) - KEPT_DAYS,
        )

    async def _write_behind(self) -> None:
        while self._counted:
            await asyncio.sleep(_PAUSE_SECONDS)
            await persist(self.write, self._database.outages, Part.STATE, outlasts_bugs=True)
