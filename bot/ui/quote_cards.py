"""Quotes and facts as cards."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from bot.draw import DrawnItem
from bot.interview.audience import Reader
from bot.interview.leaning import leans_on_question
from bot.interview.model import Exchange, Fact, Interview, Person, Quote, Spoiler
from bot.interview.outlets import site_beside
from bot.interview.words import count_words
from bot.letters import cut, one_line
from bot.text import Text, _, plural
from bot.ui.budget import FlexibleText, Line, TextBlock
from bot.ui.cards import Card, Item, box, row_of, small
from bot.ui.markdown import link, plain

HIDDEN_QUOTE: Final = _("Spoiler: this quote gives away part of the story. Press to read it.")
# As the largest heading this still fits into three lines of a phone.
_FEW_WORDS: Final = 12
# Of a question beside a quote: three lines in small print.
_QUESTION: Final = 160
_LEFT_OUT: Final = _("This gives away part of the story, so it's left out here.")
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
    rows: Sequence[Sequence[Item]] = (),
    notes: Iterable[Text] = (),
) -> Card:
    """Show a quote; of its topics it names the one that was asked for, or its first."""
    words = quote_words(quote, interview, reader)
    below = TextBlock(quote_source(quote, interview, reader, notes, topic))
    accent = accent_of(interview, quote.speaker)
    return veiled_card(
        words, quote.spoiler, HIDDEN_QUOTE, reader, [buttons, *rows], apart=[below], accent=accent
    )


def quote_text(
    quote: Quote,
    interview: Interview,
    reader: Reader,
    notes: Iterable[Text] = (),
    topic: str = "",
) -> list[Line]:
    """Write a quote as one paragraph: its question, the words, who said them, and where."""
    below = quote_source(quote, interview, reader, notes, topic)
    return [*quote_words(quote, interview, reader), *below]


def quote_words(quote: Quote, interview: Interview, reader: Reader) -> list[Line]:
    """Write the words, larger than all else, below the question that they answer."""
    lines = asked_lines(quote, interview, reader)
    size = "#" if count_words(quote.text) <= _FEW_WORDS else "##"
    words = FlexibleText(one_line(quote.text), f"{size} \u201c", "\u201d", is_first=True)
    return [*lines, words]


def asked_lines(quote: Quote, interview: Interview, reader: Reader) -> list[Line]:
    """Write the title of the question, and what was asked where the words say little without it."""
    exchange = interview.exchanges_by_number[quote.exchange]
    if not _may_be_told(exchange, quote, reader):
        return []
    lines: list[Line] = [small(plain(exchange.title))]
    # Of a transcript the question stands for its title, where it is short enough.
    is_told = exchange.summary == exchange.title
    if exchange.number and not is_told and leans_on_question(quote, interview.language):
        lines.append(FlexibleText(cut(one_line(exchange.summary), _QUESTION), small("")))
    return lines


def quote_source(
    quote: Quote,
    interview: Interview,
    reader: Reader,
    notes: Iterable[Text] = (),
    topic: str = "",
) -> list[Line]:
    """Tell who said a quote, on what, and where it was published."""
    person = interview.people_by_key[quote.speaker]
    exchange = interview.exchanges_by_number[quote.exchange]
    number = _("Quote {number}", number=quote.number)
    named = topic if topic in quote.topics else next(iter(quote.topics), "")
    about = [_("on {topic}", topic=plain(interview.topic_name(named)))] if named else []
    return [
        _who(person),
        small_print([*about, number, *source_of(interview, exchange), *notes], reader),
    ]


def _may_be_told(exchange: Exchange, quote: Quote, reader: Reader) -> bool:
    """Say whether a question may stand on the card of a quote, which may be veiled itself."""
    level = exchange.spoiler
    audience = reader.audience
    return audience.admits(level, is_mature=False) and (
        level <= quote.spoiler or not audience.veils(level)
    )


def fact_text(
    fact: Fact, interview: Interview, reader: Reader, notes: Iterable[Text] = ()
) -> list[Line]:
    """Write a fact and where it comes from."""
    exchange = interview.exchanges_by_number[fact.exchange]
    return [
        FlexibleText(fact.text),
        small_print([_among(fact, interview), *source_of(interview, exchange), *notes], reader),
    ]


def _among(fact: Fact, interview: Interview) -> Text:
    """Say how many facts there are about the same people; they come in no order."""
    names = [plain(interview.people_by_key[key].name.split()[0]) for key in fact.people]
    about = _joined(names) if names else plain(interview.work)
    if fact.total == 1:
        return _("The only fact about {names}", names=about)
    return _("One of {count} facts about {names}", count=fact.total, names=about)


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
    apart: Sequence[Item] = (),
    accent: int | None = None,
) -> Card:
    """Show a text, behind a veil where it is a spoiler; a line before it says what is hidden.

    What stands `apart` follows it there, as paragraphs of their own.
    """
    is_veiled = reader.audience.veils(spoiler)
    container = box(lines, *apart, accent=None if is_veiled else accent, is_veiled=is_veiled)
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
    if drawn.size == 1:
        return (_("the only one there is"),)
    return (_("you've seen all {size}; starting over", size=drawn.size),)


def source_of(interview: Interview, exchange: Exchange) -> list[Text | str]:
    """Name the question of the interview, and the outlet."""
    return [place_in(interview, exchange.number), publisher_of(interview, exchange)]


def publisher_of(interview: Interview, exchange: Exchange) -> Text | str:
    """Name the outlet with its link, and the site that the link leads to where it is another."""
    url = exchange.link or interview.link
    outlet = link(interview.outlet, url)
    site = site_beside(interview.outlet, url)
    return _("{outlet} via {site}", outlet=outlet, site=plain(site)) if site else outlet


def place_of(quote: Quote, interview: Interview, reader: Reader) -> str:
    """Say where a quote stands, in a line of its own."""
    source = _("Quote {number}", number=quote.number)
    return f"{reader.say(source)} · {reader.say(place_in(interview, quote.exchange))}"


def place_in(interview: Interview, number: int) -> Text:
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


def _who(person: Person) -> str:
    return f"**{plain(person.name)}**" + (f" ({plain(person.part)})" if person.part else "")


def _joined(names: Sequence[str]) -> Text | str:
    if len(names) == 1:
        return names[0]
    if len(names) > _NAMED:
        first, count = ", ".join(names[:_NAMED]), len(names) - _NAMED
        return plural("{names} and 1 more", "{names} and {count} more", count, names=first)
    return _("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])
