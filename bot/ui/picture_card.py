"""A quote as a picture, in a message."""

import io
from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.interview.audience import Reader
from bot.interview.model import Interview, Quote
from bot.letters import label, one_line
from bot.picture import Poster
from bot.text import _
from bot.ui.cards import Card, Item, row_of
from bot.ui.quote_cards import HIDDEN_QUOTE, accent_of, place_of

# What Discord takes.
MAX_ALT: Final = 1024
_NAME: Final = "quote.png"
"""The same for every quote: a file's name can be read before the picture is opened."""


def poster_of(quote: Quote, interview: Interview, reader: Reader) -> Poster:
    """Tell what stands on the picture of a quote."""
    person = interview.people_by_key[quote.speaker]
    return Poster(
        text=quote.text,
        speaker=person.name,
        part=person.part,
        work=interview.work,
        outlet=interview.outlet,
        place=place_of(quote, interview, reader),
        accent=accent_of(interview, quote.speaker),
    )


def picture_card(
    quote: Quote,
    interview: Interview,
    reader: Reader,
    png: bytes,
    buttons: Sequence[Item] = (),
) -> tuple[Card, discord.File]:
    """Show a picture with the whole quote as its alternative text; of a spoiler neither."""
    is_veiled = reader.audience.veils(quote.spoiler)
    speaker = interview.people_by_key[quote.speaker].name
    alt = f"{one_line(quote.text)} ({speaker})"
    if is_veiled:
        alt = reader.say(_("A quote that gives away part of the story."))
    file = discord.File(io.BytesIO(png), _NAME, spoiler=is_veiled)
    gallery: discord.ui.MediaGallery[Any] = discord.ui.MediaGallery(
        discord.MediaGalleryItem(file, description=label(alt, MAX_ALT), spoiler=is_veiled)
    )
    before = [reader.say(HIDDEN_QUOTE)] if is_veiled else []
    return Card(reader.locale, *before, gallery, *row_of(buttons)), file
