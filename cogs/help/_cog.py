"""The command /help."""

from typing import Any

from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.text import Text
from bot.ui.permissions import may_manage
from bot.ui.reader import interview_of, is_guest, reader_of
from bot.ui.replies import reply
from cogs.help._cards import help_card


class HelpCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    async def help(self, interaction: Interaction) -> None:
        """See the commands, and where the words come from."""
        reader = await reader_of(interaction, is_private=True)
        descriptions = {
            command.name: Text(command.description, {})
            for command in self.bot.tree.get_commands()
            if isinstance(command, app_commands.Command) and _can_be_used(command, interaction)
        }
        library = self.bot.library
        card = help_card(
            descriptions,
            self.bot.command_ids,
            [interview_of(library, slug, reader) for slug in library.interviews],
            reader,
            is_manager=may_manage(interaction),
        )
        await reply(interaction, card)


def _can_be_used(command: app_commands.Command[Any, ..., Any], interaction: Interaction) -> bool:
    """Say whether a member can use a command here; what a server changed about it nobody tells."""
    if interaction.guild_id is None:
        return command.allowed_contexts is None or command.allowed_contexts.dm_channel is True
    if is_guest(interaction):
        return command.allowed_installs is None or command.allowed_installs.user is True
    needed = command.default_permissions
    return needed is None or needed <= interaction.permissions
