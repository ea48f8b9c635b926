"""What runs in a child: its failures arrive, and it ends with its parent."""

import asyncio
import os
import signal
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from bot.errors import OperatorError, UnavailableError
from bot.interview.pack.mistakes import Mistake, PackError, Spot
from bot.process import apart
from bot.process.apart import run_apart
from bot.process.progress import NOBODY, Progress
from bot.text import _
from tests.waiting import until

FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork; cannot be avoided")


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the threads of the tests, which hold no lock that matters, not count."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def own_process(_progress: Progress) -> int:
    return os.getpid()


def fail(error: Exception, _progress: Progress) -> None:
    raise error


class Notes:
    """How far something had come, each time that it was told."""

    def __init__(self) -> None:
        self.lines: list[tuple[int, int]] = []

    def advance(self, done: int, total: int) -> None:
        self.lines.append((done, total))


def count(progress: Progress) -> str:
    for done in range(3):
        progress.advance(done, 3)
    return "counted"


@FORKS
@pytest.mark.usefixtures("one_thread")
async def test_what_runs_apart_runs_in_another_process_and_is_done_when_that_ends() -> None:
    pid = await run_apart(own_process, NOBODY)
    assert pid != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_beside_other_threads_it_runs_in_one_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert await run_apart(own_process, NOBODY) == os.getpid()


@FORKS
@pytest.mark.parametrize("threads", [1, 2])
async def test_how_far_it_has_come_is_told_wherever_it_runs(
    threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    notes = Notes()
    assert await run_apart(count, notes) == "counted"
    assert notes.lines == [(0, 3), (1, 3), (2, 3)]


@FORKS
@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize(
    "error",
    [
        OperatorError(_("It's {what}.", what=_("wrong")), _("Mend it.")),
        UnavailableError(_("It's away.")),
        PackError([Mistake(Path("quotes.toml"), Spot(3), _("No."), _("Write yes."))]),
        OSError(28, "No space left on device", "content"),
        KeyError("a bug"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_failure_in_the_child_is_raised_as_itself(error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        await run_apart(partial(fail, error), NOBODY)
    assert str(caught.value) == str(error)
    assert type(caught.value) is type(error)


def die(_progress: Progress) -> None:
    os._exit(9)


class StubbornError(Exception):
    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


@FORKS
@pytest.mark.usefixtures("one_thread")
async def test_a_failure_that_cannot_leave_its_process_is_told_with_its_trace() -> None:
    with pytest.raises(RuntimeError, match="StubbornError: a bug"):
        await run_apart(partial(fail, StubbornError("a ", "bug")), NOBODY)


@FORKS
@pytest.mark.usefixtures("one_thread")
async def test_a_child_that_is_killed_is_a_sentence() -> None:
    with pytest.raises(UnavailableError, match="Memory may have run out"):
        await run_apart(die, NOBODY)


@FORKS
@pytest.mark.parametrize("threads", [1, 2])
async def test_whoever_stops_waiting_has_it_tidied_up(
    tmp_path: Path, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: threads)
    monkeypatch.setattr("bot.process.apart._TIDY_SECONDS", 30.0)
    half = tmp_path / "half"

    def write(progress: Progress) -> None:
        half.touch()
        try:
            while True:
                progress.advance(0, 1)
                time.sleep(0.01)
        finally:
            half.unlink()

    waiting = asyncio.create_task(run_apart(write, NOBODY))
    await until(half.exists)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await until(lambda: not half.exists())


@FORKS
@pytest.mark.usefixtures("one_thread")
async def test_nobody_waits_for_a_child_that_does_not_listen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "_TIDY_SECONDS", 0.01)
    begun, ended = tmp_path / "begun", tmp_path / "ended"

    def work(_progress: Progress) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        begun.touch()
        time.sleep(5)
        ended.touch()

    waiting = asyncio.create_task(run_apart(work, NOBODY))
    await until(begun.exists)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not ended.exists()


WAITING = """
import asyncio, os, sys, time
from functools import partial
from pathlib import Path
from bot.process.apart import run_apart
from bot.process.progress import NOBODY

def wait(path, _progress):
    path.with_suffix(".new").write_text(str(os.getpid()))
    path.with_suffix(".new").replace(path)
    time.sleep(600)

asyncio.run(run_apart(partial(wait, Path(sys.argv[1])), NOBODY))
"""


@FORKS
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGKILL"])
async def test_whatever_ends_the_process_ends_the_child(tmp_path: Path, name: str) -> None:
    path = tmp_path / "process"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        WAITING,
        str(path),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    await until(path.exists)
    process.send_signal(signal.Signals[name])
    # It ends when nobody is left who could write there.
    await asyncio.wait_for(process.communicate(), 60)
    assert path.read_text() != str(process.pid)
