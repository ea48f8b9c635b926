"""The command /privacy."""

from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.ui.replies import reply
from cogs.privacy._buttons import own_privacy_card


class PrivacyCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    async def privacy(self, interaction: Interaction) -> None:
        """See, export or delete what I store about you, and choose your spoilers."""
        await reply(interaction, await own_privacy_card(interaction))
