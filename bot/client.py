"""The bot: its connection to Discord, and what its cogs need of the rest."""

import asyncio
import logging
import random
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.config import Settings
from bot.daily.content import DayContents
from bot.daily.posts import DailyPosts
from bot.errors import StateUnavailableError
from bot.interview.library.library import Library
from bot.picture import Pictures
from bot.process.clock import Clock
from bot.process.daily_quota import DailyQuota
from bot.process.edits import Edits
from bot.process.flood import Flood
from bot.process.gateway import wait_for_discord
from bot.process.identify_brake import Brake
from bot.process.in_flight import InFlight
from bot.process.member_names import MemberNames
from bot.process.metrics import Metrics
from bot.process.outages import Outages, Part
from bot.process.persistence import persist
from bot.state.state import State
from bot.text import SOURCE_LOCALE, plural, say
from bot.trivia.host import GameHost
from bot.trivia.practice import Practice
from bot.trivia.question_draw import QuestionDraw

log = logging.getLogger(__name__)

EXTENSIONS: Final = (
    "cogs.quote",
    "cogs.fact",
    "cogs.cast",
    "cogs.trivia",
    "cogs.leaderboard",
    "cogs.today",
    "cogs.interview",
    "cogs.saved",
    "cogs.settings",
    "cogs.schedule",
    "cogs.privacy",
    "cogs.help",
)
PERMISSIONS: Final = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
)


@dataclass(frozen=True, kw_only=True)
class Connection:
    """How the bot meets Discord: the doors of its commands, and what happens at each request.

    Without a brake sessions begin as often as they are asked for.
    """

    tree: type[app_commands.CommandTree[Any]]
    translator: app_commands.Translator
    http_trace: aiohttp.TraceConfig
    brake: Brake | None
    heartbeat_timeout: float


class Bot(commands.AutoShardedBot):
    """Encore, connected to Discord. What its cogs need are its attributes."""

    is_stopping = False
    # These show what they do through the bot, and so are given to it when it is there.
    game_host: GameHost
    daily_posts: DailyPosts

    def __init__(
        self,
        settings: Settings,
        connection: Connection,
        *,
        clock: Clock,
        outages: Outages,
        rng: random.Random,
        metrics: Metrics,
        library: Library,
        state: State,
        question_draw: QuestionDraw,
        practice: Practice,
        days: DayContents,
        in_flight: InFlight,
        flood: Flood,
        question_quota: DailyQuota,
        edits: Edits,
        names: MemberNames,
        pictures: Pictures,
    ) -> None:
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
            # The brake may hold a session back for longer than the library's own limit.
            shard_connect_timeout=None,
            shard_count=settings.shard_count,
            # None is what the library starts from, though its types leave it out.
            shard_ids=cast("list[int]", settings.shard_ids and list(settings.shard_ids)),
        )
        self.settings = settings
        self.clock = clock
        self.outages = outages
        self.rng = rng
        self.metrics = metrics
        self.library = library
        self.state = state
        self.question_draw = question_draw
        self.practice = practice
        self.days = days
        self.in_flight = in_flight
        self.flood = flood
        self.question_quota = question_quota
        self.edits = edits
        self.names = names
        self.pictures = pictures
        self.command_ids: Mapping[str, int] = {}
        self.translator = connection.translator
        self._tasks: list[asyncio.Task[None]] = []
        self._brake = connection.brake
        self._templates: list[re.Pattern[str]] = []

    async def load(self) -> None:
        """Make the commands ready; what they need of Discord comes later."""
        await self.tree.set_translator(self.translator)
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        if len(self.library.interviews) == 1:
            self._hide_option("interview")

    async def login(self, token: str) -> None:
        try:
            await super().login(token)
        except BaseException:
            # Each try opens a session of its own, over a connector that is closed with it.
            await self.http.close()
            self.http.connector = discord.utils.MISSING
            raise

    async def setup_hook(self) -> None:
        log.info("invite the bot to a server: %s", self.invite_url())
        # What nobody asks for; neither waits for the other.
        self._tasks = [
            asyncio.create_task(self._resume_games()),
            asyncio.create_task(self._post_daily()),
        ]

    async def launch_shards(self) -> None:
        await wait_for_discord(super().launch_shards, self.outages)

    async def connect(self, *, reconnect: bool = True) -> None:
        connecting = asyncio.create_task(super().connect(reconnect=reconnect))
        try:
            await asyncio.shield(connecting)
        finally:
            # While it connects anew the library takes a cancellation for its own, and goes on.
            while not connecting.done():
                connecting.cancel()
                await asyncio.wait({connecting}, timeout=0.1)

    @property
    def is_connected(self) -> bool:
        """Say whether members can be answered: with each shard there, and the servers known."""
        shards = self.shards.values()
        return self.is_ready() and not any(shard.is_closed() for shard in shards)

    def invite_url(self) -> str:
        return discord.utils.oauth_url(
            self.application_id or 0,
            permissions=PERMISSIONS,
            scopes=("bot", "applications.commands"),
        )

    def locale_of(self, guild_id: int) -> str:
        """Give the language that a server has chosen in Discord."""
        guild = self.get_guild(guild_id)
        return str(guild.preferred_locale) if guild else SOURCE_LOCALE

    def message(self, channel_id: int, message_id: int) -> discord.PartialMessage:
        """Give a message to edit, without having seen it."""
        return self.get_partial_messageable(channel_id).get_partial_message(message_id)

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        super().add_dynamic_items(*items)
        self._templates += [item.__discord_ui_compiled_template__ for item in items]

    def answers(self, custom_id: str) -> bool:
        """Say whether there is a button or select that answers to a custom id."""
        return any(template.fullmatch(custom_id) for template in self._templates)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        if self._brake is not None:
            await asyncio.sleep(self._brake.pause())
            self._brake.note()
        await super().before_identify_hook(shard_id, initial=initial)

    async def on_shard_connect(self, _shard_id: int) -> None:
        self.metrics.connected()

    async def on_ready(self) -> None:
        servers = plural("1 server", "{count} servers", len(self.guilds))
        log.info("ready as %s, in %s", self.user, say(servers))
        await persist(self._note_guilds, self.outages, Part.STATE)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        # The database has told it already; what was missed is noted when the bot is ready again.
        if not isinstance(sys.exception(), StateUnavailableError):
            await super().on_error(event_method, *args, **kwargs)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self.state.erasure.guild_is_back(guild.id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        # Discord sends this when the bot was removed, and something else in an outage.
        channel_ids = [place.id for place in (*guild.channels, *guild.threads)]
        await self.state.erasure.guild_left(guild.id, channel_ids)
        self.state.guild_settings.evict(guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await self.state.bags.forget_channels([channel.id])

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        # Those of a deleted channel too, which the library tells one by one.
        await self.state.bags.forget_channels([thread.thread_id])

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.daily_posts.close()
        await self.game_host.close()
        await self.edits.close()
        await self.pictures.close()
        await super().close()

    async def drain(self, seconds: float = 10.0) -> None:
        """Take nothing new and let what is being answered finish."""
        self.is_stopping = True
        await self.in_flight.drained(seconds)
        # What came meanwhile is refused with a sentence, which needs the connection as well.
        for shard in self.shards.values():
            await shard.disconnect()
        await self.in_flight.drained(seconds)

    async def _resume_games(self) -> None:
        await self.wait_until_ready()
        await self.game_host.resume(self.settings.is_ours)

    async def _post_daily(self) -> None:
        await self.wait_until_ready()
        await self.daily_posts.run()

    async def _note_guilds(self) -> None:
        """Note what servers the bot was removed from, and invited to again, while it was away."""
        erasure = self.state.erasure
        present = {guild.id for guild in self.guilds}
        for guild_id in await erasure.guilds() - present:
            if self.settings.is_ours(guild_id):
                await erasure.guild_left(guild_id)
        for guild_id in await erasure.left_guilds() & present:
            await erasure.guild_is_back(guild_id)

    def _hide_option(self, name: str) -> None:
        """Do not offer an option that has only one choice; commands then get its default."""
        for command in self.tree.get_commands():
            if isinstance(command, app_commands.Command):
                # The library has no public way to leave out a parameter of a command.
                command._params.pop(name, None)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


Interaction: TypeAlias = discord.Interaction[Bot]
