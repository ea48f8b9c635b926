"""The introduction of an interview, as a card."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.interview.audience import Reader
from bot.interview.model import Exchange, Interview
from bot.text import _
from bot.ui.cards import Card, Item
from bot.ui.markdown import plain
from bot.ui.quote_cards import small_print, source_of, summary_of, veiled_card

_SPEAKERS: Final = 8
_TOPICS: Final = 6


def introduction_card(
    exchange: Exchange,
    interview: Interview,
    reader: Reader,
    topics: Mapping[str, Sequence[str]],
    *,
    rows: Sequence[Sequence[Item]] = (),
) -> Card:
    """Say what the interview is, and what each speaker talks about; topics by name."""
    lines = [f"### {plain(interview.title)}", summary_of(exchange, reader)]
    for name, subjects in list(topics.items())[:_SPEAKERS]:
        who = f"**{plain(name)}**"
        topic_names = plain(", ".join(map(interview.topic_name, subjects[:_TOPICS])))
        lines.append("- " + reader.say(_("{who} on {topic}", who=who, topic=topic_names)))
    by = (_("by {byline}", byline=plain(interview.byline)),) if interview.byline else ()
    lines.append(small_print([*by, *source_of(interview, exchange)], reader))
    hidden = _("Hidden: an introduction that gives away part of the story. Press it to read it.")
    return veiled_card("\n".join(lines), exchange.spoiler, hidden, reader, rows)


def page_name(exchange: Exchange, reader: Reader) -> str:
    """Name a question where nothing can be hidden."""
    if reader.audience.veils(exchange.spoiler):
        return reader.say(_("{number} · spoiler", number=exchange.number))
    return f"{exchange.number} · {exchange.title}"
