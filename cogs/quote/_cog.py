"""The command /quote."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.interview.model import Interview
from bot.interview.names import find_speaker
from bot.text import _
from bot.ui import options
from bot.ui.markdown import plain
from bot.ui.quote_buttons import AnotherQuoteButton, drawn_quote_card, full_quote_card
from bot.ui.reader import asker_of, choose_interview
from bot.ui.replies import OfferError, reply
from cogs.quote._answering import answer_with_quote
from cogs.quote._buttons import Query, page_of_matches


class QuoteCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        # The decorator for menus does not work inside a class.
        self._menu = app_commands.ContextMenu(name="Answer with a quote", callback=self._answer)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

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
            find: Words from it, or its number
            speaker: Who said it
            topic: What it's about
            interview: Which interview
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
            self._check_filter(reader, chosen_interview, key, subject)
            card = await drawn_quote_card(interaction, chosen_interview, reader, key, subject)
        elif number is not None:
            quote = await self.bot.library.quote(slug, number, reader.audience)
            drawn_by = (key, subject)
            card = await full_quote_card(
                interaction, quote, chosen_interview, reader, topic=subject, drawn_by=drawn_by
            )
        else:
            query = Query(find, key, subject)
            card = await page_of_matches(interaction, chosen_interview, reader, query)
        await reply(interaction, card, is_private=reader.is_private)

    async def _answer(self, interaction: Interaction, message: discord.Message) -> None:
        await answer_with_quote(interaction, message)

    def _check_filter(self, reader: Reader, interview: Interview, key: str, topic: str) -> None:
        """Raise OfferError where a speaker says nothing on a topic: either alone has quotes."""
        slug, library = interview.slug, self.bot.library
        both = library.facet(slug, "quote", person=key, topic=topic, audience=reader.audience)
        if both is not None or not (key and topic):
            return
        name = interview.people_by_key[key].name
        about = interview.topic_name(topic)
        error = UserError(
            _("{name} says nothing about {topic}.", name=plain(name), topic=plain(about)),
            _("Try one without the other:"),
        )
        offers = [
            AnotherQuoteButton(slug, key, "", _("More by {name}", name=name.split()[0])),
            AnotherQuoteButton(slug, "", topic, _("More on {topic}", topic=about)),
        ]
        raise OfferError(error, offers)
