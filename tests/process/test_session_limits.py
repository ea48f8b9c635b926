"""What Discord allows is asked without a bot, and an answer that is none is tried again."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.errors import UnavailableError
from bot.process.discord_api import is_passing, point_at
from bot.process.session_limits import SessionLimits, session_limits
from playground import LoopbackDiscord

LIMIT = {"total": 2000, "remaining": 1999, "reset_after": 5000, "max_concurrency": 16}


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the library look for Discord where it did before, after the test."""
    for holder, name in ((Route, "BASE"), (DiscordWebSocket, "DEFAULT_GATEWAY"), (Asset, "BASE")):
        monkeypatch.setattr(holder, name, getattr(holder, name))


async def test_it_is_asked_before_there_is_a_bot() -> None:
    async with LoopbackDiscord() as discord_:
        point_at(discord_.url)
        limits = await session_limits(SimpleNamespace(token=discord_.token, proxy=None))
    assert (limits.shards, limits.total, limits.max_concurrency) == (1, 1000, 1)


async def test_a_token_that_is_refused_is_no_gateway_that_is_away() -> None:
    async with LoopbackDiscord() as discord_:
        point_at(discord_.url)
        with pytest.raises(discord.LoginFailure):
            await session_limits(SimpleNamespace(token="wrong", proxy=None))


def test_an_answer_of_discords_is_read() -> None:
    assert SessionLimits.of(32, "wss://there", LIMIT) == SessionLimits(
        shards=32,
        gateway=URL("wss://there"),
        total=2000,
        remaining=1999,
        reset_after_seconds=5.0,
        max_concurrency=16,
    )


@pytest.mark.parametrize(
    ("shards", "gateway", "limit"),
    [
        (None, "wss://there", LIMIT),
        ("many", "wss://there", LIMIT),
        (1, None, LIMIT),
        (1, "wss://there", {}),
        (1, "wss://there", None),
        (1, "wss://there", LIMIT | {"total": None}),
        (1, "wss://there", []),
    ],
)
def test_what_is_no_answer_of_discords_is_tried_again(
    shards: object, gateway: object, limit: Any
) -> None:
    with pytest.raises(discord.GatewayNotFound) as caught:
        SessionLimits.of(shards, gateway, limit)
    assert is_passing(caught.value)


def test_a_start_that_needs_more_than_is_left_is_told_when_it_may() -> None:
    limit = LIMIT | {"remaining": 3, "reset_after": 7_260_001}
    limits = SessionLimits.of(4, "wss://there", limit)
    limits.check(3)
    with pytest.raises(UnavailableError, match="needs 4, and Discord allows 3 more") as caught:
        limits.check(4)
    assert "in 2 h 2 min" in str(caught.value)
