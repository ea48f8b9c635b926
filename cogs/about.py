"""What the bot can do, and where its words come from."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.text import Text
from bot.ui.help import help_card
from bot.ui.permissions import may_manage
from bot.ui.reader import reader_of
from bot.ui.replies import reply

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]


class About(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    @app_commands.command()
    async def help(self, interaction: _Interaction) -> None:
        """See the commands, and where the words come from."""
        reader = await reader_of(interaction, is_private=True)
        commands_known = {
            command.name: Text(command.description, {})
            for command in self.bot.tree.get_commands()
            if isinstance(command, app_commands.Command)
        }
        card = help_card(
            commands_known,
            self.bot.command_ids,
            [self.bot.interview(slug, reader) for slug in self.bot.library.interviews],
            reader,
            is_manager=may_manage(interaction),
        )
        await reply(interaction, card)


async def setup(bot: "Bot") -> None:
    await bot.add_cog(About(bot))
