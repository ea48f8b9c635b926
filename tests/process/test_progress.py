"""How far something has come: counted, said, and shown only to whoever has to wait for it."""

import asyncio
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.process import progress
from bot.process.progress import Meter, Step, showing, showing_in_task
from tests.waiting import until

ROOT = Path(__file__).parents[2]


class Notes:
    def __init__(self) -> None:
        self.lines: list[tuple[int, int]] = []

    def advance(self, done: int, total: int) -> None:
        self.lines.append((done, total))


def test_a_meter_counts_on_over_all_that_goes_by_and_reports_now_and_then() -> None:
    notes = Notes()
    meter = Meter(notes, 2500)
    assert list(meter.over(range(1500))) == list(range(1500))
    assert list(meter.over(range(1000))) == list(range(1000))
    assert notes.lines == [(1000, 2500), (2000, 2500)]


def test_a_step_says_how_many_are_done() -> None:
    step = Step("Building the interviews")
    step.advance(430_000, 1_000_000)
    assert step.line() == "Building the interviews: 430,000 of 1,000,000"
    assert step.sentence() == "building the interviews, 43 %"


def test_more_than_there_seemed_to_be_is_no_more_than_all() -> None:
    step = Step("Building the interviews")
    step.advance(12, 10)
    assert step.sentence() == "building the interviews, 100 %"


def test_a_step_of_unknown_length_says_how_long_it_has_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    step = Step("Reading the transcript", started_at=100.0)
    monkeypatch.setattr(progress, "monotonic", lambda: 107.2)
    assert step.line() == "Reading the transcript: 7 seconds so far"
    assert step.sentence() == "reading the transcript"


async def test_a_log_gets_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(progress, "_LINE_SECONDS", 0.01)
    async with showing_in_task("Building the interviews") as step:
        step.advance(1, 2)
        await until(lambda: caplog.messages)
    assert set(caplog.messages) == {"Building the interviews: 1 of 2"}
    with showing("Counting the quotes") as step:
        step.advance(3, 4)
        await until(lambda: "Counting the quotes: 3 of 4" in caplog.messages)


async def test_what_fails_is_raised_whatever_is_shown() -> None:
    with pytest.raises(KeyError):
        async with showing_in_task("Failing"):
            raise KeyError
    with pytest.raises(KeyError), showing("Failing"):
        raise KeyError


QUICK_AND_SLOW = """
import sys
from bot.process import progress

with progress.showing("Quick"):
    pass
assert "rich" not in sys.modules
progress._PATIENCE_SECONDS = progress._LINE_SECONDS = 0.01
drawn = progress._FRAME_SECONDS = 0.01
with progress.showing("Building the interviews") as step:
    step.advance(1, 2)
    sys.stdin.readline()
print("done", "rich" in sys.modules)
"""


def test_where_no_log_is_set_up_a_line_is_written_and_no_bar() -> None:
    with running(stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"Building the interviews: 1 of 2\n"
        out, err = process.communicate(b"\n")
    assert out == b"done False\n"
    assert set(err.splitlines()) <= {b"Building the interviews: 1 of 2"}


def running(stderr: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", QUICK_AND_SLOW],
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pty; cannot be avoided")
async def test_on_a_terminal_a_bar_appears_and_is_gone_at_the_end() -> None:
    import pty

    here, there = pty.openpty()
    seen = bytearray()
    loop = asyncio.get_running_loop()
    loop.add_reader(here, lambda: seen.extend(os.read(here, 65_536)))
    try:
        with running(stderr=there) as process:
            await until(lambda: b"50%" in seen)
            out, _err = await asyncio.to_thread(process.communicate, b"\n")
        await until(lambda: seen.endswith(b"\x1b[2K"))
    finally:
        loop.remove_reader(here)
        os.close(here)
        os.close(there)
    assert out == b"done True\n"
    assert b"Quick" not in seen
    assert b"Building the interviews" in seen
    assert b"\x1b[?25h" in seen, "the cursor is there again"
    assert b"\x1b[3" not in seen, "no colour where NO_COLOR is set"
