"""One Discord and one bot for the tests of a module; what was sent is checked at the end.

A module runs on SQLite, or on each of its ENGINES: with a Discord, bots and a database of its own.
"""

import shutil
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest

from bot.interview.library.build import ensure_content
from playground import LoopbackDiscord, Request
from tests.end_to_end.labels import alike
from tests.end_to_end.stage import ROOT, SURROUNDED, BotProcess
from tests.end_to_end.tables import Table, new_table
from tests.playground.openapi import DESCRIPTION, violations
from tests.postgresql import new_database

BOTH: Final = ("sqlite", "postgresql")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    engines = getattr(metafunc.module, "ENGINES", None)
    if engines and "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", engines, indirect=True, scope="module")


def complaints(discord: LoopbackDiscord, described: Iterable[Request] | None = None) -> list[str]:
    """List what the bot sent that Discord would not take.

    Only those `described`, else all, are held against Discord's description, which takes its time.
    """
    requests = list(discord.record)
    complaints = [
        f"{request.method} {request.path}: unknown route" for request in discord.record.unknown
    ]
    complaints += [
        f"{request.route}: {why}"
        for request in requests
        if request.status == 400
        for why in request.refusals
    ]
    complaints += [f"{request.route}: {why}" for request in requests for why in alike(request)]
    if DESCRIPTION.exists():
        complaints += [
            f"{request.route}: {why}"
            for request in (requests if described is None else described)
            if request.body
            for why in violations(request)
        ]
    return complaints


PATIENCE_SECONDS: Final = 15.0
"""Longer than Discord waits: that a machine is slow is no fault. A module whose tests are about the
time to answer has Discord's own three seconds in FIRST_ANSWER_SECONDS."""


@pytest.fixture(scope="module")
def engine(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", "sqlite")


@pytest.fixture(scope="module")
def state_url(engine: str, request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Give the address of the module's own PostgreSQL database; None on SQLite."""
    yield from _state_url(engine, request)


@pytest.fixture
def own_state_url(engine: str, request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Give that of a database of the test's own."""
    yield from _state_url(engine, request)


def _state_url(engine: str, request: pytest.FixtureRequest) -> Iterator[str | None]:
    if engine == "sqlite":
        yield None
        return
    template = request.getfixturevalue("state_template")
    with new_database(request.getfixturevalue("server"), template) as url:
        yield url


@pytest.fixture(scope="module")
async def discord(engine: str, request: pytest.FixtureRequest) -> AsyncIterator[LoopbackDiscord]:
    """Give one to the bots of each engine: what stands there, one has posted."""
    async with LoopbackDiscord(first_answer_seconds=_patience(request)) as discord:
        yield discord


def _patience(request: pytest.FixtureRequest) -> float:
    return getattr(request.module, "FIRST_ANSWER_SECONDS", PATIENCE_SECONDS)


@asynccontextmanager
async def started(bot: BotProcess) -> AsyncIterator[BotProcess]:
    """Start a bot; at the end there is nothing that it should not have logged or sent."""
    try:
        await bot.start()
        yield bot
    finally:
        await bot.kill()
    assert bot.errors() == []
    assert complaints(bot.discord) == []


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the content of the shipped interview once: a third of the time of a first start."""
    return ensure_content(tmp_path_factory.mktemp("content"), ROOT / "data")


@pytest.fixture(scope="module")
async def bot(
    discord: LoopbackDiscord,
    content: Path,
    state_url: str | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[BotProcess]:
    data_dir = tmp_path_factory.mktemp("var")
    shutil.copy(content, data_dir)
    async with started(BotProcess(discord, data_dir, database_url=state_url)) as bot:
        yield bot


@pytest.fixture(scope="module")
async def hasty_bot(
    discord: LoopbackDiscord,
    content: Path,
    state_url: str | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[BotProcess]:
    """Give a bot for which a second of a game is short."""
    data_dir = tmp_path_factory.mktemp("var")
    shutil.copy(content, data_dir)
    bot = BotProcess(discord, data_dir, module=SURROUNDED, database_url=state_url)
    async with started(bot):
        yield bot


@pytest.fixture
def table(discord: LoopbackDiscord) -> Table:
    return new_table(discord)


@pytest.fixture
async def own_discord(request: pytest.FixtureRequest) -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(first_answer_seconds=_patience(request)) as discord:
        yield discord


@pytest.fixture
async def own_bot(
    own_discord: LoopbackDiscord, content: Path, own_state_url: str | None, tmp_path: Path
) -> AsyncIterator[BotProcess]:
    """Give a bot of the test's own, not started yet."""
    (tmp_path / "var").mkdir()
    shutil.copy(content, tmp_path / "var")
    bot = BotProcess(own_discord, tmp_path / "var", database_url=own_state_url)
    yield bot
    await bot.kill()
