"""A quote as a picture, in a message."""

import io
from collections.abc import Sequence
from typing import Any, Final

import discord

from bot.interview.model import Interview, Quote
from bot.picture import Poster
from bot.text import _
from bot.ui.cards import Card
from bot.ui.markdown import cut, one_line
from bot.ui.reader import Reader
from bot.ui.render import accent_of

_MAX_ALT: Final = 1024
_NAME: Final = "quote.png"
"""The same for every quote: a file's name can be read before the picture is opened."""


def poster_of(quote: Quote, interview: Interview, reader: Reader) -> Poster:
    """Tell what stands on the picture of a quote."""
    person = interview.people_by_key[quote.speaker]
    place = _("Quote {number} · introduction", number=quote.number)
    if quote.exchange:
        place = _(
            "Quote {number} · question {n} of {count}",
            number=quote.number,
            n=quote.exchange,
            count=interview.question_count,
        )
    return Poster(
        text=quote.text,
        speaker=person.name,
        part=person.part,
        work=interview.work,
        outlet=interview.outlet,
        place=reader.say(place),
        accent=accent_of(interview, quote.speaker),
    )


def picture_card(
    quote: Quote,
    interview: Interview,
    reader: Reader,
    png: bytes,
    buttons: Sequence[discord.ui.Item[Any]] = (),
) -> tuple[Card, discord.File]:
    """Show a picture with the whole quote as its alternative text; of a spoiler neither."""
    is_veiled = reader.audience.veils(quote.spoiler)
    speaker = interview.people_by_key[quote.speaker].name
    alt = f"{one_line(quote.text)} ({speaker})"
    if is_veiled:
        alt = reader.say(_("A quote that gives away part of the story."))
    file = discord.File(io.BytesIO(png), _NAME, spoiler=is_veiled)
    gallery: discord.ui.MediaGallery[Any] = discord.ui.MediaGallery(
        discord.MediaGalleryItem(file, description=cut(alt, _MAX_ALT), spoiler=is_veiled)
    )
    hidden = _("Hidden: a quote that gives away part of the story. Press it to read it.")
    before = [reader.say(hidden)] if is_veiled else []
    after = [discord.ui.ActionRow[Any](*buttons)] if buttons else []
    return Card(reader.locale, *before, gallery, *after), file
