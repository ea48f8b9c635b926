"""What doctor says at the end: how all is, and what to mend first."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.hosting.doctor_report import report, summary_of
from bot.hosting.finding import Finding

WELL = Finding("Python", "3.13.9")
LOOSE = Finding("permissions", "others may read it", "Run: chmod 600 it")
LATE = Finding("Discord", "can't be reached", "Check the network.", 75)
WRONG = Finding("settings", "", "LOG_LEVEL is LOUD.")
ROOT = Path(__file__).parents[2]
PATIENT = """
import logging
from threading import Event
from bot.hosting.doctor_report import report
from bot.hosting.finding import Finding
from bot.process import progress

progress._LINE_SECONDS = 0.01
is_told = Event()
class Told(progress.Step):
    def line(self):
        is_told.set()
        return "so far"
progress.Step = Told

def findings():
    with progress.showing("Checking the interviews"):
        is_told.wait(60)
    logging.getLogger("bot.somewhere").warning("is among the findings")
    yield Finding("interviews", "one")

report(findings(), as_json=False)
"""
ODD = Finding.note("certificate", "signed by Ada", "If she's yours, all is well.")


def test_all_is_well_where_there_is_nothing_to_mend() -> None:
    assert summary_of([WELL, ODD]) == "Everything is fine."


def test_one_problem_is_told_again() -> None:
    assert summary_of([WELL, LATE]) == ("1 problem. Discord: can't be reached. Check the network.")


def test_what_keeps_a_bot_from_starting_comes_first() -> None:
    assert summary_of([LOOSE, LATE]).startswith("2 problems. First, Discord: can't be reached.")
    assert summary_of([LOOSE, WRONG, LATE]) == ("3 problems. First, settings: LOG_LEVEL is LOUD.")


@pytest.mark.parametrize(
    ("findings", "exit_code"),
    [([WELL, ODD], 0), ([WELL, LATE], 75), ([LATE, WRONG], 78), ([], 0)],
)
def test_the_exit_code_is_that_of_the_gravest(
    findings: list[Finding], exit_code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(findings, as_json=False) == exit_code
    assert report(findings, as_json=True) == exit_code
    capsys.readouterr()


def test_a_pipe_has_a_line_each_and_no_signs(capsys: pytest.CaptureFixture[str]) -> None:
    report([WELL, LOOSE, ODD], as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "ok       Python: 3.13.9",
        "PROBLEM  permissions: others may read it. Run: chmod 600 it",
        "note     certificate: signed by Ada. If she's yours, all is well.",
        "",
        "1 problem. Permissions: others may read it. Run: chmod 600 it",
    ]


def test_a_program_is_told_each_finding_in_parts(capsys: pytest.CaptureFixture[str]) -> None:
    report([LATE], as_json=True)
    document = json.loads(capsys.readouterr().out)
    assert document["findings"] == [
        {
            "what": "Discord",
            "state": "problem",
            "how": "can't be reached",
            "remedy": "Check the network.",
        }
    ]


def test_what_others_have_written_moves_no_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    report([Finding("token", "is that of “\x1b[2J”")], as_json=False)
    assert "\x1b" not in capsys.readouterr().out


def test_who_waits_is_told_how_far_it_is_and_nothing_twice() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PATIENT],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "so far\n" in done.stderr
    assert "among" not in done.stderr
