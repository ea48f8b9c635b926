"""Answering a message with the quote that fits it best: privately first, then for everybody."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.interview.fitting import fitting_quotes, loosely_fitting_quotes
from bot.interview.model import Interview, Quote
from bot.interview.words import words_of
from bot.text import _
from bot.ui.cards import Card, Item
from bot.ui.custom_ids import NUMBER, SLUG, SNOWFLAKE, CustomId
from bot.ui.posting import posted_once, shared_note
from bot.ui.quote_buttons import AnotherQuoteButton, ContextButton, full_quote_card
from bot.ui.quote_cards import quote_card
from bot.ui.quote_select import number_chosen, quote_option
from bot.ui.reader import choose_interview, interview_of, is_guest, public_asker, reader_of
from bot.ui.replies import OfferError, reply, turn_privately
from bot.ui.views import PersistentButton, PersistentSelect, select

_OFFERS: Final = 5
_READ: Final = 2000
"""Letters of a message that are looked at: as many as most may have."""
_LINK: Final = "https://discord.com/channels/{place}/{channel_id}/{message_id}"


class AnswerHereButton(
    PersistentButton,
    schema=CustomId("quote:answer", slug=SLUG, number=NUMBER, message_id=SNOWFLAKE),
):
    """Posts a quote as the answer to a message of this channel, for everybody."""

    def __init__(self, slug: str, number: int, message_id: int) -> None:
        style = discord.ButtonStyle.primary
        super().__init__(_("Answer here"), style, slug=slug, number=number, message_id=message_id)
        self.slug = slug
        self.number = number
        self.message_id = message_id

    async def press(self, interaction: Interaction) -> None:
        reader = await public_asker(interaction)
        library = interaction.client.library
        interview = interview_of(library, self.slug, reader)
        quote = await library.quote(interview.slug, self.number, reader.audience)
        answering = _("answering [this message](<{url}>)", url=_link(interaction, self.message_id))
        shared = await shared_note(interaction)
        notes = [answering, shared] if shared else [answering]
        card = await full_quote_card(interaction, quote, interview, reader, notes=notes)
        own = await reader_of(interaction, is_private=True)
        note = own.say(_("Answered."))
        async with posted_once(interaction, f"answer:{self.message_id}:{self.slug}:{self.number}"):
            await interaction.response.defer()
            await reply(interaction, card, is_private=False)
        await interaction.edit_original_response(view=Card(own.locale, note))


class OtherMatchSelect(
    PersistentSelect, schema=CustomId("quote:match", slug=SLUG, message_id=SNOWFLAKE)
):
    """Turns to another of the quotes that fit a message."""

    placeholder = _("Or another one\u2026")

    def __init__(
        self, slug: str, message_id: int, options: Sequence[discord.SelectOption] = ()
    ) -> None:
        super().__init__(select(self.schema.build(slug=slug, message_id=message_id), options))
        self.slug = slug
        self.message_id = message_id

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        number = number_chosen(values)
        library, reader = interaction.client.library, await reader_of(interaction, is_private=True)
        interview = interview_of(library, self.slug, reader)
        quote = await library.quote(interview.slug, number, reader.audience)
        # What the message said is not kept: the others are those that are offered already.
        options = next(_options_of(interaction.message), list[discord.SelectOption]())
        card = _match_card(interaction, quote, interview, reader, self.message_id, options)
        await turn_privately(interaction, card)


async def answer_with_quote(interaction: Interaction, message: discord.Message) -> None:
    """Show a member the quotes that fit a message best, and what posts one."""
    library, reader = interaction.client.library, await reader_of(interaction, is_private=True)
    interview = choose_interview(library, reader)
    words = list(dict.fromkeys(words_of(message.content[:_READ])))
    if not words:
        raise UserError(
            _("There are no words in that message."), _("Pick one with a bit more in it.")
        )
    quotes = await _matches(interaction, interview, reader, words)
    if not quotes:
        raise OfferError(
            UserError(
                _("Nothing in the interview fits that message."), _("How about a random one?")
            ),
            [AnotherQuoteButton(interview.slug, "", "", _("Random quote"))],
        )
    options = [quote_option(quote, interview, reader) for quote in quotes]
    card = _match_card(interaction, quotes[0], interview, reader, message.id, options)
    await reply(interaction, card)


async def _matches(
    interaction: Interaction, interview: Interview, reader: Reader, words: Sequence[str]
) -> Sequence[Quote]:
    """Find quotes by the words that tell something, else by those that everybody uses."""
    library, audience = interaction.client.library, reader.audience
    return await fitting_quotes(
        library, interview, audience, words, limit=_OFFERS
    ) or await loosely_fitting_quotes(library, interview, audience, words, limit=_OFFERS)


def _match_card(
    interaction: Interaction,
    quote: Quote,
    interview: Interview,
    reader: Reader,
    message_id: int,
    options: Sequence[discord.SelectOption],
) -> Card:
    slug = interview.slug
    rows: list[Sequence[Item]] = []
    if len(options) > 1:
        rows.append([OtherMatchSelect(slug, message_id, options)])
    buttons: list[Item] = [ContextButton(slug, quote.number)]
    if not is_guest(interaction):
        buttons.insert(0, AnswerHereButton(slug, quote.number, message_id))
    return quote_card(quote, interview, reader, rows=[buttons, *rows])


def _options_of(message: discord.Message | None) -> Iterator[list[discord.SelectOption]]:
    """List the options of each select in a message."""

    def below(components: Sequence[Any]) -> Iterator[list[discord.SelectOption]]:
        for component in components:
            if isinstance(component, discord.SelectMenu):
                yield component.options
            yield from below(getattr(component, "children", ()))

    return below(message.components if message else ())


def _link(interaction: Interaction, message_id: int) -> str:
    place = interaction.guild_id or "@me"
    return _LINK.format(place=place, channel_id=interaction.channel_id, message_id=message_id)
