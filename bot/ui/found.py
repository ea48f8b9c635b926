"""What a search has found, as a card."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.interview.library.search import Found
from bot.interview.model import Interview, Quote
from bot.text import _
from bot.ui.cards import Card
from bot.ui.markdown import one_line, plain, plain_cut
from bot.ui.reader import Reader


def found_card(
    found: Found,
    words: str,
    page: int,
    interview: Interview,
    reader: Reader,
    buttons: Sequence[discord.ui.Item[Any]],
) -> Card:
    """List a page of the best matches, each with the number under which it can be had."""
    heading = _("Quotes with {words}", words=plain(one_line(words)[:60]))
    lines = [_hit(quote, interview, reader) for quote in found.hits]
    hint = _("Type a number as find to see that quote.")
    if page or found.has_more:
        hint = _("Page {page}. {hint}", page=page + 1, hint=hint)
    body = "\n".join([f"### {reader.say(heading)}", *lines, f"-# {reader.say(hint)}"])
    container: discord.ui.Container[Any] = discord.ui.Container(discord.ui.TextDisplay(body))
    return Card(container, discord.ui.ActionRow(*buttons)) if buttons else Card(container)


def _hit(quote: Quote, interview: Interview, reader: Reader) -> str:
    if reader.audience.veils(quote.spoiler):
        return reader.say(_("**#{number}** · spoiler", number=quote.number))
    name = interview.people_by_key[quote.speaker].name
    return f"**#{quote.number}** {plain(name)}: {plain_cut(one_line(quote.text), 400)}"
