"""The bot: what its cogs need, what it does at a start, at events and at an end."""

import asyncio
import logging
import random
import sys
from collections.abc import Mapping
from functools import partial
from typing import Any, Final, TypeAlias

import discord
from discord import app_commands

from bot.client.connection import Connection, DiscordClient
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
from bot.process.in_flight import InFlight
from bot.process.member_names import MemberNames
from bot.process.metrics import Metrics
from bot.process.outages import Outages, Part
from bot.process.persistence import persist
from bot.process.receipts import Receipts
from bot.process.tasks import cancel
from bot.state.state import State
from bot.text import plural, say
from bot.trivia.duel.duel_host import DuelHost
from bot.trivia.duel.duel_loop import DuelLoop
from bot.trivia.game.game_loop import GameLoop
from bot.trivia.game.host import GameHost
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


class Bot(DiscordClient):
    """Encore: what its cogs need are its attributes."""

    is_stopping = False
    # These show what they do through the bot, and so are given to it when it is there.
    game_host: GameHost
    game_loop: GameLoop
    daily_posts: DailyPosts
    duel_host: DuelHost
    duel_loop: DuelLoop

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
        receipts: Receipts,
        names: MemberNames,
        pictures: Pictures,
    ) -> None:
        super().__init__(settings, connection, outages)
        self.clock = clock
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
        self.receipts = receipts
        self.names = names
        self.pictures = pictures
        self.command_ids: Mapping[str, int] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def load(self) -> None:
        """Make the commands ready; what they need of Discord comes later."""
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        if len(self.library.interviews) == 1:
            self._hide_option("interview")

    async def setup_hook(self) -> None:
        # What nobody asks for; none waits for another.
        self._tasks = [
            asyncio.create_task(self._resume_games()),
            asyncio.create_task(self._post_daily()),
            asyncio.create_task(self._end_duels()),
        ]

    async def on_shard_connect(self, _shard_id: int) -> None:
        self.metrics.connected()

    async def on_ready(self) -> None:
        servers = plural("1 server", "{count} servers", len(self.guilds))
        log.info("ready as %s, in %s", self.user, say(servers))
        present = {guild.id for guild in self.guilds}
        note = partial(self.state.erasure.note_guilds, present, self.settings.is_ours)
        await persist(note, self.outages, Part.STATE)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        # The database has told it already, or is closed by now; what was missed is noted when the
        # bot is ready again.
        if not (self.is_closed() or isinstance(sys.exception(), StateUnavailableError)):
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
        await cancel(self._tasks)
        await self.daily_posts.close()
        await self.game_loop.close()
        await self.duel_loop.close()
        await self.edits.close()
        await self.receipts.close()
        await self.pictures.close()
        await super().close()

    async def __aexit__(self, *error: Any) -> None:
        try:
            await super().__aexit__(*error)
        finally:
            # Only here nothing is drawn any more: the library also closes by itself.
            await self.state.bags.close()
            await self.state.day_sums.close()

    async def drain(self, seconds: float = 10.0) -> None:
        """Take nothing new and let what is being answered finish."""
        self.is_stopping = True
        await self.in_flight.drained(seconds)
        # What came meanwhile is refused with a sentence, which needs the connection as well.
        await self.leave_gateway()
        await self.in_flight.drained(seconds)

    async def _resume_games(self) -> None:
        await self.wait_until_ready()
        await self.game_loop.resume(self.settings.is_ours)

    async def _post_daily(self) -> None:
        await self.wait_until_ready()
        await self.daily_posts.run()

    async def _end_duels(self) -> None:
        await self.wait_until_ready()
        await self.duel_loop.run()

    def _hide_option(self, name: str) -> None:
        """Do not offer an option that has only one choice; commands then get its default."""
        for command in self.tree.get_commands():
            if isinstance(command, app_commands.Command):
                # The library has no public way to leave out a parameter of a command.
                command._params.pop(name, None)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


Interaction: TypeAlias = discord.Interaction[Bot]
