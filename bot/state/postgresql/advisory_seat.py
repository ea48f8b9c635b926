"""A connection on which a process holds its locks, taken up again with them where it is lost."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from math import inf
from time import monotonic
from typing import Any, Final

import asyncpg
from asyncpg import Connection, Record

from bot.errors import OperatorError, StateUnavailableError, UnavailableError
from bot.process.outages import Outages, Part
from bot.process.persistence import persist
from bot.state.lock_names import WHOLE, Lock, place_in
from bot.state.postgresql.engine import place_of
from bot.state.postgresql.faults import FAULTS, explained, is_passing, reason
from bot.state.postgresql.schema import LOCKS
from bot.text import Text, _

_WAIT_SECONDS: Final = 3.0
_LOOK_SECONDS: Final = 1.0
_LONGEST_PAUSE: Final = 2.0
# A connection is missed at the next look, and then nothing keeps its locks from being taken anew:
# whoever waits for longer than this may be sure that nobody comes back for them.
_GRACE_SECONDS: Final = 2.5
# Others only try whether a lock is free. Who has lost it for good has to end soon: until then its
# shards are served twice.
_REGAIN_SECONDS: Final = 0.5
_RETRY_SECONDS: Final = 0.05
# Longer than who lost it needs to take it up again: after an outage all come at once.
_SETTLE_SECONDS: Final = 8.0
_LONGEST_HOST: Final = 40
_NAME: Final = "Encore on "
_SETTINGS: Final = {
    "jit": "off",
    # A machine that is gone lets go of its locks within a dozen seconds.
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
_TAKE: Final = "SELECT pg_try_advisory_lock($1, $2)"
_TAKE_SHARED: Final = "SELECT pg_try_advisory_lock_shared($1, $2)"
_LEAVE: Final = "SELECT pg_advisory_unlock($1, $2)"
_HOLDER: Final = """
SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND pid <> pg_backend_pid()
AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND classid::bigint = $1 AND objid::bigint = $2::bigint & 4294967295
ORDER BY backend_start LIMIT 1
"""
_SELF: Final = "SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()"
_END: Final = """
SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE pid = $1 AND backend_start = $2
"""


class AdvisorySeat:
    """Holds locks for as long as its connection lives, and longer where nobody else wants them."""

    grace_seconds = _GRACE_SECONDS

    def __init__(self, url: str, outages: Outages) -> None:
        self._url = url
        self._outages = outages
        self._locks: dict[Lock, bool] = {}
        """Each with whether others share it."""
        self._turn = asyncio.Lock()
        self._connection: Connection[Record] | None = None
        self._backends: list[Record] = []
        """What the server has for the connection; before it those that it may not miss yet."""
        self._resumed_at = -inf

    @property
    def is_settled(self) -> bool:
        return monotonic() - self._resumed_at > _SETTLE_SECONDS

    async def take(self, lock: Lock, *, shares: bool = False) -> bool:
        is_taken = await self._is_taken(lock, shares)
        if is_taken:
            self._locks[lock] = shares
        return is_taken

    async def _is_taken(self, lock: Lock, shares: bool) -> bool:
        sql = _TAKE_SHARED if shares else _TAKE
        return bool(await self._ask(sql, LOCKS, lock.number))

    async def leave(self, lock: Lock) -> None:
        del self._locks[lock]
        # A connection that is lost holds it no more, either.
        with suppress(StateUnavailableError):
            await self._ask(_LEAVE, LOCKS, lock.number)

    async def conflict(self, lock: Lock) -> UnavailableError:
        holder = ""
        with suppress(StateUnavailableError):
            holder = str(await self._ask(_HOLDER, LOCKS, lock.number) or "")
        name = holder.removeprefix(_NAME) or "?"
        return UnavailableError(*_conflict(lock, name, place_of(self._url)))

    async def keep(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            try:
                await self._look()
            except StateUnavailableError as error:
                self._outages.begin(Part.LOCKS, error)
                resume = self._resume
                await persist(resume, self._outages, Part.LOCKS, longest_pause=_LONGEST_PAUSE)

    async def open(self) -> None:
        """Connect; raises StateUnavailableError, and OperatorError where that will not pass."""
        name = f"{_NAME}{socket.gethostname()[:_LONGEST_HOST]}, process {os.getpid()}"
        settings = _SETTINGS | {"application_name": name}
        try:
            self._connection = await asyncpg.connect(
                self._url, timeout=_WAIT_SECONDS, server_settings=settings
            )
        except (*FAULTS, ValueError) as error:
            place = place_of(self._url)
            if is_passing(error):
                why = f"no connection to {place} ({reason(error)})"
                raise StateUnavailableError(why) from error
            raise explained(error, place) from error
        self._backends.append(await self._row(_SELF))

    async def close(self) -> None:
        if self._connection is not None:
            # What does not end in time, the server ends.
            with suppress(*FAULTS):
                # Its own patience is not for a statement that was given up.
                async with asyncio.timeout(_WAIT_SECONDS):
                    await self._connection.close()
            self._connection.terminate()

    async def _look(self) -> None:
        if await self._row(_SELF) != self._backends[-1]:
            raise OperatorError(
                _("{place} is a pool that changes connections.", place=place_of(self._url)),
                _("Point DATABASE_URL at PostgreSQL itself."),
            )

    async def _resume(self) -> None:
        """Connect anew, and take what was held; raises UnavailableError where another has it."""
        try:
            await self.open()
        except OperatorError as error:
            # It went well at the start: a server that is set up anew may refuse everybody.
            raise StateUnavailableError(str(error)) from error
        # The server may not have missed a former one yet, which holds them until it ends.
        for former in self._backends[:-1]:
            await self._ask(_END, *former)
        until = monotonic() + _REGAIN_SECONDS
        for lock, shares in list(self._locks.items()):
            # What is left meanwhile is not taken up.
            while lock in self._locks and not await self._is_taken(lock, shares):
                if monotonic() >= until:
                    raise await self.conflict(lock)
                await asyncio.sleep(_RETRY_SECONDS)
        del self._backends[:-1]
        self._resumed_at = monotonic()

    async def _ask(self, sql: str, *arguments: object) -> Any:
        return (await self._row(sql, *arguments) or (None,))[0]

    async def _row(self, sql: str, *arguments: object) -> Any:
        assert self._connection is not None
        async with self._turn:
            try:
                return await self._connection.fetchrow(sql, *arguments, timeout=_WAIT_SECONDS)
            except FAULTS as error:
                # Whatever it took is taken no more.
                self._connection.terminate()
                if is_passing(error):
                    raise StateUnavailableError(reason(error)) from error
                raise


@asynccontextmanager
async def open_seat(url: str, outages: Outages) -> AsyncGenerator[AdvisorySeat]:
    seat = AdvisorySeat(url, outages)
    try:
        await seat.open()
        yield seat
    finally:
        await seat.close()


def _conflict(lock: Lock, holder: str, place: str) -> tuple[Text, Text]:
    if lock is WHOLE:
        return (
            _("A bot is running on {place} ({holder}).", place=place, holder=holder),
            _(
                "Stop it first, or name another database in DATABASE_URL. Processes that share one"
                " each need PROCESSES, or SHARD_IDS."
            ),
        )
    if lock.number >= 0:
        return (
            _(
                "Shard {shard} is already served by another process ({holder}).",
                shard=lock.number,
                holder=holder,
            ),
            _("Stop it, or give each process shards of its own, as PROCESSES does."),
        )
    number = place_in(lock) + 1
    return (
        _("Another process ({holder}) has taken place {number}.", holder=holder, number=number),
        _("Start this one again; it then waits until a place is free."),
    )
