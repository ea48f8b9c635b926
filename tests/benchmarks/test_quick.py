"""The benchmarks run and give a number in each row; how fast it is, is not judged here."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.measuring import IN_FLIGHT
from tests.benchmarks.rows import LARGE_ROWS, ROWS
from tests.benchmarks.transcripts import FORMATS

ROOT = Path(__file__).parents[2]


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc; cannot be avoided")
def test_a_quick_run_gives_a_number_in_each_row() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--quick"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    titles = [row.title for row in ROWS for _table in IN_FLIGHT]
    titles += [row.title for row in LARGE_ROWS for _pack in range(3)]
    titles += [f"a transcript, .{suffix}" for suffix in FORMATS]
    titles += [
        "p99 of /quote (ms)",
        "p99 beside daily posts (ms)",
        "p50 on a slow core (ms)",
        "p99 on a slow core (ms)",
        "a board with one's place",
        "a member's page",
        "start to READY (s)",
        "idle memory, RSS (MB)",
        "idle memory, PSS (MB)",
        "idle memory after the first start, RSS (MB)",
    ]
    for title in set(titles):
        found = [line for line in lines if re.match(rf"{re.escape(title)}  ", line)]
        assert len(found) == titles.count(title), title
        for line in found:
            cells = re.findall(r"[\d.,]*\d", line.removeprefix(title))
            assert len(cells) >= 3
            assert all(float(cell.replace(",", "")) > 0 for cell in cells[:2])
