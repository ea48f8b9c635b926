"""Who may do what in a server."""

from typing import Final

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.text import Text, _

_NEEDED: Final = {
    "view_channel": _("View Channel"),
    "send_messages": _("Send Messages"),
}
_NEEDED_IN_THREADS: Final = {
    "view_channel": _("View Channel"),
    "send_messages_in_threads": _("Send Messages in Threads"),
}
_NEEDED_FOR_THREADS: Final = {
    "create_public_threads": _("Create Public Threads"),
    "send_messages_in_threads": _("Send Messages in Threads"),
}


def may_manage(interaction: Interaction) -> bool:
    """Say whether a member manages the server, of which the bot is one too."""
    return interaction.is_guild_integration() and interaction.permissions.manage_guild


def may_moderate(interaction: Interaction) -> bool:
    """Say whether a member keeps order in the server, of which the bot is one too."""
    permissions = interaction.permissions
    return interaction.is_guild_integration() and (
        permissions.manage_guild or permissions.manage_messages or permissions.moderate_members
    )


def check_may_change_boards(interaction: Interaction) -> None:
    """Raise UserError unless a member keeps order in the server."""
    if not may_moderate(interaction):
        raise UserError(_("Only moderators can change who's on the boards."), _("Ask one of them."))


def check_can_post(
    interaction: Interaction, allowed: discord.Permissions, *, is_thread: bool, where: str
) -> None:
    """Raise UserError that names what the bot may not do where it is to post."""
    remedy = (
        _("Give it to me in the settings of that channel.")
        if may_manage(interaction)
        else _("A server admin can give it to me.")
    )
    needed = _NEEDED_IN_THREADS if is_thread else _NEEDED
    for name, words in needed.items():
        if not getattr(allowed, name):
            raise UserError(
                _("I need the permission {permission} in {where}.", permission=words, where=where),
                remedy,
            )


def lacking_for_threads(allowed: discord.Permissions) -> Text | None:
    """Name a permission that the bot lacks to open threads and write in them; None where none."""
    lacking = (words for name, words in _NEEDED_FOR_THREADS.items() if not getattr(allowed, name))
    return next(lacking, None)


def why_no_thread(channel: discord.abc.GuildChannel | discord.Thread) -> Text | None:
    """Say why a post in a channel can have no thread of its own; None where it can."""
    if not isinstance(channel, discord.TextChannel):
        return _("It comes without a thread, since it's in one already.")
    lacking = lacking_for_threads(channel.permissions_for(channel.guild.me))
    return lacking and _(
        "It comes without a thread until I have the permission {permission} there.",
        permission=lacking,
    )


def check_may_manage(interaction: Interaction) -> None:
    """Raise UserError unless a member manages the server; a button asks for itself."""
    if not may_manage(interaction):
        raise UserError(_("You need the Manage Server permission for that."), _("Ask an admin."))


def check_quota(interaction: Interaction) -> None:
    """Count a question that a member wants; raises UserError where it was too many today.

    Each is kept for a month, so that its buttons answer.
    """
    quota = interaction.client.question_quota
    if not quota.admits(interaction.user.id):
        raise UserError(
            _("That's {count} questions today, the most I can ask one member.", count=quota.limit),
            _("Come back <t:{at}:R>, or join a game any time.", at=quota.renewed_at()),
        )
