"""The command /quote."""

from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.interview.audience import Reader
from bot.interview.model import Interview
from bot.interview.names import find_speaker
from bot.ui import options
from bot.ui.cards import Card
from bot.ui.quote_buttons import AnotherQuoteButton, drawn_quote_card, quote_buttons
from bot.ui.quote_cards import quote_card
from bot.ui.reader import asker_of, choose_interview
from bot.ui.replies import reply
from cogs.quote._buttons import Query, page_of_matches


class QuoteCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.autocomplete(
        find=options.quotes,
        speaker=options.speakers,
        topic=options.topics,
        interview=options.interviews,
    )
    async def quote(
        self,
        interaction: Interaction,
        find: str | None = None,
        speaker: str | None = None,
        topic: str | None = None,
        interview: str | None = None,
    ) -> None:
        """Get a quote from the interview, or find one.

        Args:
            interaction: The interaction.
            find: Words in it, or its number
            speaker: Who said it
            topic: What it is about
            interview: Which interview it is from
        """
        reader = await asker_of(interaction)
        chosen_interview = choose_interview(self.bot.library, reader, interview)
        slug = chosen_interview.slug
        with options.offering(lambda key, name: AnotherQuoteButton(slug, key, "", name)):
            key = find_speaker(chosen_interview, speaker).key if speaker else ""
        with options.offering(lambda topic, name: AnotherQuoteButton(slug, key, topic, name)):
            subject = options.topic_typed(self.bot.library, chosen_interview, topic, reader)
        number = options.quote_number(find or "")
        if find is None or not find.strip():
            card = await drawn_quote_card(interaction, chosen_interview, reader, key, subject)
        elif number is not None:
            card = await self._numbered(reader, chosen_interview, number)
        else:
            card = await page_of_matches(
                self.bot, chosen_interview, reader, Query(find, key, subject)
            )
        await reply(interaction, card, is_private=reader.is_private)

    async def _numbered(self, reader: Reader, interview: Interview, number: int) -> Card:
        quote = await self.bot.library.quote(interview.slug, number, reader.audience)
        return quote_card(quote, interview, reader, buttons=quote_buttons(quote))
