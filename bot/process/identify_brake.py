"""A brake on sessions: Discord resets the token of a bot that begins a thousand in a day."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from time import time
from typing import Final

from bot.process.outages import Outages, Part
from bot.process.utc_days import SECONDS_A_DAY

_AN_HOUR: Final = 3600.0
# Ten starts in an hour are a person who tries something, a hundred in a day are a crash loop;
# one every five minutes keeps it at 288 a day.
_FREE_AN_HOUR: Final = 10
_BRISK_A_DAY: Final = 100
_BRISK_SECONDS, _SLOW_SECONDS = 60.0, 300.0


class Brake:
    """Remembers in a file when sessions were begun, so that also a crash loop is slowed down.

    The first few in an hour wait for nothing; whatever happens, fewer than 400 begin in a day.
    Where the file cannot be used, this process remembers its own.
    """

    def __init__(self, path: Path, outages: Outages, now: Callable[[], float] = time) -> None:
        self._path = path
        self._outages = outages
        self._now = now
        self._own: Sequence[float] = ()

    async def take_turn(self, shard_id: int | None) -> None:
        """Wait until a shard may begin a session, and note that it does."""
        if pause := self.pause():
            why = (
                f"{len(self._times())} sessions in a day: the next one waits {pause:.0f} seconds,"
                " because Discord resets a bot's token after a thousand"
            )
            subject = "brake", shard_id
            self._outages.begin(Part.DISCORD, why, subject)
            try:
                await asyncio.sleep(pause)
            finally:
                self._outages.end(Part.DISCORD, subject)
        self.note()

    def pause(self) -> float:
        """Say for how many seconds the next session has to wait."""
        now, times = self._now(), self._times()
        if sum(begun_at > now - _AN_HOUR for begun_at in times) < _FREE_AN_HOUR:
            return 0.0
        gap = _BRISK_SECONDS if len(times) < _BRISK_A_DAY else _SLOW_SECONDS
        # From the last one on: who is interrupted while waiting has waited all the same.
        return max(0.0, max(times) + gap - now)

    def note(self) -> None:
        """Note that a session begins now."""
        self._own = (*self._times(), self._now())
        lines = "".join(f"{begun_at:.0f}\n" for begun_at in self._own)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(lines, "utf-8")
        except OSError as error:
            self._outages.begin(Part.IDENTIFIES, error)
        else:
            self._outages.end(Part.IDENTIFIES)

    def _times(self) -> list[float]:
        """List when sessions were begun in the last day, as far as it is known."""
        now = self._now()
        # The file knows of other processes, too, but not of what could not be written.
        times = max(self._read(), self._own, key=len)
        return [begun_at for begun_at in times if now - SECONDS_A_DAY < begun_at <= now]

    def _read(self) -> Sequence[float]:
        """Read the times; what is no time was not written by us."""
        try:
            return [float(line) for line in self._path.read_text("utf-8").split()]
        except (OSError, ValueError):
            return []
