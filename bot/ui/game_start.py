"""Starting a game: who may, where it can be played, and what is said of it."""

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.state.game import Setup
from bot.state.guild_settings import MODERATORS
from bot.text import _
from bot.trivia.question_draw import QuestionFilter
from bot.ui.game_cards import opening_card
from bot.ui.permissions import check_can_post, may_moderate
from bot.ui.reader import (
    asker_of,
    channel_ids,
    interview_of,
    is_guest,
    noted_channel_id,
    reader_of,
)
from bot.ui.replies import reply


async def start_game(
    interaction: Interaction,
    slug: str,
    rounds: int,
    only: QuestionFilter,
    *,
    seconds: int | None = None,
    is_calm: bool | None = None,
) -> None:
    """Start a game in the channel of an interaction; raises UserError where that cannot be.

    So it is where the interview was removed, since a button may be older than the packs.
    """
    interview_of(interaction.client.library, slug, await reader_of(interaction, is_private=False))
    await check_may_start(interaction)
    reader = await asker_of(interaction)
    if reader.is_private:
        raise UserError(_("There were many answers here just now."), _("Try again in a minute."))
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
    )
    await _start(interaction, slug, setup)


async def check_may_start(interaction: Interaction) -> None:
    """Raise UserError where a member may not start a game, or the bot could not lead it."""
    if is_guest(interaction) or interaction.context.private_channel:
        raise UserError(
            _("A game needs me as a member of the server."),
            _("One question works everywhere: /trivia without rounds."),
        )
    if interaction.guild_id is None:
        return
    settings = await interaction.client.state.guild_settings.get(interaction.guild_id)
    if not settings.allows_public(channel_ids(interaction)):
        raise UserError(
            _("This server wants no public answers in this channel."),
            _("Try another one, or one question: /trivia without rounds."),
        )
    is_allowed = may_moderate(interaction) or _has_role(interaction, settings.games)
    if settings.games and not is_allowed:
        who = (
            _("Only moderators may start games here.")
            if settings.games == MODERATORS
            else _("Only members with the role <@&{role}> may start games.", role=settings.games)
        )
        raise UserError(who, _("One question is for everybody: /trivia without rounds."))
    check_can_post(
        interaction.app_permissions,
        is_thread=isinstance(interaction.channel, discord.Thread),
        where=f"<#{interaction.channel_id}>",
    )


async def _start(interaction: Interaction, slug: str, setup: Setup) -> None:
    bot, user_id = interaction.client, interaction.user.id
    place = await noted_channel_id(interaction), interaction.guild_id or 0
    game_id = await bot.game_host.start(*place, user_id, slug, setup)
    try:
        reader = await reader_of(interaction, is_private=False)
        starter_id = await _shown_starter(interaction)
        await reply(interaction, opening_card(setup, starter_id, reader), is_private=False)
    finally:
        # Whether or not the opening was shown: the game is there.
        bot.game_loop.lead(game_id)


async def _shown_starter(interaction: Interaction) -> int | None:
    """Give who starts a game, unless they are named in nothing that the server reads."""
    guild_id, user_id = interaction.guild_id, interaction.user.id
    if guild_id is None:
        return user_id
    hiding = await interaction.client.state.scores.hiding(guild_id, user_id)
    return None if hiding.is_hidden else user_id


def _has_role(interaction: Interaction, role_id: str) -> bool:
    user = interaction.user
    return isinstance(user, discord.Member) and any(str(role.id) == role_id for role in user.roles)
