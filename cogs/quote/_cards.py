"""The matches of a search, as a card."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import discord

from bot.interview.audience import Reader
from bot.interview.library.search import MOST_COUNTED, Matches
from bot.interview.model import Interview, Quote
from bot.letters import one_line
from bot.text import Text, _, plural
from bot.ui.budget import FlexibleText, TextBlock
from bot.ui.cards import Card, Item, row_of, small
from bot.ui.excerpts import highlighted
from bot.ui.markdown import plain
from bot.ui.quote_cards import small_print
from bot.ui.quote_select import quote_option


def matches_card(
    matches: Matches,
    before: int,
    interview: Interview,
    reader: Reader,
    rows: Sequence[Sequence[Item]],
    notes: Sequence[Text] = (),
) -> Card:
    """List a page of the best matches, each apart; so many come `before` it."""
    items: list[Item] = [TextBlock([f"### {reader.say(_heading(matches, before))}"])]
    items += _hits(matches, interview, reader)
    if notes:
        items.append(TextBlock([small_print(notes, reader)]))
    container = discord.ui.Container[Any](*items)
    return Card(reader.locale, container, *(item for row in rows for item in row_of(row)))


def hit_options(
    matches: Matches, interview: Interview, reader: Reader
) -> list[discord.SelectOption]:
    return [quote_option(quote, interview, reader, matches.words) for quote in matches.hits]


def filter_note(speaker: str, topic: str, interview: Interview, left: int | None) -> Text:
    """Say which filter hides how many matches; None where they were not all counted."""
    person = interview.people_by_key.get(speaker)
    who = plain(person.name) if person else ""
    what = plain(interview.topic_name(topic))
    limits = _("on {topic}", topic=what)
    if who:
        limits = _("by {name}", name=who)
    if who and topic:
        limits = _("by {name} on {topic}", name=who, topic=what)
    if left is None:
        return _("Only {limits}. There are more without the filter.", limits=limits)
    return plural(
        "Only {limits}. There's 1 more without the filter.",
        "Only {limits}. There are {count} more without the filter.",
        left,
        limits=limits,
    )


def _heading(matches: Matches, before: int) -> Text:
    """Say how many there are, and which of them stand here."""
    count = _count(matches)
    if not before and not matches.has_more:
        return count
    first, last = before + 1, before + len(matches.hits)
    return _("{count} · {first}\u00a0to\u00a0{last}", count=count, first=first, last=last)


def _count(matches: Matches) -> Text:
    # What was typed is nobody else's matter: only words of the interview are said in public.
    words = " ".join(matches.found_words)
    if matches.is_uncounted:
        if words:
            return _("More than {count} quotes with {words}", count=MOST_COUNTED, words=words)
        return _("More than {count} quotes", count=MOST_COUNTED)
    if words:
        return plural(
            "1 quote with {words}", "{count} quotes with {words}", matches.total, words=words
        )
    return plural("1 quote", "{count} quotes", matches.total)


def _hits(matches: Matches, interview: Interview, reader: Reader) -> Iterator[Item]:
    for quote in matches.hits:
        yield discord.ui.Separator[Any]()
        yield _hit(quote, matches.words, interview, reader)


def _hit(quote: Quote, words: frozenset[str], interview: Interview, reader: Reader) -> TextBlock:
    number = f"#{quote.number}"
    if reader.audience.veils(quote.spoiler):
        return TextBlock([reader.say(_("{number} · spoiler", number=number))])
    name = plain(interview.people_by_key[quote.speaker].name)
    write = partial(highlighted, words)
    return TextBlock([FlexibleText(one_line(quote.text), write=write), small(f"{name} · {number}")])
