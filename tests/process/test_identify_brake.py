"""Ordinary starts wait for nothing; a crash loop never reaches what Discord allows."""

import asyncio
from pathlib import Path

import pytest

from bot.process import identify_brake
from bot.process.identify_brake import Brake
from bot.process.outages import Outages, Part
from bot.process.tasks import cancel

DAY = 86_400


class Days:
    """A clock that goes on by what is waited."""

    def __init__(self, path: Path) -> None:
        self.now = 1_000_000.0
        self.begun: list[float] = []
        self._path = path

    def begin(self) -> float:
        """Begin a session in a new process."""
        brake = Brake(self._path, Outages(), lambda: self.now)
        waited = brake.pause()
        self.now += waited
        brake.note()
        self.begun.append(self.now)
        return waited


@pytest.fixture
def days(tmp_path: Path) -> Days:
    return Days(tmp_path / "var" / "identifies")


def test_the_first_starts_are_not_slowed(days: Days) -> None:
    assert [days.begin() for _n in range(10)] == [0.0] * 10
    assert days.begin() > 0
    days.now += 3601
    assert days.begin() == 0, "an hour later all is well"


@pytest.mark.parametrize("runs", [0.5, 5.0, 59.0, 90.0])
def test_a_crash_loop_stays_far_below_a_thousand_a_day(days: Days, runs: float) -> None:
    while days.now < 1_000_000 + 3 * DAY:
        days.begin()
        days.now += runs
    most = max(sum(start <= one < start + DAY for one in days.begun) for start in days.begun[::20])
    assert 100 < most < 400


@pytest.mark.parametrize("found", ["", "tomorrow\n", "99999999999\n" * 500, "\x00\xff"])
def test_a_file_that_is_not_ours_is_no_reason_to_wait(days: Days, found: str) -> None:
    days._path.parent.mkdir()
    days._path.write_text(found, "utf-8")
    assert days.begin() == 0


def test_who_is_interrupted_while_waiting_has_waited_all_the_same(days: Days) -> None:
    for _n in range(10):
        days.begin()
    brake = Brake(days._path, Outages(), lambda: days.now)
    assert brake.pause() == 60
    days.now += 45
    assert brake.pause() == 15


def test_where_the_file_cannot_be_written_the_process_remembers(tmp_path: Path) -> None:
    now, outages = 1_000_000.0, Outages()
    (tmp_path / "identifies").mkdir()
    brake = Brake(tmp_path / "identifies", outages, lambda: now)
    for _n in range(10):
        assert brake.pause() == 0
        brake.note()
    assert brake.pause() == 60
    assert Part.IDENTIFIES in outages.reasons
    (tmp_path / "identifies").rmdir()
    brake.note()
    assert not outages.reasons
    assert Brake(tmp_path / "identifies", outages, lambda: now).pause() == 60


async def test_a_session_that_waits_is_known_for_as_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outages = Outages()
    brake = Brake(tmp_path / "identifies", outages, lambda: 1_000_000.0)
    for _n in range(10):
        await brake.take_turn(0)
        assert not outages.reasons
    waiting = asyncio.create_task(brake.take_turn(0))
    other = asyncio.create_task(brake.take_turn(1))
    await asyncio.sleep(0)
    # What hears of Discord ends what it has noted itself.
    outages.end(Part.DISCORD)
    assert "10 sessions in a day" in outages.reasons[Part.DISCORD]
    await cancel([waiting])
    assert Part.DISCORD in outages.reasons, "the other one waits still"
    await cancel([other])
    assert not outages.reasons
    monkeypatch.setattr(identify_brake, "_BRISK_SECONDS", 0.01)
    await brake.take_turn(0)
    assert not outages.reasons
