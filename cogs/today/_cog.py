"""The command /today."""

from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.errors import UserError
from bot.process.utc_days import day_of
from bot.text import _
from bot.ui import options
from bot.ui.day import day_card
from bot.ui.reader import asker_of, choose_interview
from bot.ui.replies import reply


class TodayCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.autocomplete(interview=options.interviews)
    async def today(self, interaction: Interaction, interview: str | None = None) -> None:
        """See the quote, the fact and the question of the day.

        Args:
            interaction: The interaction.
            interview: Which interview they are from
        """
        reader = await asker_of(interaction)
        chosen_interview = choose_interview(self.bot.library, reader, interview)
        card = await day_card(self.bot, chosen_interview, reader, day_of(self.bot.clock.now()))
        if card is None:
            raise UserError(_("This interview has nothing to show yet."))
        await reply(interaction, card, is_private=reader.is_private)
