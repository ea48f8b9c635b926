"""The command /today."""

from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.process.utc_days import day_of
from bot.text import Text, _
from bot.ui import options
from bot.ui.day import day_card
from bot.ui.day_layout import own_streak, public_streak
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
        day = day_of(self.bot.clock.now())
        streak = await self._streak(interaction, reader, chosen_interview.slug, day)
        card = await day_card(self.bot, chosen_interview, reader, day, streak=streak)
        if card is None:
            raise UserError(_("This interview has nothing to show yet."))
        await reply(interaction, card, is_private=reader.is_private)

    async def _streak(
        self, interaction: Interaction, reader: Reader, slug: str, day: int
    ) -> Text | None:
        """Tell of a member's streak, in public only of those whom boards show."""
        user_id, guild_id = interaction.user.id, interaction.guild_id
        streak = await self.bot.state.questions.streak(user_id, slug, day)
        if reader.is_private or guild_id is None:
            return own_streak(streak)
        if (await self.bot.state.scores.hiding(guild_id, user_id)).is_hidden:
            return None
        return public_streak(user_id, streak)
