"""Trying again what passes, with growing pauses: what every loop and every start waits with."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import tenacity

from bot.errors import PassingError
from bot.process.outages import Outages, Part

log = logging.getLogger(__name__)

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 300.0

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
    is_bug_known = False

    def note(attempt: tenacity.RetryCallState) -> None:
        nonlocal is_bug_known
        error = attempt.outcome and attempt.outcome.exception()
        if not is_bug_known and not isinstance(error, PassingError):
            is_bug_known = True
            log.error("%s: a bug of ours", part, exc_info=error)
        outages.begin(part, error, subject)

    retrying = tenacity.AsyncRetrying(
        retry=tenacity.retry_if_exception_type(retried),
        wait=tenacity.wait_random_exponential(first_pause, longest_pause, min=first_pause),
        stop=tenacity.stop_never if patience is None else tenacity.stop_after_delay(patience),
        before_sleep=note,
        reraise=True,
    )
    result: _T = await retrying(action)
    outages.end(part, subject)
    return result
