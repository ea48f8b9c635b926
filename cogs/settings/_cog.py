"""The command /settings."""

from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.ui.permissions import check_may_manage
from bot.ui.replies import reply
from cogs.settings._buttons import panel


class SettingsCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        """Choose what I show in this server, and where."""
        check_may_manage(interaction)
        await reply(interaction, await panel(interaction))
