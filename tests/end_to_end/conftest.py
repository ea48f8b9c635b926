"""One Discord and one bot for the tests of a module; what was sent is checked at the end."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess
from tests.playground.openapi import DESCRIPTION, violations


def complaints(discord: LoopbackDiscord) -> list[str]:
    """List what the bot sent that Discord would not take."""
    requests = list(discord.record)
    found = [f"{one.method} {one.path}: unknown route" for one in discord.record.unknown]
    found += [
        f"{one.route}: {why}" for one in requests if one.status == 400 for why in one.refusals
    ]
    if DESCRIPTION.exists():
        found += [f"{one.route}: {why}" for one in requests if one.body for why in violations(one)]
    return found


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
    assert complaints(discord) == []


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
