"""The command /cast."""

from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.interview.names import find_person
from bot.ui import options
from bot.ui.reader import asker_of, choose_interview
from bot.ui.replies import reply
from cogs.cast._buttons import PersonButton, page_about, page_of_people


class CastCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.autocomplete(person=options.people, interview=options.interviews)
    async def cast(
        self,
        interaction: Interaction,
        person: str | None = None,
        interview: str | None = None,
    ) -> None:
        """See who's who: roles, facts and quotes.

        Args:
            interaction: The interaction.
            person: Who to look up
            interview: Which interview
        """
        reader = await asker_of(interaction)
        chosen_interview = choose_interview(self.bot.library, reader, interview)
        if person is None:
            card = page_of_people(chosen_interview, reader, 0)
            await reply(interaction, card, is_private=reader.is_private)
            return
        with options.offering(lambda key, name: PersonButton(chosen_interview.slug, key, 0, name)):
            subject = find_person(chosen_interview, person)
        card = await page_about(self.bot, chosen_interview, reader, subject, 0)
        await reply(interaction, card, is_private=reader.is_private)
