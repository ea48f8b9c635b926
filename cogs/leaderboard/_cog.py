"""The command /leaderboard."""

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.state.periods import Period
from bot.ui import options
from bot.ui.replies import reply
from cogs.leaderboard._buttons import (
    board_of,
    first_of,
    reader_of_board,
    reader_of_stats,
    stats_of,
)
from cogs.leaderboard._cards import PERIODS


class LeaderboardCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.choices(period=options.choices(PERIODS))
    async def leaderboard(
        self,
        interaction: Interaction,
        period: app_commands.Choice[str] | None = None,
        member: discord.User | None = None,
    ) -> None:
        """See who has the most trivia points in this server.

        Args:
            interaction: The interaction.
            period: This week, this month or all time
            member: Whose stats to see
        """
        if member is None:
            since = Period(period.value) if period else Period.WEEK
            reader, first = await asyncio.gather(
                reader_of_board(interaction), first_of(interaction, since)
            )
            card = await board_of(interaction, since, first, reader)
        else:
            reader = await reader_of_stats(interaction, member.id)
            card = await stats_of(interaction, member.id, reader)
        await reply(interaction, card, is_private=reader.is_private)
