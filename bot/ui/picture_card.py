"""A quote as a picture, in a message."""

import io
from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.interview.audience import Reader
from bot.interview.model import Interview, Quote
from bot.letters import label, one_line
from bot.picture import Look, Poster
from bot.text import Text, _
from bot.ui.budget import TextBlock
from bot.ui.cards import Card, Item, box, row_of, small
from bot.ui.custom_ids import Field
from bot.ui.quote_cards import HIDDEN_QUOTE, accent_of, asked_lines, place_of, quote_source

# What Discord takes.
MAX_ALT: Final = 1024
_NAME: Final = "quote.png"
"""The same for every quote: a file's name can be read before the picture is opened."""


def _look_of(word: str) -> Look:
    shape, _hyphen, style = word.partition("-")
    return Look(is_wide=shape == "wide", is_swapped=bool(style))


LOOK: Final = Field("(?:tall|wide)(?:-swapped)?", _look_of)


def poster_of(quote: Quote, interview: Interview, reader: Reader, look: Look) -> Poster:
    """Tell what stands on the picture of a quote, and how it looks."""
    person, own = interview.people_by_key[quote.speaker], interview.colours
    accent = own.accent if own and own.accent is not None else accent_of(interview, person.key)
    return Poster(
        text=quote.text,
        speaker=person.name,
        part=person.part,
        work=interview.work,
        outlet=interview.outlet,
        place=place_of(quote, interview, reader),
        accent=accent,
        ground=own.background if own else None,
        ink=own.text if own else None,
        language=interview.language,
        is_wide=look.is_wide,
        is_swapped=look.is_swapped,
    )


def picture_card(
    quote: Quote,
    interview: Interview,
    reader: Reader,
    png: bytes,
    rows: Sequence[Sequence[Item]] = (),
    note: Text | None = None,
) -> tuple[Card, discord.File]:
    """Show a picture, its question and source; the alternative text is the whole quote.

    A spoiler's picture and question stand behind a veil, and nothing else tells of them.
    """
    is_veiled = reader.audience.veils(quote.spoiler)
    speaker = interview.people_by_key[quote.speaker].name
    alt = f"{one_line(quote.text)} ({speaker})"
    if is_veiled:
        alt = reader.say(_("A quote that gives away part of the story."))
    file = discord.File(io.BytesIO(png), _NAME, spoiler=is_veiled)
    gallery: discord.ui.MediaGallery[Any] = discord.ui.MediaGallery(
        discord.MediaGalleryItem(file, description=label(alt, MAX_ALT), spoiler=is_veiled)
    )
    lines = [
        *asked_lines(quote, interview, reader),
        *quote_source(quote, interview, reader),
        *([small(reader.say(note))] if note else []),
    ]
    below = box(lines, is_veiled=True) if is_veiled else TextBlock(lines)
    before = [reader.say(HIDDEN_QUOTE)] if is_veiled else []
    buttons = [item for row in rows for item in row_of(row)]
    return Card(reader.locale, *before, gallery, below, *buttons), file
