"""The introduction of an interview, as a card."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.interview.audience import Reader
from bot.interview.model import Exchange, Interview
from bot.text import Text, _, plural
from bot.ui.budget import Line, pages
from bot.ui.cards import Card, Item, small
from bot.ui.markdown import plain
from bot.ui.quote_cards import small_print, source_of, summary_of, veiled_card

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
    above: list[Line] = [f"### {plain(interview.title)}", summary_of(exchange, reader)]
    by = (_("by {byline}", byline=plain(interview.byline)),) if interview.byline else ()
    below = small_print([*by, *source_of(interview, exchange)], reader)
    speakers = [_speaker(name, of, interview, reader) for name, of in topics.items()]
    count = pages(speakers, [*above, reader.say(_more(len(speakers))), below])[0].stop
    left = len(speakers) - count
    more = [reader.say(_more(left))] if left else []
    if any(len(of) > _TOPICS for of in topics.values()):
        more.append(small(reader.say(_("/quote with a topic finds everything said about it."))))
    hidden = _("Spoiler: this introduction gives away part of the story. Press to read it.")
    lines = [*above, *speakers[:count], *more, below]
    return veiled_card(lines, exchange.spoiler, hidden, reader, rows)


def _speaker(name: str, topics: Sequence[str], interview: Interview, reader: Reader) -> str:
    """Name a speaker, and what they speak about most."""
    who = f"**{plain(name)}**"
    names = plain(", ".join(map(interview.topic_name, topics[:_TOPICS])))
    left = len(topics) - _TOPICS
    if left > 0:
        names = reader.say(
            plural("{names} and 1 more", "{names} and {count} more", left, names=names)
        )
    return "- " + (reader.say(_("{who} on {topic}", who=who, topic=names)) if topics else who)


def _more(count: int) -> Text:
    return plural(
        "- and 1 more: /cast shows everybody.", "- and {count} more: /cast shows everybody.", count
    )


def page_name(exchange: Exchange, reader: Reader) -> str:
    """Name a question where nothing can be hidden."""
    if reader.audience.veils(exchange.spoiler):
        return reader.say(_("{number} · spoiler", number=exchange.number))
    return f"{exchange.number} · {exchange.title}"
