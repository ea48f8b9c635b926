"""Quotes and facts as cards."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from bot.draw import DrawnItem
from bot.interview.audience import Reader
from bot.interview.model import Exchange, Fact, Interview, Person, Quote, Spoiler
from bot.letters import one_line
from bot.text import Text, _, plural
from bot.ui.budget import FlexibleText, Line
from bot.ui.cards import Card, Item, box, row_of, small
from bot.ui.markdown import link, plain

HIDDEN_QUOTE: Final = _("Hidden: a quote that gives away part of the story. Press it to read it.")
# As a heading this still fits into three lines of a phone.
_HEADING_WORDS: Final = 12
_LEFT_OUT: Final = _("It gives away part of the story, and such things are left out here.")
_NAMED: Final = 3
"""People who are named in the small print of a fact."""
# Chosen to be told apart, and seen, on Discord's dark and light ground.
ACCENTS: Final = (0x8E6BBF, 0xC2577E, 0x3E8E8A, 0xB8792B, 0x5B7FC4)


def quote_card(
    quote: Quote,
    interview: Interview,
    reader: Reader,
    *,
    topic: str = "",
    buttons: Sequence[Item] = (),
    notes: Iterable[Text] = (),
) -> Card:
    """Show a quote; of its topics it names the one that was asked for, or its first."""
    lines = quote_text(quote, interview, reader, notes, topic)
    accent = accent_of(interview, quote.speaker)
    return veiled_card(lines, quote.spoiler, HIDDEN_QUOTE, reader, [buttons], accent=accent)


def quote_text(
    quote: Quote,
    interview: Interview,
    reader: Reader,
    notes: Iterable[Text] = (),
    topic: str = "",
) -> list[Line]:
    """Write a quote: the words, who said them on what, and where they stand."""
    person = interview.people_by_key[quote.speaker]
    exchange = interview.exchanges_by_number[quote.exchange]
    source = _("Quote {number}", number=quote.number)
    named = topic if topic in quote.topics else next(iter(quote.topics), "")
    return [
        _spoken(quote.text),
        _about(person, interview.topic_name(named) if named else "", reader),
        small_print([source, *source_of(interview, exchange), *notes], reader),
    ]


def fact_text(
    fact: Fact, interview: Interview, reader: Reader, notes: Iterable[Text] = ()
) -> list[Line]:
    """Write a fact and where it comes from."""
    names = [interview.people_by_key[key].name.split()[0] for key in fact.people]
    place = (
        _(
            "Fact {place} of {of} about {names}",
            place=fact.place,
            of=fact.total,
            names=_joined([plain(name) for name in names]),
        )
        if names
        else _("Fact {place} of {of} about the series", place=fact.place, of=fact.total)
    )
    exchange = interview.exchanges_by_number[fact.exchange]
    return [
        FlexibleText(fact.text),
        small_print([place, *source_of(interview, exchange), *notes], reader),
    ]


def more_of(count: int) -> Text:
    """Say how many entries a list has beside those shown."""
    return plural("and 1 more", "and {count} more", count)


def veiled_card(
    lines: Sequence[Line],
    spoiler: Spoiler,
    hidden: Text,
    reader: Reader,
    rows: Sequence[Sequence[Item]] = (),
    *,
    accent: int | None = None,
) -> Card:
    """Show a text, behind a veil where it is a spoiler; a line before it says what is hidden."""
    is_veiled = reader.audience.veils(spoiler)
    container = box(lines, accent=None if is_veiled else accent, is_veiled=is_veiled)
    before = [reader.say(hidden)] if is_veiled else []
    return Card(reader.locale, *before, container, *(item for row in rows for item in row_of(row)))


def summary_of(exchange: Exchange, reader: Reader) -> Line:
    """Say what was asked, to those who may read it."""
    if reader.audience.admits(exchange.spoiler, is_mature=False):
        return FlexibleText(exchange.summary)
    return reader.say(_LEFT_OUT)


def all_shown(drawn: DrawnItem[Any]) -> tuple[Text, ...]:
    """Say that a round is over, on the card that ends it."""
    if not drawn.is_last:
        return ()
    return (_("all {size} shown; from here on they come again", size=drawn.size),)


def source_of(interview: Interview, exchange: Exchange) -> list[Text | str]:
    return [
        _place(interview, exchange.number),
        link(interview.outlet, exchange.link or interview.link),
    ]


def place_of(quote: Quote, interview: Interview, reader: Reader) -> str:
    """Say where a quote stands, in a line of its own."""
    source = _("Quote {number}", number=quote.number)
    return f"{reader.say(source)} · {reader.say(_place(interview, quote.exchange))}"


def _place(interview: Interview, number: int) -> Text:
    """Name a question; of how many it is says only an interview that has all up to its last."""
    if not number:
        return _("introduction")
    if interview.question_count < interview.exchanges[-1].number:
        return _("question {n}", n=number)
    return _("question {n} of {count}", n=number, count=interview.question_count)


def small_print(parts: Iterable[Text | str], reader: Reader) -> str:
    words = [part if isinstance(part, str) else reader.say(part) for part in parts]
    return small(" · ".join(word for word in words if word))


def accent_of(interview: Interview, key: str) -> int | None:
    speakers = [person.key for person in interview.speakers]
    return ACCENTS[speakers.index(key) % len(ACCENTS)] if key in speakers else None


def _spoken(text: str) -> FlexibleText:
    is_short = len(text.split()) <= _HEADING_WORDS
    return FlexibleText(
        one_line(text), "## \u201c" if is_short else "\u201c", "\u201d", is_first=True
    )


def _about(person: Person, topic: str, reader: Reader) -> str:
    who = f"**{plain(person.name)}**" + (f" ({plain(person.part)})" if person.part else "")
    if not topic:
        return who
    return reader.say(_("{who} on {topic}", who=who, topic=plain(topic)))


def _joined(names: Sequence[str]) -> Text | str:
    if len(names) == 1:
        return names[0]
    if len(names) > _NAMED:
        first, count = ", ".join(names[:_NAMED]), len(names) - _NAMED
        return plural("{names} and 1 more", "{names} and {count} more", count, names=first)
    return _("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])
