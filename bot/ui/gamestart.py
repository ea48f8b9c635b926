"""Who may start a game, and where it can be played."""

from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.errors import UserError
from bot.state.guild_settings import MODERATORS
from bot.text import _
from bot.ui.permissions import check_can_post, may_moderate
from bot.ui.reader import channel_ids, is_guest

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction: TypeAlias = "discord.Interaction[Bot]"


async def check_may_start(interaction: _Interaction) -> None:
    """Raise UserError where a member may not start a game, or the bot could not lead it."""
    if is_guest(interaction) or interaction.context.private_channel:
        raise UserError(
            _("A game needs me as a member of the server."),
            _("One question works everywhere: /trivia without rounds."),
        )
    if interaction.guild_id is None:
        return
    settings = await interaction.client.guild_settings.get(interaction.guild_id)
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


def _has_role(interaction: _Interaction, wanted: str) -> bool:
    user = interaction.user
    return isinstance(user, discord.Member) and any(str(role.id) == wanted for role in user.roles)
