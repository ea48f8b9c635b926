"""The machine's time, held against Discord's: a host whose clock is wrong hears of it."""

from collections.abc import Callable
from email.utils import parsedate_to_datetime
from time import monotonic, time
from typing import Final

import aiohttp

from bot.process.outages import Outages, Part

# Answers travel and clocks drift: what matters is the minute in which a post is due.
MOST_SECONDS_OFF: Final = 60.0


class Clock:
    """Tells the time in unix seconds, and whether Discord has the same."""

    def __init__(self, now: Callable[[], float] = time, outages: Outages | None = None) -> None:
        self.now = now
        self._outages = outages or Outages()
        self.seconds_off = 0.0
        self.compared_at = float("-inf")
        self._compared_tick = float("-inf")

    @property
    def is_right(self) -> bool:
        return abs(self.seconds_off) <= MOST_SECONDS_OFF

    @property
    def is_confirmed(self) -> bool:
        """Say whether Discord had the same time, and the clock has only gone on since then.

        What is deleted for its age waits for that: nobody gets it back.
        """
        gone_on = (self.now() - self.compared_at) - (monotonic() - self._compared_tick)
        return self.is_right and abs(gone_on) <= MOST_SECONDS_OFF

    def compare(self, date: str) -> None:
        """Hold the clock against the `Date` of an answer; what is no date is no answer."""
        try:
            theirs = parsedate_to_datetime(date).timestamp()
        except (TypeError, ValueError):
            return
        self.compared_at, self._compared_tick = self.now(), monotonic()
        self.seconds_off = self.compared_at - theirs
        if self.is_right:
            self._outages.end(Part.CLOCK)
            return
        why = (
            f"it's {self.seconds_off:+.0f} seconds off Discord's; daily posts, streaks and cleaning"
            " up wait until it's right"
        )
        self._outages.begin(Part.CLOCK, why)

    def look(self, response: aiohttp.ClientResponse) -> None:
        """Compare with an answer of Discord's that has just come."""
        # Once a second is often enough, and answers come by the hundred; a wrong one may be set.
        is_fresh = self.compared_at <= self.now() < self.compared_at + 1
        if not (is_fresh and self.is_right):
            self.compare(response.headers.get("Date", ""))
