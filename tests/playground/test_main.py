"""`python -m playground` serves its page, and ends as it is told to."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]


@contextmanager
def started(port: int = 0) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "playground", "--no-open", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def lines_until_the_page(process: "subprocess.Popen[str]") -> list[str]:
    lines: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip())
        if line.startswith("The page: "):
            return lines
    raise AssertionError(lines)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_page_answers_until_a_signal_ends_it_without_a_trace(number: signal.Signals) -> None:
    with started() as process:
        *lines, last = lines_until_the_page(process)
        with urlopen(last.removeprefix("The page: "), timeout=60) as response:
            assert response.status == 200
        process.send_signal(number)
        output, errors = process.communicate(timeout=60)
    assert (process.returncode, output, errors) == (0, "", "")
    assert lines[0].startswith("Put these lines before the run() of a discord.py bot")


def test_a_port_that_is_taken_is_said_and_another_one_used() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with started(port) as process:
            lines = lines_until_the_page(process)
    assert re.fullmatch(rf"Port {port} is in use; the playground is on \d+\.", lines[0])
    assert f":{port}/" not in lines[-1]


def test_the_playground_loads_no_bot_and_no_library_of_one() -> None:
    code = "import sys, playground.__main__; print({'bot', 'cogs', 'discord'} & set(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout == "set()\n"
