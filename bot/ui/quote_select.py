"""A select of quotes, each opened privately."""

from collections.abc import Sequence

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.interview.model import Interview, Quote
from bot.letters import label, one_line
from bot.text import _
from bot.ui.custom_ids import ANY_TOPIC, SLUG, CustomId
from bot.ui.excerpts import begun_at
from bot.ui.options import quote_number
from bot.ui.quote_buttons import full_quote_card
from bot.ui.reader import interview_of, reader_of
from bot.ui.replies import reply
from bot.ui.views import MAX_OPTION, PersistentSelect, select


class OpenQuoteSelect(PersistentSelect, schema=CustomId("quote:open", slug=SLUG, topic=ANY_TOPIC)):
    """Opens one of the quotes of a list, privately: the list stays."""

    placeholder = _("Open a quote\u2026")

    def __init__(
        self, slug: str, topic: str = "", options: Sequence[discord.SelectOption] = ()
    ) -> None:
        super().__init__(select(self.schema.build(slug=slug, topic=topic), options))
        self.slug = slug
        self.topic = topic

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        number = number_chosen(values)
        library = interaction.client.library
        reader = await reader_of(interaction, is_private=True)
        interview = interview_of(library, self.slug, reader)
        quote = await library.quote(interview.slug, number, reader.audience)
        card = await full_quote_card(interaction, quote, interview, reader, topic=self.topic)
        await reply(interaction, card)


def quote_option(
    quote: Quote,
    interview: Interview,
    reader: Reader,
    words: frozenset[str] = frozenset(),
    value: str = "",
) -> discord.SelectOption:
    """Offer a quote by its words, and then its speaker and number; of a spoiler by its number."""
    number = f"#{quote.number}"
    value = value or str(quote.number)
    if reader.audience.veils(quote.spoiler):
        name = reader.say(_("{number} · spoiler", number=number))
        return discord.SelectOption(label=name, value=value)
    speaker = interview.people_by_key[quote.speaker].name
    return discord.SelectOption(
        label=begun_at(words, one_line(quote.text), MAX_OPTION),
        description=label(f"{speaker} · {number}", MAX_OPTION),
        value=value,
    )


def number_chosen(values: Sequence[str]) -> int:
    """Read the number of a quote that was chosen; raises UserError for anything else."""
    number = quote_number(values[0]) if values else None
    if number is None:
        raise UserError(_("That's no longer a choice."), _("Type the command again."))
    return number
