"""The command /help."""

from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.text import Text
from bot.ui.permissions import may_manage
from bot.ui.reader import interview_of, reader_of
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
            if isinstance(command, app_commands.Command)
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
