"""What the connection does with each interaction on its way in, and with its answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock, Mock

import aiohttp
import discord
import pytest
from discord import app_commands
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.client.connection import Connection, DiscordClient
from bot.config import Settings
from bot.process.discord_api import checking, point_at, trace
from bot.process.outages import Outages
from bot.process.session_gate import SessionGate
from bot.ui.translator import CommandTranslator
from playground import LoopbackDiscord
from tests.waiting import until


class Listening(DiscordClient):
    """A client that notes which requests bring traces, and which answers are looked at."""

    def __init__(self, settings: Settings) -> None:
        self.traced: list[str] = []
        self.seen: list[str] = []
        self.events: list[discord.Interaction[Any]] = []
        check = checking(lambda response: self.seen.append(response.url.path))
        connection = Connection(
            tree=app_commands.CommandTree,
            translator=CommandTranslator(),
            http_trace=trace(self._note, check),
            check=check,
            gate=SessionGate(
                Mock(take_turn=AsyncMock(return_value=0.0)), Outages(), is_lenient=True
            ),
            heartbeat_timeout=60.0,
        )
        super().__init__(settings, connection, Outages())
        self.tree.add_command(quote)

    async def _note(
        self, _session: object, _context: object, request: aiohttp.TraceRequestStartParams
    ) -> None:
        self.traced.append(request.url.path)

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        self.events.append(interaction)

    async def setup_hook(self) -> None:
        await self.tree.sync()


@app_commands.command()
async def quote(interaction: discord.Interaction[Any]) -> None:
    """Answer a constant string."""
    await interaction.response.send_message("The same words each time.")


@asynccontextmanager
async def listening(
    loopback: LoopbackDiscord, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Listening]:
    for holder, name in ((Route, "BASE"), (DiscordWebSocket, "DEFAULT_GATEWAY"), (Asset, "BASE")):
        monkeypatch.setattr(holder, name, getattr(holder, name))
    point_at(loopback.url)
    client = Listening(Settings.from_env({"DISCORD_TOKEN": loopback.token}, folder))
    run = asyncio.create_task(client.start(loopback.token))
    try:
        await loopback.wait_ready(10)
        yield client
    finally:
        await client.close()
        await asyncio.gather(run, return_exceptions=True)


async def test_an_answer_is_looked_at_without_the_cost_of_a_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        LoopbackDiscord() as loopback,
        listening(loopback, tmp_path, monkeypatch) as client,
    ):
        world = loopback.world
        outcome = await loopback.members.use_command(world.robin, world.general, "quote")
        assert outcome.status == "answered"
        await until(lambda: any(path.endswith("/callback") for path in client.seen))
        assert not [path for path in client.traced if path.endswith("/callback")]
        assert [path for path in client.traced if path.endswith("/commands")]
        assert client.events == [], "each would have been a task"
        session = client._answering
        assert not session.closed
    assert session.closed
