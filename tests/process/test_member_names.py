"""Names of members come from the gateway; where it fails a mention stands for them."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.process.member_names import MemberNames


def guild_where(ask: Callable[[], list[Any]]) -> discord.Guild:
    """Make a server whose gateway answers as a test wants."""

    async def query_members(**_options: object) -> list[Any]:
        return ask()

    return cast("discord.Guild", SimpleNamespace(id=7, query_members=query_members))


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ClientConnectionResetError("Cannot write to closing transport"),
        ConnectionResetError(),
        aiohttp.ClientPayloadError(),
        TimeoutError(),
        discord.ClientException(),
    ],
    ids=repr,
)
async def test_a_gateway_that_fails_leaves_names_empty_and_is_spared_a_while(
    error: Exception,
) -> None:
    tries = 0

    def fail() -> list[Any]:
        nonlocal tries
        tries += 1
        raise error

    names = MemberNames()
    for _n in range(2):
        assert await names.of(guild_where(fail), [1, 2]) == {1: "", 2: ""}
    assert tries == 1


async def test_who_has_left_has_no_name() -> None:
    mika = SimpleNamespace(id=1, display_name="Mika", name="mika")
    assert await MemberNames().of(guild_where(lambda: [mika]), [1, 2]) == {1: "Mika"}
