"""A brake on sessions: Discord resets the token of a bot that begins a thousand in a day."""

import logging
from collections.abc import Callable
from pathlib import Path
from time import time
from typing import Final

log = logging.getLogger(__name__)

_A_DAY, _AN_HOUR = 86_400.0, 3600.0
# Ten starts in an hour are a person who tries something, a hundred in a day are a crash loop;
# one every five minutes keeps it at 288 a day.
_FREE_AN_HOUR: Final = 10
_BRISK_A_DAY: Final = 100
_BRISK_SECONDS, _SLOW_SECONDS = 60.0, 300.0


class Brake:
    """Remembers in a file when sessions were begun, so that also a crash loop is slowed down.

    The first few in an hour wait for nothing; whatever happens, fewer than 400 begin in a day.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time) -> None:
        self._path = path
        self._now = now

    def begin(self) -> float:
        """Note that a session is to begin; gives how many seconds it has to wait before."""
        now = self._now()
        times = [begun_at for begun_at in self._read() if now - _A_DAY < begun_at <= now]
        wait = 0.0
        if sum(begun_at > now - _AN_HOUR for begun_at in times) >= _FREE_AN_HOUR:
            wait = _BRISK_SECONDS if len(times) < _BRISK_A_DAY else _SLOW_SECONDS
            log.warning(
                "%d sessions were begun in a day: the next one waits for %.0f seconds, since"
                " Discord resets the token of who begins a thousand",
                len(times),
                wait,
            )
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{begun_at:.0f}\n" for begun_at in (*times, now))
        self._path.write_text(lines, "utf-8")
        return wait

    def _read(self) -> list[float]:
        """Read the times; what is no time was not written by us."""
        try:
            return [float(line) for line in self._path.read_text("utf-8").split()]
        except (OSError, ValueError):
            return []
