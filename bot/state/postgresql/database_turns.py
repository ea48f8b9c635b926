"""What one process does alone, of all that use a database."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from bot.errors import UnavailableError
from bot.state.postgresql.engine import connected, place_of
from bot.state.postgresql.schema import LOCKS
from bot.text import _

WHOLE: Final = -2
FORGETTING: Final = -3
BACKUPS: Final = -5
_TAKE: Final = "SELECT pg_try_advisory_lock($1, $2)"


@asynccontextmanager
async def turn(url: str, number: int) -> AsyncGenerator[bool]:
    """Say whether a turn is this process' own, which keeps it until the end."""
    async with connected(url) as connection:
        yield await connection.fetchval(_TAKE, LOCKS, number)


@asynccontextmanager
async def alone(url: str, *numbers: int) -> AsyncGenerator[None]:
    """Keep others from what they would do as well; raises UnavailableError where they do it."""
    async with connected(url) as connection:
        for number in numbers:
            if not await connection.fetchval(_TAKE, LOCKS, number):
                raise _conflict(url, number)
        yield


def _conflict(url: str, number: int) -> UnavailableError:
    if number == WHOLE:
        return UnavailableError(
            _("Bots are using {place}.", place=place_of(url)),
            _("Stop them, on all hosts, then try again."),
        )
    return UnavailableError(
        _("Another command is working on {place}.", place=place_of(url)),
        _("Wait until it's done, then try again."),
    )
