"""A Discord on loopback, and a bot without a library connected to it."""

from collections.abc import AsyncIterator

import pytest

from playground import LoopbackDiscord, ManualClock
from tests.playground.raw import Gateway, RawBot, raw_bot


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def discord(clock: ManualClock) -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(clock=clock, first_answer_seconds=3) as discord:
        yield discord


@pytest.fixture
async def bot(discord: LoopbackDiscord) -> AsyncIterator[RawBot]:
    async with raw_bot(discord) as bot:
        yield bot


@pytest.fixture
async def gateway(discord: LoopbackDiscord, bot: RawBot) -> Gateway:
    """Connect a bot that is ready and has its commands."""
    await bot.register()
    gateway = await bot.open()
    await gateway.identify(discord.token)
    return gateway
