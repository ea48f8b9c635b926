"""Quotes, facts and what was said to a question, as cards."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from bot.draw import DrawnItem
from bot.interview.audience import Reader
from bot.interview.model import CUT, Answer, Exchange, Fact, Interview, Person, Quote, Spoiler
from bot.text import Text, _
from bot.ui.cards import Card, Item, box, row_of, small
from bot.ui.markdown import link, one_line, plain, plain_cut

MAX_TEXT: Final = 4000
"""Characters that Discord shows in one message, over all its texts."""
HIDDEN_QUOTE: Final = _("Hidden: a quote that gives away part of the story. Press it to read it.")
# As a heading this still fits into three lines of a phone.
_HEADING_WORDS: Final = 12
_LEFT_OUT: Final = _("It gives away part of the story, and such things are left out here.")
# Chosen to be told apart, and seen, on Discord's dark and light ground.
ACCENTS: Final = (0x8E6BBF, 0xC2577E, 0x3E8E8A, 0xB8792B, 0x5B7FC4)


def quote_card(
    quote: Quote,
    interview: Interview,
    reader: Reader,
    *,
    buttons: Sequence[Item] = (),
    notes: Iterable[Text] = (),
) -> Card:
    """Show a quote."""
    body = quote_text(quote, interview, reader, notes)
    accent = accent_of(interview, quote.speaker)
    return veiled_card(body, quote.spoiler, HIDDEN_QUOTE, reader, [buttons], accent=accent)


def quote_text(
    quote: Quote, interview: Interview, reader: Reader, notes: Iterable[Text] = ()
) -> str:
    """Write a quote: the words, who said them on what, and where they stand."""
    person = interview.people_by_key[quote.speaker]
    exchange = interview.exchanges_by_number[quote.exchange]
    source = _("Quote {number}", number=quote.number)
    return "\n".join(
        [
            _spoken(quote.text),
            _about(person, interview.topic_name(quote.topics[0]) if quote.topics else "", reader),
            small_print([source, *source_of(interview, exchange), *notes], reader),
        ]
    )


def fact_text(fact: Fact, interview: Interview, reader: Reader, notes: Iterable[Text] = ()) -> str:
    """Write a fact and where it comes from."""
    names = [interview.people_by_key[key].name.split()[0] for key in fact.people]
    place = (
        _(
            "Fact {place} of {of} about {names}",
            place=fact.place,
            of=fact.total,
            names=plain(_joined(names)),
        )
        if names
        else _("Fact {place} of {of} about the series", place=fact.place, of=fact.total)
    )
    exchange = interview.exchanges_by_number[fact.exchange]
    return "\n".join(
        [
            plain_cut(fact.text, 1500),
            small_print([place, *source_of(interview, exchange), *notes], reader),
        ]
    )


def exchange_card(
    exchange: Exchange,
    interview: Interview,
    reader: Reader,
    passages: Sequence[Answer] | Sequence[Quote],
    *,
    marked: str = "",
    rows: Sequence[Sequence[Item]] = (),
) -> Card:
    """Show a question and what was said to it; the passage `marked` stands in bold.

    The passages are whole answers where a transcript was loaded, else the quotations there are.
    """
    is_admitted = reader.audience.admits(exchange.spoiler, is_mature=False)
    question = _("Question {number}", number=exchange.number)
    heading = plain(exchange.title) if is_admitted else reader.say(question)
    summary = summary_of(exchange, reader)
    is_whole = bool(passages) and isinstance(passages[0], Answer)
    note = () if is_whole else (_("selected quotations; the link leads to all that was said"),)
    footer = small_print([*source_of(interview, exchange), *note], reader)
    # What is left over is for the names of who speaks, which stand between the passages.
    room = MAX_TEXT - len(heading) - len(summary) - len(footer) - 200
    body = "\n".join(
        [
            f"### {heading}",
            summary,
            *_passages(interview, passages, marked, room),
            footer,
        ]
    )
    levels = [quote.spoiler for quote in passages if isinstance(quote, Quote)]
    level = max([exchange.spoiler if is_admitted else Spoiler.NONE, *levels])
    hidden = _("Hidden: a question whose answers give away part of the story. Press it to read it.")
    return veiled_card(body, level, hidden, reader, rows)


def veiled_card(
    body: str,
    spoiler: Spoiler,
    hidden: Text,
    reader: Reader,
    rows: Sequence[Sequence[Item]] = (),
    *,
    accent: int | None = None,
) -> Card:
    """Show a text, behind a veil where it is a spoiler; a line before it says what is hidden."""
    is_veiled = reader.audience.veils(spoiler)
    container = box([body], accent=None if is_veiled else accent, is_veiled=is_veiled)
    before = [reader.say(hidden)] if is_veiled else []
    return Card(reader.locale, *before, container, *(item for row in rows for item in row_of(row)))


def summary_of(exchange: Exchange, reader: Reader) -> str:
    """Say what was asked, to those who may read it."""
    if reader.audience.admits(exchange.spoiler, is_mature=False):
        return plain_cut(exchange.summary, 600)
    return reader.say(_LEFT_OUT)


def all_shown(drawn: DrawnItem[Any]) -> tuple[Text, ...]:
    """Say that a round is over, on the card that ends it."""
    if not drawn.is_last:
        return ()
    return (_("all {size} shown, from here on they come again", size=drawn.size),)


def source_of(interview: Interview, exchange: Exchange) -> list[Text | str]:
    place = (
        _("question {n} of {count}", n=exchange.number, count=interview.question_count)
        if exchange.number
        else _("introduction")
    )
    return [place, link(interview.outlet, exchange.link or interview.link)]


def place_of(quote: Quote, interview: Interview) -> Text:
    """Say where a quote stands, in a line of its own."""
    if not quote.exchange:
        return _("Quote {number} · introduction", number=quote.number)
    return _(
        "Quote {number} · question {n} of {count}",
        number=quote.number,
        n=quote.exchange,
        count=interview.question_count,
    )


def small_print(parts: Iterable[Text | str], reader: Reader) -> str:
    words = [part if isinstance(part, str) else reader.say(part) for part in parts]
    return small(" · ".join(word for word in words if word))


def accent_of(interview: Interview, key: str) -> int | None:
    speakers = [person.key for person in interview.speakers]
    return ACCENTS[speakers.index(key) % len(ACCENTS)] if key in speakers else None


def _passages(
    interview: Interview, passages: Sequence[Answer] | Sequence[Quote], marked: str, room: int
) -> list[str]:
    """Write what was said, a speaker's passages together, within `room` characters."""
    lines: list[str] = []
    share = room // max(1, len(passages))
    speaker = ""
    for passage in passages:
        if passage.speaker != speaker:
            speaker = passage.speaker
            lines.append(f"**{plain(interview.people_by_key[speaker].name)}**")
        text = passage.text if isinstance(passage, Quote) else " ".join(passage.sentences)
        # A passage of less than a line would say nothing.
        share_left = max(80, share - 40)
        lines.append("> " + _with_mark(one_line(text), one_line(marked), share_left))
    return lines


def _with_mark(text: str, marked: str, limit: int) -> str:
    at = text.find(marked) if marked else -1
    if at < 0:
        return plain_cut(text, limit)
    before, after = text[:at], text[at + len(marked) :]
    bold = f"**{plain(marked)}**"
    room = max(0, limit - len(bold)) // 2
    # The start of a long answer gives way before the passage itself does.
    lead = plain(before) if len(before) <= room else _end_of(before, room)
    return lead + bold + (plain_cut(after, room + 1) if after else "")


def _end_of(text: str, limit: int) -> str:
    return f"{CUT} {plain(text[-limit:].partition(' ')[2]) if limit else ''}"


def _spoken(text: str) -> str:
    quoted = f"\u201c{plain_cut(one_line(text), 3400)}\u201d"
    return f"## {quoted}" if len(text.split()) <= _HEADING_WORDS else quoted


def _about(person: Person, topic: str, reader: Reader) -> str:
    who = f"**{plain(person.name)}**" + (f" ({plain(person.part)})" if person.part else "")
    if not topic:
        return who
    return reader.say(_("{who} on {topic}", who=who, topic=plain(topic)))


def _joined(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
