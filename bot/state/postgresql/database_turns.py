"""What one process does alone, of all that use a database."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

import asyncpg
from asyncpg import Connection, Record

from bot.errors import UnavailableError
from bot.state.lock_names import WHOLE, Lock
from bot.state.postgresql.engine import connected, place_of
from bot.state.postgresql.faults import explained
from bot.state.postgresql.schema import LOCKS
from bot.text import _

# The server may be a moment late to hear that somebody has gone.
_PATIENCE: Final = "1s"
_PATIENCE_SECONDS: Final = 10.0
_WAIT: Final = "SELECT pg_advisory_lock({}, {})"
_TAKE: Final = "SELECT pg_try_advisory_lock($1, $2)"


class DatabaseTurn:
    """What is one process' own from when it was first asked for to the end of its connection."""

    def __init__(self, url: str, lock: Lock) -> None:
        self._url = url
        self._lock = lock
        self._stack = AsyncExitStack()
        self._connection: Connection[Record] | None = None

    async def is_ours(self) -> bool:
        """Say whether it is this process' turn; raises OperatorError as `connected` does."""
        if self._connection is None or self._connection.is_closed():
            await self.aclose()
            self._connection = await self._stack.enter_async_context(connected(self._url))
        try:
            is_ours = await self._connection.fetchval(
                _TAKE, LOCKS, self._lock.number, timeout=_PATIENCE_SECONDS
            )
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            raise explained(error, place_of(self._url)) from error
        if not is_ours:
            # A server has only so many connections.
            await self.aclose()
        return is_ours

    async def aclose(self) -> None:
        """Let somebody else have it."""
        await self._stack.aclose()


@asynccontextmanager
async def alone(url: str, *locks: Lock) -> AsyncGenerator[None]:
    """Keep others from what they would do as well; raises UnavailableError where they do it."""
    async with connected(url) as connection:
        await connection.execute(f"SET lock_timeout = '{_PATIENCE}'")
        for lock in locks:
            try:
                await connection.execute(_WAIT.format(LOCKS, lock.number))
            except asyncpg.LockNotAvailableError:
                raise _conflict(url, lock) from None
        yield


def _conflict(url: str, lock: Lock) -> UnavailableError:
    if lock is WHOLE:
        return UnavailableError(
            _("Bots are using {place}.", place=place_of(url)),
            _("Stop them, on all hosts, then try again."),
        )
    return UnavailableError(
        _("Another command is working on {place}.", place=place_of(url)),
        _("Wait until it's done, then try again."),
    )
