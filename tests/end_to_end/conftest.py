"""One Discord and one bot for the tests of a module; what was sent is checked at the end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.end_to_end.tables import Table, new_table
from tests.playground.openapi import DESCRIPTION, violations


def complaints(discord: LoopbackDiscord) -> list[str]:
    """List what the bot sent that Discord would not take."""
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
    if DESCRIPTION.exists():
        complaints += [
            f"{request.route}: {why}"
            for request in requests
            if request.body
            for why in violations(request)
        ]
    return complaints


@pytest.fixture(scope="module")
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as discord:
        yield discord


@asynccontextmanager
async def started(bot: BotProcess) -> AsyncIterator[BotProcess]:
    """Start a bot; at the end there is nothing that it should not have logged or sent."""
    await bot.start()
    yield bot
    await bot.kill()
    assert bot.errors() == []
    assert complaints(bot.discord) == []


@pytest.fixture(scope="module")
async def bot(
    discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    async with started(BotProcess(discord, tmp_path_factory.mktemp("var"))) as bot:
        yield bot


@pytest.fixture(scope="module")
async def hasty_bot(
    discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    """Give a bot for which a second of a game is short."""
    bot = BotProcess(discord, tmp_path_factory.mktemp("var"), module=SURROUNDED)
    async with started(bot):
        yield bot


@pytest.fixture
def table(discord: LoopbackDiscord) -> Table:
    return new_table(discord)


@pytest.fixture
async def own_discord() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as discord:
        yield discord


@pytest.fixture
async def own_bot(own_discord: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """Give a bot of the test's own, not started yet."""
    bot = BotProcess(own_discord, tmp_path / "var")
    yield bot
    await bot.kill()
