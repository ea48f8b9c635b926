"""The benchmarks run and give a number in each row; how fast it is, is not judged here."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks import many_answers, many_processes, many_servers
from tests.benchmarks.measuring import IN_FLIGHT
from tests.benchmarks.rows import LARGE_ROWS, ROWS
from tests.benchmarks.transcripts import FORMATS
from tests.postgresql import find_programs

ROOT = Path(__file__).parents[2]
needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc; cannot be avoided")


def printed(*arguments: str) -> list[str]:
    """Run the benchmarks with few answers, and give the lines that they print."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", *arguments, "--quick"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()


def rows_of(lines: list[str], titles: list[str]) -> list[list[float]]:
    """Give the numbers in all rows with some titles, each of which stands there as often."""
    rows: list[list[float]] = []
    for title in set(titles):
        found = [line for line in lines if re.match(rf"{re.escape(title)}  ", line)]
        assert len(found) == titles.count(title), title
        cells = [re.findall(r"[\d.,]*\d", line.removeprefix(title)) for line in found]
        rows += [[float(cell.replace(",", "")) for cell in row] for row in cells]
    return rows


@pytest.mark.thorough
@needs_proc
def test_a_quick_run_gives_a_number_in_each_row() -> None:
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
    for numbers in rows_of(printed(), titles):
        assert len(numbers) >= 3
        assert all(number > 0 for number in numbers[:2])


@pytest.mark.thorough
@needs_proc
@pytest.mark.skipif(find_programs() is None, reason="needs a PostgreSQL server: 14 or newer")
def test_a_quick_run_of_a_cluster_gives_a_number_in_each_row() -> None:
    fleets = 2 * len(many_processes.FEW_PROCESSES)
    titles = [row.title for row in many_processes.ROWS for _fleet in range(fleets + 1)]
    # A round is answered by many at a time only.
    titles += [row.title for row in many_processes.ROWS[:-1] for _fleet in range(fleets)]
    titles += [f"{count:,} servers" for count in (0, *many_servers.FEW)]
    titles += [name for name in many_answers.READS for _file in range(2 * len(many_answers.FEW))]
    lines = printed("cluster")
    assert all(len(numbers) >= 3 for numbers in rows_of(lines, titles))
