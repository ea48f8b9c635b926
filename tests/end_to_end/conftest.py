"""One Discord and one bot for the tests of a module."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess


@pytest.fixture(scope="module")
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as discord:
        yield discord


@pytest.fixture(scope="module")
async def bot(
    discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    bot = BotProcess(discord, tmp_path_factory.mktemp("var"))
    await bot.start()
    yield bot
    await bot.kill()
    assert bot.errors() == []


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
