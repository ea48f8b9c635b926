"""The people of an interview, as cards."""

from collections.abc import Sequence
from typing import Final

from bot.interview.audience import Reader
from bot.interview.model import Fact, Interview, Person, Quote
from bot.text import _
from bot.ui.cards import Card, Item, box, row_of, small
from bot.ui.markdown import one_line, plain, plain_cut
from bot.ui.quote_cards import accent_of

_TOPICS: Final = 3
_PEOPLE: Final = 40


def people_card(interview: Interview, reader: Reader) -> Card:
    """List who speaks and who is spoken of."""
    heading = _("### The people of {work}", work=plain(interview.work))
    lines = [f"- {_who(person, reader)}" for person in interview.people[:_PEOPLE]]
    hint = _("-# /cast with a name tells more about them.")
    return Card(reader.locale, box([reader.say(heading), *lines, reader.say(hint)]))


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
    lines = [f"### {_who(person, reader)}"]
    if topics:
        subjects = plain(", ".join(map(interview.topic_name, topics[:_TOPICS])))
        lines.append(reader.say(_("Speaks most about {topics}.", topics=subjects)))
    lines += [f"- {plain_cut(fact.text, 400)}" for fact in facts]
    if facts:
        lines.append(_sources(facts, reader))
    lines += [f"> {plain_cut(one_line(quote.text), 600)}" for quote in quotes]
    if not (facts or quotes):
        lines.append(reader.say(_("The interview tells no more about them.")))
    container = box(lines, accent=accent_of(interview, person.key))
    return Card(reader.locale, container, *row_of(buttons))


def _sources(facts: Sequence[Fact], reader: Reader) -> str:
    """Tell from which questions the facts come."""
    questions = sorted({fact.exchange for fact in facts})
    if questions == [0]:
        return small(reader.say(_("from the introduction")))
    numbers = ", ".join(str(number) for number in questions if number)
    return small(reader.say(_("from questions {numbers}", numbers=numbers)))


def _who(person: Person, reader: Reader) -> str:
    name = f"**{plain(person.name)}**"
    if person.part:
        name = reader.say(_("{name} as {part}", name=name, part=plain(person.part)))
    return " · ".join(word for word in (name, plain(person.role)) if word)
