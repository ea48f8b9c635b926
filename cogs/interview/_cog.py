"""The command /interview."""

from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.ui import options
from bot.ui.reader import asker_of, choose_interview
from bot.ui.replies import reply
from cogs.interview._buttons import page_of
from cogs.interview._cards import page_name


class InterviewCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.autocomplete(interview=options.interviews)
    async def interview(
        self,
        interaction: Interaction,
        question: app_commands.Range[int, 0] = 0,
        interview: str | None = None,
    ) -> None:
        """Read the interview, question by question.

        Args:
            interaction: The interaction.
            question: The number of a question; 0 is the introduction
            interview: Which interview
        """
        reader = await asker_of(interaction)
        chosen_interview = choose_interview(self.bot.library, reader, interview)
        card = await page_of(self.bot.library, chosen_interview, question, reader)
        await reply(interaction, card, is_private=reader.is_private)

    @interview.autocomplete("question")
    async def _complete_question(
        self, interaction: Interaction, typed: str
    ) -> list[app_commands.Choice[int]]:
        reader, interview = await options.typed_to(interaction)
        numbers = {page_name(exchange, reader): exchange.number for exchange in interview.exchanges}
        return [
            app_commands.Choice(name=choice.name, value=numbers[choice.value])
            for choice in options.matching(tuple(numbers), typed)
        ]
