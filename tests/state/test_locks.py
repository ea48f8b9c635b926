"""One bot for one state, unless each process has shards of its own; by files, or PostgreSQL."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot.config import Settings
from bot.errors import UnavailableError
from bot.process.outages import Outages
from bot.state.lock_names import COMMANDS, SETTLING, WHOLE, Locks, Seat, place_lock, shard_lock
from bot.state.locks import FileLocks, hold_data, hold_data_alone, locks_of
from bot.state.sqlite.schema import migrations
from bot.state.store import open_state
from tests.state_places import Place, PostgresqlPlace


@pytest.fixture
def locks(place: Place, tmp_path: Path) -> Locks:
    env = {"DATA_DIR": str(tmp_path)}
    if isinstance(place, PostgresqlPlace):
        env["DATABASE_URL"] = place.url
    return locks_of(Settings.from_env(env, tmp_path, needs_token=False))


@asynccontextmanager
async def seated(locks: Locks, *, shares: bool) -> AsyncIterator[Seat]:
    """Do what a process does at its start."""
    with locks.held_folder(shares=shares):
        async with locks.seat(Outages(), shares=shares) as seat:
            yield seat


async def test_processes_share_a_state_with_shards_and_places_of_their_own(locks: Locks) -> None:
    async with seated(locks, shares=True) as one, seated(locks, shares=True) as two:
        assert await one.take(shard_lock(0))
        assert await two.take(shard_lock(1))
        assert await one.take(place_lock(0))
        assert not await two.take(shard_lock(0))
        assert not await two.take(place_lock(0))
        assert await two.take(place_lock(1))
        await one.leave(place_lock(0))
        assert await two.take(place_lock(0))


async def test_who_is_in_the_way_is_a_sentence(locks: Locks) -> None:
    async with seated(locks, shares=True) as one, seated(locks, shares=True) as two:
        assert await one.take(shard_lock(3))
        told = str(await two.conflict(shard_lock(3)))
    assert told.startswith("Shard 3 is already served by another process")


async def test_what_a_process_had_is_free_when_it_has_ended(locks: Locks) -> None:
    async with seated(locks, shares=True) as one:
        assert await one.take(place_lock(0))
    async with seated(locks, shares=True) as two:
        assert await two.take(place_lock(0))


@pytest.mark.parametrize(("first", "second"), [(False, False), (False, True), (True, False)])
async def test_two_that_would_answer_the_same_do_not_share_a_state(
    locks: Locks, *, first: bool, second: bool
) -> None:
    async with seated(locks, shares=first):
        with pytest.raises(UnavailableError, match="A bot is running on"):
            async with seated(locks, shares=second):
                pass
    async with seated(locks, shares=second):
        pass


@pytest.mark.parametrize("shares", [False, True])
async def test_what_replaces_a_state_waits_for_all_who_use_it(
    locks: Locks, place: Place, tmp_path: Path, *, shares: bool
) -> None:
    def alone() -> AbstractAsyncContextManager[None]:
        return (
            locks.at_work(WHOLE)
            if isinstance(place, PostgresqlPlace)
            else alone_in_folder(tmp_path)
        )

    async with seated(locks, shares=shares):
        with pytest.raises(UnavailableError, match="A bot is running on"):
            async with alone():
                pass
    async with alone():
        with pytest.raises(UnavailableError, match="A bot is running on"):
            async with seated(locks, shares=shares):
                pass


@asynccontextmanager
async def alone_in_folder(data_dir: Path) -> AsyncIterator[None]:
    with hold_data_alone(data_dir):
        yield


async def test_work_is_done_by_one_after_the_other(locks: Locks) -> None:
    at_once, most = 0, 0

    async def work() -> None:
        nonlocal at_once, most
        async with locks.at_work(COMMANDS, patience=30):
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0.05)
            at_once -= 1

    async with seated(locks, shares=False):
        await asyncio.gather(*(work() for _n in range(5)), locks_another(locks))
    assert (at_once, most) == (0, 1)


async def locks_another(locks: Locks) -> None:
    """Do something else meanwhile."""
    async with locks.at_work(SETTLING):
        pass


@pytest.mark.skipif(
    sys.platform == "win32", reason="what is open is not deleted there; cannot be avoided"
)
@pytest.mark.parametrize("shares", [False, True])
def test_deleting_the_lock_files_lets_nobody_in(tmp_path: Path, *, shares: bool) -> None:
    with hold_data(tmp_path):
        shutil.rmtree(tmp_path / "locks")
        with (
            pytest.raises(UnavailableError, match="A bot is running on"),
            FileLocks(tmp_path).held_folder(shares=shares),
        ):
            pass


async def test_who_opens_a_state_at_once_brings_it_up_to_date_once(tmp_path: Path) -> None:
    async def version() -> int:
        async with open_state(tmp_path) as database:
            return (await database.read("PRAGMA user_version"))[0][0]

    versions = await asyncio.gather(*(version() for _n in range(4)))
    assert versions == [len(migrations())] * 4
