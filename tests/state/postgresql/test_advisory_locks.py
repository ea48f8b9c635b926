"""Locks in PostgreSQL outlast a server that is started again, and no process that was replaced."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from time import monotonic

import asyncpg
import pytest

from bot.errors import OperatorError, StateUnavailableError, UnavailableError
from bot.process.outages import Outages, Part
from bot.process.tasks import cancel
from bot.state.lock_names import WHOLE, place_lock, shard_lock
from bot.state.postgresql.advisory_locks import AdvisoryLocks
from bot.state.postgresql.advisory_seat import AdvisorySeat
from tests.postgresql import Server, name_in
from tests.state.postgresql.relay import relayed
from tests.waiting import until

HELD = (
    "SELECT count(*) FROM pg_locks JOIN pg_database ON database = pg_database.oid"
    " WHERE locktype = 'advisory' AND granted AND datname = current_database()"
)


def locks(url: str) -> AdvisoryLocks:
    return AdvisoryLocks(url)


@asynccontextmanager
async def looked_after(seat: AdvisorySeat) -> AsyncIterator[asyncio.Task[None]]:
    keeping = asyncio.create_task(seat.keep())
    try:
        yield keeping
    finally:
        await cancel([keeping])


async def until_there_are(count: int, server: Server, url: str) -> None:
    """Wait until so many locks are held in a database."""
    connection = await asyncpg.connect(server.url(name_in(url), "postgres"))
    try:
        for _n in range(400):
            if await connection.fetchval(HELD) == count:
                return
            await asyncio.sleep(0.05)
    finally:
        await connection.close()
    raise AssertionError


async def test_who_has_a_shard_is_named(database_url: str) -> None:
    async with (
        locks(database_url).seat(Outages(), shares=True) as one,
        locks(database_url).seat(Outages(), shares=True) as two,
    ):
        await one.take(shard_lock(7))
        told = str(await two.conflict(shard_lock(7)))
        assert "Shard 7 is already served by another process (" in told
        assert f"({socket.gethostname()[:40]}, process {os.getpid()})" in told


async def test_all_is_taken_up_again_after_the_server_was_away(
    server: Server, database_url: str
) -> None:
    outages = Outages()
    async with (
        locks(database_url).seat(outages, shares=True) as seat,
        looked_after(seat) as keeping,
    ):
        assert await seat.take(place_lock(1))
        assert await seat.take(shard_lock(4))
        server.kill()
        with pytest.raises(StateUnavailableError):
            await seat.take(place_lock(2))
        await until(lambda: Part.LOCKS in outages.reasons)
        server.start()
        await until_there_are(3, server, database_url)
        async with locks(database_url).seat(Outages(), shares=True) as other:
            assert not await other.take(place_lock(1))
            assert not await other.take(shard_lock(4))
        await until(lambda: Part.LOCKS not in outages.reasons)
        assert not seat.is_settled
        assert not keeping.done()


async def test_a_connection_that_only_one_side_misses_is_no_loss(
    server: Server, database_url: str
) -> None:
    """The server still holds what was taken when this side connects anew."""
    outages = Outages()
    async with locks(database_url).seat(outages, shares=False) as seat:
        assert await seat.take(place_lock(1))
        former = seat._connection
        assert former is not None
        # Nothing is closed: it is forgotten, as behind a router that was started again.
        seat._connection = None
        await seat._resume()
        await until_there_are(2, server, database_url)
        assert former.is_closed() or await is_ended(former)


async def test_a_server_that_has_not_hung_up_yet_is_as_good_as_gone(
    server: Server, database_url: str
) -> None:
    async with relayed(server, database_url) as relay:
        outages = Outages()
        async with (
            locks(relay.url).seat(outages, shares=True) as seat,
            looked_after(seat) as keeping,
        ):
            assert await seat.take(place_lock(1))
            relay.say_last_words()
            await until(lambda: keeping.done() or Part.LOCKS in outages.reasons)
            await until(lambda: keeping.done() or Part.LOCKS not in outages.reasons)
            assert not keeping.done()
            await until_there_are(2, server, database_url)


async def test_a_server_that_hangs_keeps_nobody_from_ending(
    server: Server, database_url: str
) -> None:
    async with AsyncExitStack() as stack:
        seat = await stack.enter_async_context(locks(database_url).seat(Outages(), shares=True))
        with server.frozen():
            async with looked_after(seat):
                # A look is under way by then.
                await asyncio.sleep(1.5)
            began = monotonic()
            await stack.aclose()
            assert monotonic() - began < 5


async def is_ended(connection: "asyncpg.Connection[asyncpg.Record]") -> bool:
    try:
        await connection.fetchval("SELECT 1")
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
        return True
    return False


async def test_who_was_replaced_meanwhile_ends(server: Server, database_url: str) -> None:
    async with locks(database_url).seat(Outages(), shares=True) as seat:
        assert await seat.take(place_lock(1))
        assert await seat.take(shard_lock(4))
        server.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            f" WHERE datname = '{name_in(database_url)}'"
        )
        async with (
            locks(database_url).seat(Outages(), shares=True) as other,
            asyncio.timeout(20),
        ):
            assert await other.take(shard_lock(4))
            with pytest.raises(UnavailableError, match="Shard 4 is already served by"):
                await seat.keep()


async def test_a_server_that_is_away_at_the_start_may_come_back(database_url: str) -> None:
    with pytest.raises(StateUnavailableError, match=r"^no connection to /gone/.* \(No such file"):
        async with locks(database_url.replace("host=/", "host=/gone/")).seat(
            Outages(), shares=True
        ):
            pass


async def test_a_role_that_is_refused_is_a_sentence(server: Server, database_url: str) -> None:
    wrong = server.url("no_such_database")
    with pytest.raises(OperatorError, match="There's no such database"):
        async with locks(wrong).seat(Outages(), shares=True):
            pass


async def test_a_machine_that_is_gone_is_missed_within_seconds(database_url: str) -> None:
    """What the server does about it, it is asked for; here there is no network to cut."""
    async with locks(database_url).seat(Outages(), shares=True) as seat:
        shown = await seat._row(
            "SELECT current_setting('jit'), current_setting('application_name'),"
            " (SELECT count(*) FROM pg_settings WHERE name LIKE 'tcp_%' AND source = 'client')"
        )
        assert shown[0] == "off"
        assert shown[1].startswith("Encore on ")
        assert shown[2] == 4
        assert WHOLE in seat._locks


async def test_a_pool_that_gives_another_connection_each_time_is_told(database_url: str) -> None:
    async with (
        locks(database_url).seat(Outages(), shares=True) as seat,
        locks(database_url).seat(Outages(), shares=True) as other,
        asyncio.timeout(20),
    ):
        own, seat._connection = seat._connection, other._connection
        with pytest.raises(OperatorError, match="a pool that changes connections"):
            await seat.keep()
        seat._connection = own
