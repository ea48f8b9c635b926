"""The buttons below a quote, wherever it is shown; `cogs.quote` registers them for all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

from bot.client import Interaction
from bot.draw import draw_item
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.interview.model import Interview, Quote
from bot.picture import Look, Poster, is_light
from bot.state.bags import BagKey
from bot.state.guild_settings import leave_out
from bot.text import Text, _
from bot.ui.cards import KEPT_CARDS, Card
from bot.ui.custom_ids import ANY_PERSON, ANY_TOPIC, NUMBER, SLUG, CustomId
from bot.ui.exchange_pages import answers_card
from bot.ui.permissions import check_may_manage, may_manage
from bot.ui.picture_card import LOOK, picture_card, poster_of
from bot.ui.posting import posted_once, shared_note
from bot.ui.quote_cards import all_shown, quote_card
from bot.ui.reader import (
    dm_owner,
    interview_of,
    is_guest,
    public_asker,
    reader_of,
    turner_of,
)
from bot.ui.replies import is_seen_by_one, reply, turn
from bot.ui.saving import SaveButton, is_saved_by, save_button
from bot.ui.swapping import swapped
from bot.ui.views import PersistentButton

ANYTHING: Final = ("", "")
"""A speaker and a topic that narrow nothing."""


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

    def __init__(
        self, label: Text, slug: str, number: int, *, is_disabled: bool = False, **state: object
    ) -> None:
        super().__init__(label, is_disabled=is_disabled, slug=slug, number=number, **state)
        self.slug = slug
        self.number = number

    async def _show_picture(self, interaction: Interaction, look: Look) -> None:
        """Draw the quote into the answer that was deferred, with what makes another of it."""
        reader = await reader_of(interaction, is_private=True)
        quote, interview = await self._quote(interaction, reader)
        poster = poster_of(quote, interview, reader, look)
        png = await interaction.client.pictures.png(poster)
        is_saved = await is_saved_by(interaction, reader, self.slug, self.number)
        buttons: list[PersistentButton] = [
            ContextButton(self.slug, self.number),
            save_button(self.slug, self.number, is_saved=is_saved),
        ]
        if not is_guest(interaction):
            buttons.insert(0, PostButton(look, self.slug, self.number))
        rows = [buttons, look_buttons(poster, look, self.slug, self.number)]
        card, file = picture_card(quote, interview, reader, png, rows)
        await interaction.edit_original_response(view=card, attachments=[file])

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
        await self._show_picture(interaction, Look())


class LookButton(QuoteButton, schema=CustomId("quote:look", look=LOOK, slug=SLUG, number=NUMBER)):
    """Draws the picture of a quote in its place again: in another shape, or another style."""

    def __init__(self, look: Look, slug: str, number: int, label: Text | None = None) -> None:
        super().__init__(label or _("Picture"), slug, number, look=look)
        self.look = look

    async def press(self, interaction: Interaction) -> None:
        is_new = not is_seen_by_one(interaction)
        await interaction.response.defer(ephemeral=is_new, thinking=is_new)
        await self._show_picture(interaction, self.look)


class PostButton(QuoteButton, schema=CustomId("quote:share", look=LOOK, slug=SLUG, number=NUMBER)):
    """Posts the picture of a quote for everybody in the channel, once."""

    def __init__(self, look: Look, slug: str, number: int, *, is_posted: bool = False) -> None:
        label = _("Posted") if is_posted else _("Post here")
        super().__init__(label, slug, number, is_disabled=is_posted, look=look)
        self.look = look

    async def press(self, interaction: Interaction) -> None:
        reader = await public_asker(interaction)
        quote, interview = await self._quote(interaction, reader)
        buttons = [ContextButton(self.slug, self.number), SaveButton(self.slug, self.number)]
        async with posted_once(interaction, f"picture:{self.slug}:{self.number}"):
            await interaction.response.defer()
            poster = poster_of(quote, interview, reader, self.look)
            png = await interaction.client.pictures.png(poster)
            note = await shared_note(interaction)
            card, file = picture_card(quote, interview, reader, png, [buttons], note)
            await interaction.followup.send(view=card, file=file)
        await self._say_so(interaction)

    async def _say_so(self, interaction: Interaction) -> None:
        """Tell on the button that it is done, so that it need not be pressed again."""
        message, own_id = interaction.message, self.custom_id
        if message is None or not is_seen_by_one(interaction):
            return
        tick = PostButton(self.look, self.slug, self.number, is_posted=True)
        locale = str(interaction.locale)
        card = swapped(message, lambda custom_id: tick if custom_id == own_id else None, locale)
        if card is not None:
            await interaction.edit_original_response(view=card)


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
    key = BagKey(interaction.channel_id or 0, interview.slug, "quote")
    drawn = facet and await draw_item(
        bot.state.bags,
        key,
        facet,
        bot.library.quotes,
        bot.rng,
        _statement(reader),
        owner_id=dm_owner(interaction),
    )
    if drawn is None:
        raise UserError(
            _("There's no quote I can show here."), _("Try another interview or channel.")
        )
    notes += all_shown(drawn)
    return await full_quote_card(
        interaction,
        drawn.item,
        interview,
        reader,
        topic=topic,
        drawn_by=(speaker, topic),
        notes=notes,
    )


async def full_quote_card(
    interaction: Interaction,
    quote: Quote,
    interview: Interview,
    reader: Reader,
    *,
    topic: str = "",
    drawn_by: tuple[str, str] = ANYTHING,
    notes: Sequence[Text] = (),
    others: Sequence[PersistentButton] = (),
) -> Card:
    """Show a quote with its buttons; `drawn_by` are the speaker and topic of *Another*."""
    is_saved = await is_saved_by(interaction, reader, quote.slug, quote.number)
    if not (notes or others):
        return _kept_card(quote, interview, reader, topic, drawn_by, is_saved)
    buttons = [*_buttons(quote, drawn_by, is_saved=is_saved), *others]
    return quote_card(quote, interview, reader, topic=topic, buttons=buttons, notes=notes)


@lru_cache(KEPT_CARDS)
def _kept_card(
    quote: Quote,
    interview: Interview,
    reader: Reader,
    topic: str,
    drawn_by: tuple[str, str],
    is_saved: bool,
) -> Card:
    buttons = _buttons(quote, drawn_by, is_saved=is_saved)
    return quote_card(quote, interview, reader, topic=topic, buttons=buttons)


def _buttons(quote: Quote, drawn_by: tuple[str, str], *, is_saved: bool) -> list[PersistentButton]:
    slug, number = quote.slug, quote.number
    return [
        AnotherQuoteButton(slug, *drawn_by),
        ContextButton(slug, number),
        PictureButton(slug, number),
        save_button(slug, number, is_saved=is_saved),
    ]


def look_buttons(poster: Poster, look: Look, slug: str, number: int) -> list[LookButton]:
    """Offer the other shape and the other style of a picture."""
    shape = _("Upright") if look.is_wide else _("Wide")
    style = _("Dark") if is_light(poster) else _("Light")
    return [
        LookButton(replace(look, is_wide=not look.is_wide), slug, number, shape),
        LookButton(replace(look, is_swapped=not look.is_swapped), slug, number, style),
    ]


def _statement(reader: Reader) -> Callable[[Quote], str | None]:
    """Name what a quote says, for the bag; one that is left out here says nothing."""

    def statement(quote: Quote) -> str | None:
        is_out = reader.audience.leaves_out(quote.slug, quote.number)
        return None if is_out else str(quote.number)

    return statement
