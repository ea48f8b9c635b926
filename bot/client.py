"""The bot: what it is made of, and how it meets Discord."""

import asyncio
import hashlib
import json
import logging
import random
import re
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any, Final, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.config import Settings
from bot.daily.content import DayContents
from bot.errors import UserError
from bot.interview.library.library import Library
from bot.interview.model import Interview
from bot.interview.names import find_interview
from bot.picture import Pictures
from bot.process import discord_api
from bot.process.clock import Clock
from bot.process.edits import Edits
from bot.process.flood import Flood
from bot.process.identify_brake import Brake
from bot.process.in_flight import InFlight
from bot.process.member_names import Names
from bot.process.metrics import SILENT, Metrics, Outcome
from bot.state.command_sync import SyncRecord
from bot.state.database import Database
from bot.state.state import State
from bot.text import SOURCE_LOCALE, _
from bot.trivia.practice import Practice
from bot.trivia.question_draw import QuestionDraw
from bot.ui.gamemaster import GameMaster
from bot.ui.posting import DailyPosts
from bot.ui.reader import Reader
from bot.ui.replies import note_answer, reply_to_error
from bot.ui.translator import CommandTranslator

log = logging.getLogger(__name__)

EXTENSIONS: Final = (
    "cogs.quotes",
    "cogs.cast",
    "cogs.trivia",
    "cogs.games",
    "cogs.leaderboard",
    "cogs.today",
    "cogs.interview",
    "cogs.saved",
    "cogs.server",
    "cogs.schedule",
    "cogs.privacy",
    "cogs.about",
)
PERMISSIONS: Final = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
)


class Tree(app_commands.CommandTree["Bot"]):
    """The commands; their failures become sentences in `reply_to_error`."""

    async def interaction_check(self, interaction: discord.Interaction["Bot"], /) -> bool:
        self.client.in_flight.add_current()
        interaction.extras["began"] = perf_counter()
        if self.client.is_stopping:
            await reply_to_error(
                interaction, UserError(_("I am being restarted. Try again in a minute."))
            )
        return not self.client.is_stopping

    async def on_error(
        self, interaction: discord.Interaction["Bot"], error: app_commands.AppCommandError, /
    ) -> None:
        if interaction.type is not discord.InteractionType.autocomplete:
            await reply_to_error(interaction, error)


class Bot(commands.AutoShardedBot):
    """Encore, connected to Discord. What its cogs need are its attributes."""

    is_stopping = False

    def __init__(
        self,
        settings: Settings,
        library: Library,
        database: Database,
        metrics: Metrics = SILENT,
    ) -> None:
        self.clock = Clock()
        self.daily_posts = DailyPosts(self)
        self.metrics = metrics
        super().__init__(
            # Only slash commands: nothing is read from messages.
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
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
            http_trace=discord_api.trace(self.daily_posts.take_turn, self.clock.look),
            shard_count=settings.shard_count,
            # None is what the library starts from, though its types leave it out.
            shard_ids=cast("list[int]", settings.shard_ids and list(settings.shard_ids)),
        )
        self.settings = settings
        self.library = library
        self.state = State.of(
            database,
            self.clock.now,
            shard_count=settings.shard_count,
            shard_ids=settings.shard_ids,
        )
        self.bags = self.state.bags
        self.questions = self.state.questions
        self.games = self.state.games
        self.scores = self.state.scores
        self.guild_settings = self.state.guild_settings
        self.members = self.state.members
        self.saved, self.reports = self.state.saved, self.state.reports
        self.forgetting = self.state.erasure
        self.schedules = self.state.schedules
        self.command_sync = self.state.command_sync
        self.flood = Flood()
        self.in_flight = InFlight()
        self.rng = random.Random()
        self.daily = DayContents(library)
        self.asking = QuestionDraw(library, self.bags, self.rng)
        self.practice = Practice(self.asking.making, self.scores, self.rng)
        self.names = Names()
        self.gamemaster = GameMaster(self)
        self.edits = Edits()
        self.pictures = Pictures()
        self.command_ids: Mapping[str, int] = {}
        # A loopback Discord resets no tokens, and is started again with each edit of a pack.
        self.brake = None if settings.api_url else Brake(settings.data_dir / "identifies")
        self._templates: list[re.Pattern[str]] = []

    async def setup_hook(self) -> None:
        translator = CommandTranslator()
        await self.tree.set_translator(translator)
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        if len(self.library.interviews) == 1:
            self._hide_option("interview")
        await self._sync_commands(translator)
        log.info("invite the bot to a server: %s", self.invite_url())

    def invite_url(self) -> str:
        return discord.utils.oauth_url(
            self.application_id or 0,
            permissions=PERMISSIONS,
            scopes=("bot", "applications.commands"),
        )

    async def on_app_command_completion(
        self,
        interaction: discord.Interaction["Bot"],
        _command: app_commands.Command[Any, ..., Any] | app_commands.ContextMenu,
    ) -> None:
        note_answer(interaction, Outcome.OK)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        if self.brake is not None:
            await asyncio.sleep(self.brake.begin())
        await super().before_identify_hook(shard_id, initial=initial)

    async def on_shard_connect(self, _shard_id: int) -> None:
        self.metrics.connected()

    async def on_ready(self) -> None:
        log.info("ready as %s, in %d servers", self.user, len(self.guilds))

    def add_dynamic_items(self, *items: type[discord.ui.DynamicItem[Any]]) -> None:
        super().add_dynamic_items(*items)
        self._templates += [item.__discord_ui_compiled_template__ for item in items]

    async def on_interaction(self, interaction: discord.Interaction["Bot"]) -> None:
        """Answer a press on what no version knows any more; the library would say nothing."""
        if interaction.type is not discord.InteractionType.component:
            return
        custom_id = str((interaction.data or {}).get("custom_id", ""))
        if not any(template.fullmatch(custom_id) for template in self._templates):
            gone = _("This button is from another version of me. Type the command again.")
            await reply_to_error(interaction, UserError(gone))

    def interview(self, slug: str, reader: Reader | None = None) -> Interview:
        """Find an interview by the slug in a custom id; raises UserError when it was removed.

        For a reader it is in their language, as far as it is translated.
        """
        try:
            return self.library.interview(slug, reader.locale if reader else SOURCE_LOCALE)
        except KeyError:
            raise UserError(
                _("That interview is no longer here."), _("Type the command again.")
            ) from None

    def interview_for(self, reader: Reader, typed: str | None = None) -> Interview:
        """Give the interview that was typed, else the server's, else the first; see `interview`."""
        known = self.library.interviews
        if typed:
            return self.interview(find_interview(known, typed).slug, reader)
        return self.interview(
            reader.interview if reader.interview in known else next(iter(known)), reader
        )

    def interview_typed(self, reader: Reader, typed: str | None) -> Interview:
        """Give the interview for autocomplete, where what was typed may be half a name."""
        try:
            return self.interview_for(reader, typed)
        except UserError:
            return self.interview_for(reader)

    def is_ours(self, guild_id: int) -> bool:
        """Say whether this process looks after a server, or what is outside of servers."""
        if not self.settings.shard_ids:
            return True
        return (guild_id >> 22) % (self.shard_count or 1) in self.settings.shard_ids

    async def close(self) -> None:
        await self.gamemaster.close()
        await self.edits.close()
        await self.pictures.close()
        await super().close()

    async def drain(self, seconds: float = 10.0) -> None:
        """Take nothing new and let what is being answered finish."""
        self.is_stopping = True
        await self.in_flight.drained(seconds)

    def _hide_option(self, name: str) -> None:
        """Do not offer an option that has only one choice; commands then get its default."""
        for command in self.tree.get_commands():
            if isinstance(command, app_commands.Command):
                # The library has no public way to leave out a parameter of a command.
                command._params.pop(name, None)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

    async def _sync_commands(self, translator: CommandTranslator) -> None:
        """Register the commands where ours, the application or what Discord has differs."""
        guild_id = self.settings.dev_guild_id or 0
        guild = discord.Object(guild_id) if guild_id else None
        if guild is not None:
            self.tree.copy_global_to(guild=guild)
        ours = _digest(
            [
                await command.get_translated_payload(self.tree, translator)
                for command in self.tree.get_commands()
            ]
        )
        application_id = self.application_id or 0
        registered = await self.tree.fetch_commands(guild=guild)
        known = await self.command_sync.find(application_id, guild_id)
        if known != SyncRecord(ours, _registered_digest(registered)):
            registered = await self.tree.sync(guild=guild)
            record = SyncRecord(ours, _registered_digest(registered))
            await self.command_sync.put(application_id, guild_id, record)
            log.info("registered %d commands with Discord", len(registered))
        self.command_ids = {command.name: command.id for command in registered}


def _digest(value: object) -> str:
    canonical = json.dumps(value, sort_keys=True, default=str)
    return hashlib.blake2b(canonical.encode(), digest_size=16).hexdigest()


def _registered_digest(registered: Sequence[app_commands.AppCommand]) -> str:
    payloads = [_untranslated(command.to_dict()) for command in registered]
    return _digest(sorted(payloads, key=lambda one: one["name"]))


def _untranslated(value: Any) -> Any:
    """Leave out translations, which Discord does not give with its list of commands."""
    if isinstance(value, list):
        return [_untranslated(one) for one in cast("list[Any]", value)]
    if isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        return {
            name: _untranslated(one)
            for name, one in fields.items()
            if not name.endswith("_localizations")
        }
    return value
