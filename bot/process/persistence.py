"""Trying again what passes, with growing pauses: what every loop and every start waits with."""

import asyncio
import logging
import math
import random
from collections.abc import Awaitable, Callable, Iterator
from time import monotonic
from typing import Final, TypeVar

from bot.errors import PassingError
from bot.process.outages import Outages, Part
from bot.process.tasks import cancel

log = logging.getLogger(__name__)

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 300.0
_LAST_PATIENCE: Final = 3.0

_T = TypeVar("_T")


async def persist(
    action: Callable[[], Awaitable[_T]],
    outages: Outages,
    part: Part,
    *,
    subject: object = None,
    first_pause: float = FIRST_PAUSE,
    longest_pause: float = LONGEST_PAUSE,
    patience: float | None = None,
    outlasts_bugs: bool = False,
) -> _T:
    """Do something until it works, and note in `outages` while it does not, of which subject.

    Between two tries are pauses in seconds that double, with some chance in them. Raises what is
    not a PassingError at once, unless it `outlasts_bugs`, as a loop has to that nobody starts
    again; raises the last PassingError where it did not pass for `patience` seconds.
    """
    retried = Exception if outlasts_bugs else PassingError
    until = math.inf if patience is None else monotonic() + patience
    is_bug_known = False
    breaks = pauses(first_pause, longest_pause)
    while True:
        try:
            result = await action()
        except retried as error:
            if monotonic() >= until:
                raise
            if not isinstance(error, PassingError) and not is_bug_known:
                is_bug_known = True
                log.exception("%s: a bug of ours", part)
            outages.begin(part, error, subject)
            await asyncio.sleep(next(breaks))
        else:
            outages.end(part, subject)
            return result


async def finish(
    work: asyncio.Task[None] | None,
    write: Callable[[], Awaitable[None]],
    outages: Outages,
    loss: str,
) -> None:
    """End a loop that writes to the state, and write what is left; say in the log what is lost."""
    if work is not None:
        await cancel([work])
    try:
        await persist(write, outages, Part.STATE, patience=_LAST_PATIENCE)
    except PassingError as error:
        log.warning("%s: %s", loss, error)


def pauses(first: float, longest: float) -> Iterator[float]:
    """Give pauses that double up to the longest, with some chance in them; there is no last one."""
    bound = first
    while True:
        yield random.uniform(first, max(first, bound))
        bound = min(longest, bound * 2)
