"""What is old is forgotten while the clock is right, whatever happens, to the last byte."""

import asyncio
import logging
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, closing
from email.utils import formatdate
from pathlib import Path
from time import time

import pytest

from bot.hosting import housekeeping
from bot.hosting.housekeeping import forget_what_is_old
from bot.process.clock import Clock
from bot.process.outages import Outages, Part
from bot.state.copies.backups import BACKUP_DAYS, dated_backups
from bot.state.database import Database
from bot.state.questions import StoredQuestion
from bot.state.state import State
from bot.state.store import open_state
from tests.state_places import Place
from tests.waiting import until

A_DAY = 86_400.0
MEMBER = 0x0123456789ABCDEF


class House:
    """A data folder in which something is old, and a clock that may be wrong."""

    def __init__(self, data_dir: Path, place: Place, database: Database) -> None:
        self.data_dir = data_dir
        self.place = place
        self.database = database
        self.seconds_off = -40 * A_DAY
        self.clock = Clock(lambda: time() + self.seconds_off)
        self.outages = database.outages
        self.state = State.of(database, self.clock.now)

    def compare(self) -> None:
        self.clock.compare(formatdate(time(), usegmt=True))

    async def questions(self) -> int:
        ((count,),) = await self.database.read("SELECT count(*) FROM question")
        return count

    def housekeeping(self) -> AbstractAsyncContextManager[None]:
        return forget_what_is_old(self.state, self.data_dir, self.clock, self.outages)


@pytest.fixture
async def house(
    tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    monkeypatch.setattr(housekeeping, "_CLOCK_SECONDS", 0.02)
    monkeypatch.setattr(housekeeping, "_PAUSE_SECONDS", 0.05)
    data_dir = tmp_path
    async with place.open() as database:
        house = House(data_dir, place, database)
        await house.state.questions.add(5, StoredQuestion("text", 4, 1))
        await house.state.erasure.guild_left(77)
        (data_dir / "backups").mkdir()
        for month in range(1, 6):
            (data_dir / "backups" / f"encore-2026-0{month}-01.zip").touch()
        house.seconds_off = 0.0
        yield house


def is_untouched(house: House) -> bool:
    return len(dated_backups(house.data_dir)) == 5


async def test_nothing_is_forgotten_before_discord_has_confirmed_the_clock(house: House) -> None:
    async with house.housekeeping():
        await asyncio.sleep(0.2)
        assert is_untouched(house)
        assert await house.questions() == 1
        assert await house.state.erasure.left_guilds() == {77}
        house.compare()
        await until(lambda: len(dated_backups(house.data_dir)) == 2)
        await asyncio.sleep(0.2)
    assert await house.questions() == 0
    assert await house.state.erasure.left_guilds() == set()
    assert [path.name for path in dated_backups(house.data_dir)] == [
        "encore-2026-04-01.zip",
        "encore-2026-05-01.zip",
    ]


async def test_a_clock_that_is_far_ahead_makes_nothing_old(house: House) -> None:
    await house.state.questions.add(5, StoredQuestion("text", 4, 1))
    house.seconds_off = 40 * A_DAY
    house.compare()
    async with house.housekeeping():
        await asyncio.sleep(0.2)
        assert await house.questions() == 2
        assert is_untouched(house)
        house.seconds_off = 0.0
        await asyncio.sleep(0.2)
        assert await house.questions() == 2, "nobody knows yet that it was set right"
        house.compare()
        await until(lambda: not is_untouched(house))
    assert await house.questions() == 1


async def test_forgetting_goes_on_after_any_failure_and_tells_it_once(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    house.compare()
    await house.place.hurry(house.database)
    async with AsyncExitStack() as stack:
        with house.place.locked():
            await stack.enter_async_context(house.housekeeping())
            await until(lambda: Part.FORGETTING in house.outages.reasons)
            await asyncio.sleep(0.2)
        await until(lambda: Part.FORGETTING not in house.outages.reasons)
    assert await house.questions() == 0
    told = [record.message for record in caplog.records if "forgetting:" in record.message]
    assert len(told) == 2, told


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_the_traces_of_a_member_go_as_soon_as_nobody_reads_them(
    house: House,
) -> None:
    await house.database.write("PRAGMA busy_timeout = 0")
    await house.state.saved.add(MEMBER, "boat", 3)
    async with house.housekeeping():
        await until(lambda: not house.state.erasure.has_traces.is_set())
        state = house.data_dir / "state.sqlite3"
        with closing(sqlite3.connect(state, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM saved").fetchone()
            await house.state.erasure.forget_member(MEMBER)
            await until(lambda: Part.STATE_LOG in house.outages.reasons)
            assert _has_traces(house.data_dir)
        await until(lambda: Part.STATE_LOG not in house.outages.reasons)
        assert not _has_traces(house.data_dir)


def _has_traces(data_dir: Path) -> bool:
    files = [path for path in data_dir.rglob("*") if path.is_file()]
    return any(MEMBER.to_bytes(8) in path.read_bytes() for path in files)


async def test_a_start_removes_the_traces_that_a_killed_process_left(tmp_path: Path) -> None:
    data_dir, killed = tmp_path / "var", tmp_path / "killed"
    async with open_state(data_dir) as database:
        state = State.of(database, time)
        await state.saved.add(MEMBER, "boat", 3)
        await state.erasure.forget_traces()
        await database.write("INSERT INTO member_to_forget (user_id) VALUES (?)", MEMBER)
        # What is on the disk now is what a process leaves that is killed now.
        shutil.copytree(data_dir, killed)
    assert _has_traces(killed)
    async with open_state(killed) as database:
        state, outages = State.of(database, time), Outages()
        async with forget_what_is_old(state, killed, Clock(), outages):
            await until(lambda: not _has_traces(killed))


async def test_what_a_killed_restore_left_is_gone_after_a_start(house: House) -> None:
    (house.data_dir / ".restoring-abc" / "whole").mkdir(parents=True)
    async with house.housekeeping():
        await until(lambda: not (house.data_dir / ".restoring-abc").exists())
    assert not list(house.data_dir.glob(".restoring-*"))


async def test_marks_stay_for_as_long_as_copies_do_whatever_this_host_has(house: House) -> None:
    """Another host may have made the copies."""
    shutil.rmtree(house.data_dir / "backups")
    house.compare()
    for mark, days in (("young", BACKUP_DAYS + 0.5), ("old", BACKUP_DAYS + 1.5)):
        await house.database.write(
            "INSERT INTO forgotten_mark (mark, forgotten_at) VALUES (?, ?)",
            mark,
            int(time() - days * A_DAY),
        )

    async def marks() -> set[str]:
        return {mark for (mark,) in await house.database.read("SELECT mark FROM forgotten_mark")}

    async with house.housekeeping():
        for _n in range(1200):
            if "old" not in await marks():
                break
            await asyncio.sleep(0.05)
    assert "old" not in await marks()
    assert "young" in await marks()
