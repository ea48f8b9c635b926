"""Locks in PostgreSQL: the server lets go of them when it hears nothing more of a process."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext

from bot.errors import UnavailableError
from bot.process.outages import Outages
from bot.process.persistence import pauses
from bot.state.lock_names import PATIENCE, WHOLE, Lock
from bot.state.postgresql.advisory_seat import AdvisorySeat, open_seat
from bot.state.postgresql.engine import place_of
from bot.text import _

# One that somebody has for long is asked for less and less often: all who wait do so.
_LOOK_SECONDS, _LONGEST_LOOK_SECONDS = 0.05, 1.0


class AdvisoryLocks:
    """Sees in a database who does what, of the processes of all machines."""

    def __init__(self, url: str) -> None:
        self._url = url

    def held_folder(self, *, shares: bool) -> AbstractContextManager[None]:
        """Hold nothing: what is in the folder, content and packs, several processes may share."""
        del shares
        return nullcontext()

    @asynccontextmanager
    async def seat(self, outages: Outages, *, shares: bool) -> AsyncGenerator[AdvisorySeat]:
        async with open_seat(self._url, outages) as seat:
            if not await _is_taken(seat, WHOLE, PATIENCE, shares=shares):
                raise await seat.conflict(WHOLE)
            yield seat

    @asynccontextmanager
    async def at_work(self, lock: Lock, patience: float = PATIENCE) -> AsyncGenerator[None]:
        async with open_seat(self._url, Outages()) as seat:
            if not await _is_taken(seat, lock, patience):
                raise _conflict(lock, place_of(self._url))
            yield


async def _is_taken(
    seat: AdvisorySeat, lock: Lock, patience: float, *, shares: bool = False
) -> bool:
    """Take a lock as soon as it is free, or give up."""
    loop = asyncio.get_running_loop()
    until = loop.time() + patience
    breaks = pauses(_LOOK_SECONDS, _LONGEST_LOOK_SECONDS)
    while not await seat.take(lock, shares=shares):
        if loop.time() >= until:
            return False
        await asyncio.sleep(next(breaks))
    return True


def _conflict(lock: Lock, place: str) -> UnavailableError:
    if lock is WHOLE:
        return UnavailableError(
            _("A bot is running on {place}.", place=place),
            _("Stop it first, on every host, then try again."),
        )
    return UnavailableError(
        _("Another process is working on {place}.", place=place),
        _("Wait until it's done, then try again."),
    )
