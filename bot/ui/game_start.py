"""Starting a game: who may, and where it can be played."""

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.state.game import Setup
from bot.state.guild_settings import MODERATORS
from bot.text import _
from bot.trivia.question_draw import QuestionFilter
from bot.ui.permissions import check_can_post, lacking_for_threads, may_moderate
from bot.ui.reader import (
    channel_ids,
    interview_of,
    is_guest,
    noted_channel_id,
    public_asker,
    reader_of,
)


async def start_game(
    interaction: Interaction,
    slug: str,
    rounds: int,
    only: QuestionFilter,
    *,
    seconds: int | None = None,
    is_calm: bool | None = None,
    thread_of: int | None = None,
) -> Setup:
    """Start a game where an interaction came from; raises UserError where that cannot be.

    So it is where the interview was removed, since a button may be older than the packs. A thread
    in which a game was played goes on with what is new in the channel that it is a `thread_of`.
    """
    interview_of(interaction.client.library, slug, await reader_of(interaction, is_private=False))
    await check_may_start(interaction)
    reader = await public_asker(interaction)
    settings = await interaction.client.state.guild_settings.get(interaction.guild_id)
    audience = reader.audience.for_game()
    setup = Setup(
        rounds,
        settings.seconds if seconds is None else seconds,
        settings.is_calm and seconds is None if is_calm is None else is_calm,
        only.kind,
        only.difficulty,
        audience.plain,
        audience.allows_mature,
        has_lobby=interaction.guild_id is not None,
        in_thread=thread_of is None and settings.has_threads and _can_open_thread(interaction),
    )
    await _start(interaction, slug, setup, thread_of)
    return setup


async def check_may_start(interaction: Interaction) -> None:
    """Raise UserError where a member may not start a game, or the bot could not lead it."""
    if is_guest(interaction) or interaction.context.private_channel:
        raise UserError(
            _("I can only run games in servers I've joined."),
            _("A single question works anywhere: /trivia without rounds."),
        )
    if interaction.guild_id is None:
        return
    settings = await interaction.client.state.guild_settings.get(interaction.guild_id)
    if not settings.allows_public(channel_ids(interaction)):
        raise UserError(
            _("This server keeps my answers private in this channel."),
            _("Try another channel, or a single question: /trivia without rounds."),
        )
    is_allowed = may_moderate(interaction) or _has_role(interaction, settings.games)
    if settings.games and not is_allowed:
        who = (
            _("Only moderators can start games here.")
            if settings.games == MODERATORS
            else _("You need the role <@&{role}> to start games.", role=settings.games)
        )
        raise UserError(who, _("Anyone can ask a single question: /trivia without rounds."))
    check_can_post(
        interaction,
        interaction.app_permissions,
        is_thread=isinstance(interaction.channel, discord.Thread),
        where=f"<#{interaction.channel_id}>",
    )


async def _start(interaction: Interaction, slug: str, setup: Setup, thread_of: int | None) -> None:
    bot, guild_id = interaction.client, interaction.guild_id or 0
    channel_id, thread_id = await noted_channel_id(interaction), None
    if thread_of is not None:
        channel_id, thread_id = thread_of, channel_id
    starter_id = interaction.user.id
    bot.game_loop.lead(
        await bot.game_host.start(channel_id, guild_id, starter_id, slug, setup, thread_id)
    )


def _can_open_thread(interaction: Interaction) -> bool:
    is_allowed = lacking_for_threads(interaction.app_permissions) is None
    return is_allowed and isinstance(interaction.channel, discord.TextChannel)


def _has_role(interaction: Interaction, role_id: str) -> bool:
    user = interaction.user
    return isinstance(user, discord.Member) and any(str(role.id) == role_id for role in user.roles)
