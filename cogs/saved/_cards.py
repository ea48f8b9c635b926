"""What a member has saved, as cards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord

from bot.interview.audience import Reader
from bot.interview.model import Interview, Quote
from bot.letters import one_line
from bot.state.saved_quotes import SavedQuote
from bot.text import Text, _, plural
from bot.ui.budget import FlexibleText, TextBlock
from bot.ui.cards import Card, Item, row_of, small
from bot.ui.markdown import plain
from bot.ui.quote_select import quote_option

_GONE: Final = _("was withdrawn or can't be shown here.")


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A quote that was saved, as far as it can still be shown."""

    saved: SavedQuote
    quote: Quote | None
    interview: Interview | None


def saved_card(
    rows: Sequence[SavedRow],
    count: int,
    before: int,
    reader: Reader,
    controls: Sequence[Sequence[Item]],
    removed: object | None = None,
) -> Card:
    """List a page of saved quotes, each apart, with what opens one and turns the page."""
    items: list[Item] = [TextBlock([f"### {reader.say(_heading(count, before, len(rows)))}"])]
    items += _entries(rows, reader)
    if removed is not None:
        items.append(TextBlock([small(reader.say(_("Removed. Undo brings it back.")))]))
    container = discord.ui.Container[Any](*items)
    return Card(reader.locale, container, *(item for row in controls for item in row_of(row)))


def nothing_saved_card(reader: Reader, undo: Item | None = None) -> Card:
    hint = _("Nothing saved yet. Press Save below a quote to keep it.")
    if undo is not None:
        hint = _("That was the last one. Undo brings it back.")
    return Card(reader.locale, reader.say(hint), *row_of([undo] if undo else []))


def gone_card(saved: SavedQuote, reader: Reader, buttons: Sequence[Item]) -> Card:
    """Say that a quote cannot be shown any more."""
    return Card(reader.locale, f"#{saved.number} {reader.say(_GONE)}", *row_of(buttons))


def saved_option(row: SavedRow, reader: Reader) -> discord.SelectOption:
    value = f"{row.saved.slug}:{row.saved.number}"
    if row.quote is None or row.interview is None:
        name = f"#{row.saved.number} {reader.say(_GONE)}"
        return discord.SelectOption(label=name, value=value)
    return quote_option(row.quote, row.interview, reader, value=value)


def _heading(count: int, before: int, size: int) -> Text:
    title = plural("1 saved quote", "{count} saved quotes", count)
    if size == count:
        return title
    first, last = before + 1, before + size
    return _("{count} · {first}\u00a0to\u00a0{last}", count=title, first=first, last=last)


def _entries(rows: Sequence[SavedRow], reader: Reader) -> Iterator[Item]:
    for row in rows:
        yield discord.ui.Separator[Any]()
        yield _entry(row, reader)


def _entry(row: SavedRow, reader: Reader) -> TextBlock:
    number = f"#{row.saved.number}"
    if row.quote is None or row.interview is None:
        return TextBlock([f"{number} {reader.say(_GONE)}"])
    if reader.audience.veils(row.quote.spoiler):
        return TextBlock([reader.say(_("{number} · spoiler", number=number))])
    name = plain(row.interview.people_by_key[row.quote.speaker].name)
    return TextBlock([FlexibleText(one_line(row.quote.text)), small(f"{name} · {number}")])
