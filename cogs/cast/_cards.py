"""The people of an interview, as cards."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.interview.audience import Reader
from bot.interview.model import Fact, Interview, Person, Quote
from bot.letters import label, one_line
from bot.text import _, plural
from bot.ui.budget import FlexibleText, Line, pages
from bot.ui.cards import Card, Item, box, row_of, small
from bot.ui.markdown import plain
from bot.ui.quote_cards import accent_of, more_of
from bot.ui.views import MAX_OPTION, MAX_OPTIONS

_TOPICS: Final = 3


def people_card(
    interview: Interview, reader: Reader, places: range, rows: Sequence[Sequence[Item]] = ()
) -> Card:
    """List a page of who speaks and who is spoken of."""
    heading = _heading(interview, reader)
    left = len(interview.people) - places.stop
    more = [small(reader.say(more_of(left)))] if left else []
    lines = [f"- {_who(interview.people[place], reader)}" for place in places]
    container = box([heading, *lines, *more])
    return Card(reader.locale, container, *(item for row in rows for item in row_of(row)))


def pages_of_people(interview: Interview, reader: Reader) -> list[range]:
    """Lay out the people on as many cards as it takes; a select offers each of a card."""
    more = reader.say(more_of(len(interview.people)))
    lines = [f"- {_who(person, reader)}" for person in interview.people]
    laid_out = pages(lines, [_heading(interview, reader), small(more)])
    starts = ((start, places.stop) for places in laid_out for start in places[::MAX_OPTIONS])
    return [range(start, min(start + MAX_OPTIONS, stop)) for start, stop in starts]


def people_options(interview: Interview, places: range) -> list[discord.SelectOption]:
    """Offer the people of a page, each with their part."""
    people = [interview.people[place] for place in places]
    return [
        discord.SelectOption(
            label=label(person.name, MAX_OPTION),
            description=label(person.part or person.role, MAX_OPTION),
            value=person.key,
        )
        for person in people
    ]


def person_card(
    person: Person,
    facts: Sequence[Fact],
    quotes: Sequence[Quote],
    topics: Sequence[str],
    interview: Interview,
    reader: Reader,
    buttons: Sequence[Item] = (),
) -> Card:
    """Show one person: role and part, what they speak about, some facts, some words."""
    lines: list[Line] = [f"### {plain(person.name)}"]
    if about := [word for word in (_part(person, reader), plain(person.role)) if word]:
        lines.append(" · ".join(about))
    if topics:
        subjects = plain(", ".join(map(interview.topic_name, topics[:_TOPICS])))
        lines.append(reader.say(_("Talks mostly about {topics}.", topics=subjects)))
    lines += [FlexibleText(fact.text, "- ") for fact in facts]
    if facts:
        lines.append(_sources(facts, reader))
    # A line between keeps one from reading on into the next.
    lines += [FlexibleText(one_line(quote.text), "\n> ") for quote in quotes]
    if not (facts or quotes):
        lines.append(reader.say(_("The interview says nothing more about them.")))
    container = box(lines, accent=accent_of(interview, person.key))
    return Card(reader.locale, container, *row_of(buttons))


def _sources(facts: Sequence[Fact], reader: Reader) -> str:
    """Tell from which questions the facts come."""
    questions = sorted({fact.exchange for fact in facts})
    if questions == [0]:
        return small(reader.say(_("from the introduction")))
    numbers = [str(number) for number in questions if number]
    place = plural(
        "from question {numbers}",
        "from questions {numbers}",
        len(numbers),
        numbers=", ".join(numbers),
    )
    return small(reader.say(place))


def _heading(interview: Interview, reader: Reader) -> str:
    return reader.say(_("### Who's who in {work}", work=plain(interview.work)))


def _part(person: Person, reader: Reader) -> str:
    return reader.say(_("as **{part}**", part=plain(person.part))) if person.part else ""


def _who(person: Person, reader: Reader) -> str:
    name = f"**{plain(person.name)}**"
    if person.part:
        name = reader.say(_("{name} as {part}", name=name, part=plain(person.part)))
    return " · ".join(word for word in (name, plain(person.role)) if word)
