"""What a member has saved, as a card."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.interview.audience import Reader
from bot.interview.model import Interview, Quote
from bot.letters import one_line
from bot.state.saved_quotes import SavedQuote
from bot.text import _
from bot.ui.budget import FlexibleText, Line, TextBlock
from bot.ui.cards import Card, Item, box, row_of, small
from bot.ui.markdown import plain


def saved_card(
    rows: Sequence[tuple[SavedQuote, Quote | None, Interview | None, Item]],
    count: int,
    page: int,
    pages: int,
    reader: Reader,
    buttons: Sequence[Item],
) -> Card:
    """List a page of saved quotes, each with the button that removes it."""
    heading = _("### What you saved: {count}", count=count)
    sections = [
        discord.ui.Section[Any](
            TextBlock([_line(saved, quote, interview, reader)]), accessory=button
        )
        for saved, quote, interview, button in rows
    ]
    footer = _("Page {page} of {pages}. /quote with a number shows one.", page=page, pages=pages)
    container = box([reader.say(heading)], *sections, small(reader.say(footer)))
    return Card(reader.locale, container, *row_of(buttons))


def nothing_saved_card(reader: Reader) -> Card:
    return Card(
        reader.locale, reader.say(_("You have saved nothing yet. Press Save below a quote."))
    )


def _line(
    saved: SavedQuote, quote: Quote | None, interview: Interview | None, reader: Reader
) -> Line:
    number = f"**#{saved.number}**"
    if quote is None or interview is None:
        return f"{number} {reader.say(_('was withdrawn, or is not shown here.'))}"
    if reader.audience.veils(quote.spoiler):
        return reader.say(_("{number} · spoiler", number=number))
    name = plain(interview.people_by_key[quote.speaker].name)
    return FlexibleText(one_line(quote.text), f"{number} {name}: ")
