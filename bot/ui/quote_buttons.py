"""The buttons below a quote, wherever it is shown; `cogs.quote` registers them for all."""

from collections.abc import Callable, Sequence
from functools import partial

import discord

from bot.client import Bot, Interaction
from bot.draw import draw_item
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.interview.model import Interview, Quote
from bot.state.bags import BagKey
from bot.state.guild_settings import leave_out
from bot.text import Text, _
from bot.ui.cards import Card
from bot.ui.custom_ids import ANY_PERSON, ANY_TOPIC, NUMBER, SLUG, CustomId
from bot.ui.exchange_pages import answers_card
from bot.ui.permissions import check_may_manage, may_manage
from bot.ui.picture_card import picture_card, poster_of
from bot.ui.quote_cards import all_shown, quote_card
from bot.ui.reader import asker_of, interview_of, noted_channel_id, reader_of, turner_of
from bot.ui.replies import reply, turn
from bot.ui.saving import is_saved_by, save_button
from bot.ui.views import PersistentButton


class AnotherQuoteButton(
    PersistentButton,
    schema=CustomId("quote:another", slug=SLUG, speaker=ANY_PERSON, topic=ANY_TOPIC),
):
    """Draws again under the same filter: in place for who asked, privately for anybody else."""

    def __init__(self, slug: str, speaker: str, topic: str, label: Text | str = "") -> None:
        super().__init__(label or _("Another"), slug=slug, speaker=speaker, topic=topic)
        self.slug = slug
        self.speaker = speaker
        self.topic = topic

    async def press(self, interaction: Interaction) -> None:
        reader = await turner_of(interaction)
        interview = interview_of(interaction.client.library, self.slug, reader)
        card = await drawn_quote_card(interaction, interview, reader, self.speaker, self.topic)
        await turn(interaction, card)


class QuoteButton(PersistentButton):
    """A button that means one quote."""

    def __init__(self, label: Text, slug: str, number: int) -> None:
        super().__init__(label, slug=slug, number=number)
        self.slug = slug
        self.number = number

    async def _quote(self, interaction: Interaction, reader: Reader) -> tuple[Quote, Interview]:
        library = interaction.client.library
        interview = interview_of(library, self.slug, reader)
        return await library.quote(interview.slug, self.number, reader.audience), interview


class ContextButton(QuoteButton, schema=CustomId("quote:context", slug=SLUG, number=NUMBER)):
    """Shows privately the question and what else was said to it."""

    def __init__(self, slug: str, number: int) -> None:
        super().__init__(_("Context"), slug, number)

    async def press(self, interaction: Interaction) -> None:
        reader = await reader_of(interaction, is_private=True)
        quote, interview = await self._quote(interaction, reader)
        library = interaction.client.library
        exchange = interview.exchanges_by_number[quote.exchange]
        buttons: list[PersistentButton] = [PictureButton(self.slug, quote.number)]
        if may_manage(interaction):
            buttons.append(LeaveOutButton(self.slug, quote.number))
        card = await answers_card(
            library, exchange, interview, reader, marked=quote.text, others=buttons
        )
        await reply(interaction, card)


class PictureButton(QuoteButton, schema=CustomId("quote:picture", slug=SLUG, number=NUMBER)):
    """Shows privately a quote as a picture."""

    def __init__(self, slug: str, number: int) -> None:
        super().__init__(_("Picture"), slug, number)

    async def press(self, interaction: Interaction) -> None:
        # Others may be waiting for theirs, and Discord waits three seconds only.
        await interaction.response.defer(ephemeral=True, thinking=True)
        reader = await reader_of(interaction, is_private=True)
        quote, interview = await self._quote(interaction, reader)
        buttons = [PostButton(self.slug, self.number)]
        card, file = await _picture(interaction.client, quote, interview, reader, buttons)
        await interaction.edit_original_response(view=card, attachments=[file])


class PostButton(QuoteButton, schema=CustomId("quote:post", slug=SLUG, number=NUMBER)):
    """Posts the picture of a quote for everybody in the channel."""

    def __init__(self, slug: str, number: int) -> None:
        super().__init__(_("Post here"), slug, number)

    async def press(self, interaction: Interaction) -> None:
        reader = await asker_of(interaction)
        if reader.is_private:
            raise UserError(
                _("I can't post here right now."),
                _("Save the picture and post it yourself, or try again in a minute."),
            )
        # Once the channel sees that something comes, it sees why nothing does.
        quote, interview = await self._quote(interaction, reader)
        await interaction.response.defer(thinking=True)
        card, file = await _picture(interaction.client, quote, interview, reader)
        await interaction.edit_original_response(view=card, attachments=[file])


class LeaveOutButton(QuoteButton, schema=CustomId("quote:omit", slug=SLUG, number=NUMBER)):
    """Leaves a quote out in a server, for whoever manages it; /settings takes it in again."""

    def __init__(self, slug: str, number: int) -> None:
        super().__init__(_("Leave out here"), slug, number)

    async def press(self, interaction: Interaction) -> None:
        check_may_manage(interaction)
        store, guild_id = interaction.client.state.guild_settings, interaction.guild_id or 0
        reader = await reader_of(interaction, is_private=True)
        await interaction.client.library.quote(self.slug, self.number, reader.audience)
        await store.change(guild_id, partial(leave_out, slug=self.slug, number=self.number))
        note = _(
            "I won't show quote {number} here again. Undo that in /settings.", number=self.number
        )
        await reply(interaction, Card(reader.locale, reader.say(note)))


async def drawn_quote_card(
    interaction: Interaction, interview: Interview, reader: Reader, speaker: str, topic: str
) -> Card:
    """Draw a quote for the channel; a filter that an edit has emptied is left out."""
    bot, audience = interaction.client, reader.audience
    notes: list[Text] = []
    facet = bot.library.facet(
        interview.slug, "quote", person=speaker, topic=topic, audience=audience
    )
    if facet is None:
        facet = bot.library.facet(interview.slug, "quote", audience=audience)
        notes.append(_("nothing left like that, so here's any quote"))
    key = BagKey(await noted_channel_id(interaction), interview.slug, "quote")
    drawn = facet and await draw_item(
        bot.state.bags, key, facet, bot.library.quotes, bot.rng, _statement(reader)
    )
    if drawn is None:
        raise UserError(
            _("There's no quote I can show here."), _("Try another interview or channel.")
        )
    buttons = await quote_buttons(interaction, drawn.item, reader, speaker, topic)
    notes += all_shown(drawn)
    return quote_card(drawn.item, interview, reader, topic=topic, buttons=buttons, notes=notes)


async def quote_buttons(
    interaction: Interaction, quote: Quote, reader: Reader, speaker: str = "", topic: str = ""
) -> tuple[PersistentButton, ...]:
    """Give the buttons of a quote; *Another* draws under the filter."""
    slug, number = quote.slug, quote.number
    is_saved = await is_saved_by(interaction, reader, slug, number)
    return (
        AnotherQuoteButton(slug, speaker, topic),
        ContextButton(slug, number),
        PictureButton(slug, number),
        save_button(slug, number, is_saved=is_saved),
    )


async def _picture(
    bot: Bot,
    quote: Quote,
    interview: Interview,
    reader: Reader,
    buttons: Sequence[PersistentButton] = (),
) -> tuple[Card, discord.File]:
    """Draw a quote; a card that shows the picture, and the file that it shows."""
    png = await bot.pictures.png(poster_of(quote, interview, reader))
    return picture_card(quote, interview, reader, png, buttons)


def _statement(reader: Reader) -> Callable[[Quote], str | None]:
    """Name what a quote says, for the bag; one that is left out here says nothing."""

    def statement(quote: Quote) -> str | None:
        is_out = reader.audience.leaves_out(quote.slug, quote.number)
        return None if is_out else str(quote.number)

    return statement
