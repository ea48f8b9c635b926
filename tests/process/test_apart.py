"""What runs in a child: its failures arrive, and it ends with its parent."""

import asyncio
import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from bot.errors import OperatorError, UnavailableError
from bot.interview.pack.mistakes import Mistake, PackError, Spot
from bot.process.apart import run_apart
from bot.text import _
from tests.waiting import until

FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows cannot fork; cannot be avoided")


@pytest.fixture
def one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the threads of the tests, which hold no lock that matters, not count."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def note_process(path: Path) -> None:
    path.write_text(str(os.getpid()))


def fail(error: Exception) -> None:
    raise error


@FORKS
@pytest.mark.usefixtures("one_thread")
def test_what_runs_apart_runs_in_another_process_and_is_done_when_that_ends(
    tmp_path: Path,
) -> None:
    run_apart(note_process, tmp_path / "process")
    assert (tmp_path / "process").read_text() != str(os.getpid())


def test_beside_other_threads_it_runs_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    run_apart(note_process, tmp_path / "process")
    assert (tmp_path / "process").read_text() == str(os.getpid())


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
def test_a_failure_in_the_child_is_raised_as_itself(error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        run_apart(fail, error)
    assert str(caught.value) == str(error)
    assert type(caught.value) is type(error)


class StubbornError(Exception):
    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


@FORKS
@pytest.mark.usefixtures("one_thread")
def test_a_failure_that_cannot_leave_its_process_is_told_with_its_trace() -> None:
    with pytest.raises(RuntimeError, match="StubbornError: a bug"):
        run_apart(fail, StubbornError("a ", "bug"))


@FORKS
@pytest.mark.usefixtures("one_thread")
def test_a_child_that_is_killed_is_a_sentence() -> None:
    with pytest.raises(UnavailableError, match="Perhaps memory ran out"):
        run_apart(os._exit, 9)


WAITING = """
import os, sys, time
from pathlib import Path
from bot.process.apart import run_apart
from bot.process.signals import interrupting_signals

def wait(path):
    path.with_suffix(".new").write_text(str(os.getpid()))
    path.with_suffix(".new").replace(path)
    time.sleep(600)

with interrupting_signals():
    run_apart(wait, Path(sys.argv[1]))
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
