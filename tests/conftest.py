"""What all tests share: the size of the heavy ones, and a PostgreSQL."""

import argparse
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgresql import Server, name_in, new_database, running_server
from tests.state_places import Place, PostgresqlPlace, SqlitePlace

QUICK, THOROUGH = 150, 10_000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough", action="store_true", help="run the heavy tests too, at their full size"
    )
    # No test may need another one to run before it: what is collected can be turned around.
    parser.addoption("--reversed", action="store_true", help=argparse.SUPPRESS)


def pytest_configure(config: pytest.Config) -> None:
    _heed_signals()
    size = THOROUGH if config.getoption("--thorough") else QUICK
    settings.register_profile("house", deadline=None, max_examples=100)
    settings.register_profile("hostile", deadline=None, max_examples=size)
    settings.load_profile("house")
    config.addinivalue_line("markers", "thorough: takes minutes, and runs with --thorough alone")


def _heed_signals() -> None:
    """Let what tests start end on these, also where whoever runs them in the background does not.

    That they are ignored is handed down to processes.
    """
    for name, handler in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--reversed"):
        items.reverse()
    if config.getoption("--thorough"):
        # The bots that tests start then look at themselves more closely, and take longer for it.
        os.environ["PYTHONDEVMODE"] = "1"
        return
    skip = pytest.mark.skip(reason="takes minutes, so only --thorough runs it: cannot be avoided")
    for item in items:
        if item.get_closest_marker("thorough"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def is_thorough(request: pytest.FixtureRequest) -> bool:
    return request.config.getoption("--thorough")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Give this process' own PostgreSQL, which the first test that asks for it starts."""
    with running_server() as server:
        yield server


@pytest.fixture
def database_url(server: Server) -> Iterator[str]:
    """Give the address of an empty PostgreSQL database."""
    with new_database(server) as url:
        yield url


@pytest.fixture(scope="session")
async def state_template(server: Server) -> str:
    """Give the name of a database that has all its tables, to be copied."""
    url = server.create_database()
    async with PostgresqlPlace(server, url).open():
        return name_in(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Give where a state can lie; what asks for it runs on each engine."""
    if request.param == "sqlite":
        yield SqlitePlace(tmp_path / "state.sqlite3")
        return
    server: Server = request.getfixturevalue("server")
    with new_database(server, request.getfixturevalue("state_template")) as url:
        yield PostgresqlPlace(server, url)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail in CI on a skip that the machine could have avoided."""
    if not os.environ.get("CI"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = [report.longreprtext for report in reporter.stats.get("skipped", [])]
    avoidable = [why for why in skipped if "cannot be avoided" not in why]
    if avoidable:
        reporter.write_line("skipped, though CI has all that is needed:")
        for why in avoidable:
            reporter.write_line(f"  {why}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
