"""The connection to Discord: what the bot is told, how its sessions begin, what it may do."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Final, Protocol, Self, cast

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands
from discord.gateway import DiscordWebSocket

from bot.config import Settings
from bot.process.discord_api import Check
from bot.process.gateway import wait_for_discord
from bot.process.outages import Outages
from bot.process.session_gate import SessionGate
from bot.process.session_limits import SessionLimits
from bot.text import SOURCE_LOCALE

PERMISSIONS: Final = discord.Permissions(
    view_channel=True,
    send_messages=True,
    create_public_threads=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
)

_PRESSES: Final = (discord.InteractionType.component, discord.InteractionType.modal_submit)


def invite_url(application_id: int) -> str:
    """Give the link by which whoever manages a server brings the bot there."""
    scopes = ("bot", "applications.commands")
    return discord.utils.oauth_url(application_id, permissions=PERMISSIONS, scopes=scopes)


def feature_of(custom_id: str) -> str:
    """Give what a custom id begins with: the feature that it belongs to."""
    return custom_id.partition(":")[0]


class Pressable(Protocol):
    """A button or select that outlives the process: it is made again out of its custom id alone."""

    @classmethod
    def feature(cls) -> str:
        """Give what all its ids begin with."""
        ...

    @classmethod
    def made_of(cls, custom_id: str) -> Self | None:
        """Make it; None where the id belongs to another."""
        ...

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press, or a choice."""
        ...


@dataclass(frozen=True, kw_only=True)
class Connection:
    """How the bot meets Discord: the doors of its commands, and what happens at each request."""

    tree: type[app_commands.CommandTree[Any]]
    translator: app_commands.Translator
    http_trace: aiohttp.TraceConfig
    check: Check
    gate: SessionGate
    heartbeat_timeout: float


class DiscordClient(commands.AutoShardedBot):
    """The library's client, for what passes, for many servers, and for buttons that outlive it."""

    def __init__(self, settings: Settings, connection: Connection, outages: Outages) -> None:
        super().__init__(
            # Only slash commands: nothing is read from messages.
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=connection.tree,
            # Servers and channels: where the bot may post, and when it was removed.
            intents=discord.Intents(guilds=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            # Words of an interview must not ping anybody.
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            http_trace=connection.http_trace,
            proxy=settings.proxy,
            heartbeat_timeout=connection.heartbeat_timeout,
            # The gate may hold a session back for longer than the library's own limit.
            shard_connect_timeout=None,
            shard_count=settings.shard_count,
            # None is what the library starts from, though its types leave it out.
            shard_ids=cast("list[int]", settings.shard_ids and list(settings.shard_ids)),
        )
        self.settings = settings
        self.outages = outages
        self.translator = connection.translator
        self._gate = connection.gate
        self._check = connection.check
        self._pressables = defaultdict[str, list[type[Pressable]]](list)

    async def login(self, token: str) -> None:
        try:
            await super().login(token)
        except BaseException:
            # Each try opens a session of its own, over a connector that is closed with it.
            await self.http.close()
            self.http.connector = discord.utils.MISSING
            raise
        # Answers to interactions are checked without a trace, which costs more than the check; the
        # session ends with its connector.
        self._answering = aiohttp.ClientSession(
            connector=self.http.connector,
            connector_owner=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            raise_for_status=self._check,
        )

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Prepare each interaction: it is told here before what answers it has begun.

        Only a press or a form is an event as well, for which the library starts a task: a command
        has one.
        """
        if event_name == "interaction":
            interaction: discord.Interaction[Any] = args[0]
            interaction.extras["began"] = perf_counter()
            # There is no other way in: the library answers through the session of its traces.
            interaction._session = self._answering  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
            if interaction.type in _PRESSES:
                super().dispatch(event_name, interaction)
        else:
            super().dispatch(event_name, *args, **kwargs)

    async def launch_shards(self) -> None:
        await wait_for_discord(self._heed_limits, self.outages)
        await wait_for_discord(super().launch_shards, self.outages)

    async def _heed_limits(self) -> None:
        """Ask what Discord allows; raises UnavailableError where that is too little for a start."""
        limits = SessionLimits.of(*await self.http.get_bot_gateway())
        if self.settings.shard_count is None:
            # So that the library does not ask again.
            self.shard_count = limits.shards
            DiscordWebSocket.DEFAULT_GATEWAY = limits.gateway
        limits.check(len(self.shard_ids or range(self.shard_count)))
        self._gate.heed(limits, self.shard_count)

    async def connect(self, *, reconnect: bool = True) -> None:
        connecting = asyncio.create_task(super().connect(reconnect=reconnect))
        try:
            await asyncio.shield(connecting)
        finally:
            # While it connects anew the library takes a cancellation for its own, and goes on.
            while not connecting.done():
                connecting.cancel()
                await asyncio.wait({connecting}, timeout=0.1)

    async def leave_gateway(self) -> None:
        """Receive nothing more; what was received can still be answered."""
        for shard in self.shards.values():
            await shard.disconnect()

    @property
    def is_connected(self) -> bool:
        """Say whether members can be answered: with each shard there, and the servers known."""
        shards = self.shards.values()
        return self.is_ready() and not any(shard.is_closed() for shard in shards)

    def invite_url(self) -> str:
        return invite_url(self.application_id or 0)

    def locale_of(self, guild_id: int) -> str:
        """Give the language that a server has chosen in Discord."""
        guild = self.get_guild(guild_id)
        return str(guild.preferred_locale) if guild else SOURCE_LOCALE

    def message(self, channel_id: int, message_id: int) -> discord.PartialMessage:
        """Give a message to edit, without having seen it."""
        return self.get_partial_messageable(channel_id).get_partial_message(message_id)

    def add_pressables(self, *kinds: type[Pressable]) -> None:
        """Note what answers to presses."""
        for kind in kinds:
            self._pressables[kind.feature()].append(kind)

    def knows(self, feature: str) -> bool:
        return feature in self._pressables

    def pressable_of(self, custom_id: str) -> Pressable | None:
        """Make the button or select that answers to a custom id."""
        kinds = self._pressables.get(feature_of(custom_id), ())
        pressables = (kind.made_of(custom_id) for kind in kinds)
        return next((pressable for pressable in pressables if pressable is not None), None)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        # Discord wants a pause before a session that follows on one that has become invalid.
        if shard_id in self.shards:
            await super().before_identify_hook(shard_id, initial=initial)
        await self._gate.take_turn(shard_id)
