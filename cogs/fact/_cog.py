"""The command /fact."""

from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.interview.names import find_person
from bot.ui import options
from bot.ui.reader import asker_of, choose_interview
from bot.ui.replies import reply
from cogs.fact._buttons import AnotherFactButton, drawn_fact_card


class FactCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.autocomplete(
        person=options.people, topic=options.topics, interview=options.interviews
    )
    async def fact(
        self,
        interaction: Interaction,
        person: str | None = None,
        topic: str | None = None,
        interview: str | None = None,
    ) -> None:
        """Get a fact about the cast or the series, with its source.

        Args:
            interaction: The interaction.
            person: Who it's about
            topic: What it's about
            interview: Which interview
        """
        reader = await asker_of(interaction)
        chosen_interview = choose_interview(self.bot.library, reader, interview)
        slug = chosen_interview.slug
        with options.offering(lambda key, name: AnotherFactButton(slug, key, "", name)):
            key = find_person(chosen_interview, person).key if person else ""
        with options.offering(lambda topic, name: AnotherFactButton(slug, key, topic, name)):
            subject = options.topic_typed(self.bot.library, chosen_interview, topic, reader)
        card = await drawn_fact_card(interaction, chosen_interview, reader, key, subject)
        await reply(interaction, card, is_private=reader.is_private)
