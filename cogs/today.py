"""The quote, the fact and the question of the day."""

from time import time
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import UserError
from bot.interview.days import day_of
from bot.text import _
from bot.ui import options
from bot.ui.day import AnswerTodayButton, day_card
from bot.ui.reader import asker_of
from bot.ui.replies import reply

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]


class Today(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.autocomplete(interview=options.interviews)
    async def today(self, interaction: _Interaction, interview: str | None = None) -> None:
        """See the quote, the fact and the question of the day.

        Args:
            interaction: The interaction.
            interview: Which interview they are from
        """
        reader = await asker_of(interaction)
        chosen = self.bot.interview_for(reader, interview)
        card = await day_card(self.bot, chosen, reader, day_of(time()))
        if card is None:
            raise UserError(_("This interview has nothing to show yet."))
        await reply(interaction, card, is_private=reader.is_private)


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(AnswerTodayButton)
    await bot.add_cog(Today(bot))
