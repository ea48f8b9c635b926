"""Entries as the rows of the model that they stand for."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.interview.model import (
    Colours,
    CuratedQuestion,
    Exchange,
    Fact,
    Interview,
    Person,
    Quote,
    QuoteGame,
    Spoiler,
)
from bot.interview.pack.entries import (
    ColoursEntry,
    ExchangeEntry,
    FactEntry,
    InterviewEntry,
    NumberedEntry,
    PersonEntry,
    QuestionEntry,
    QuoteEntry,
    SourcedEntry,
    spoiler_of,
)
from bot.interview.words import fold

_EPOCH: Final = date(1970, 1, 1)
_NOWHERE: Final = Exchange(0, "", "")


def interview_of(slug: str, entry: InterviewEntry) -> Interview:
    exchanges = sorted(map(_exchange, entry.exchanges), key=lambda exchange: exchange.number)
    return Interview(
        slug=slug,
        title=entry.title,
        work=entry.work or entry.title,
        outlet=entry.outlet,
        byline=entry.byline or "",
        link=entry.link or "",
        language=entry.language,
        rights=entry.rights or "",
        people=tuple(map(_person, entry.people)),
        exchanges=tuple(exchanges),
        colours=_colours(entry.colours),
    )


def _colours(entry: ColoursEntry | None) -> Colours | None:
    if entry is None:
        return None
    return Colours(**{name: int(value[1:], 16) for name, value in entry if value is not None})


def _person(entry: PersonEntry) -> Person:
    return Person(
        key=entry.key or person_key(entry.name),
        name=entry.name,
        aliases=tuple(entry.aliases),
        role=entry.role or "",
        part=entry.part or "",
        pronoun=entry.pronoun or "",
    )


def person_key(name: str) -> str:
    """Make a key out of a name; empty where no letter of it can stand in a button."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:24].strip("-")


def _exchange(entry: ExchangeEntry) -> Exchange:
    return Exchange(
        number=entry.number,
        title=entry.title,
        summary=entry.summary,
        topics=tuple(entry.topics),
        spoiler=spoiler_of(entry.spoiler),
        link=entry.link or "",
        is_guessed=entry.guessed,
    )


def quote_of(entry: QuoteEntry, interview: Interview) -> Quote:
    exchange = interview.exchanges_by_number[entry.exchange]
    return Quote(
        slug=interview.slug,
        number=entry.number or 0,
        exchange=entry.exchange,
        speaker=entry.speaker,
        text=entry.text,
        topics=_topics(entry.topics, exchange),
        spoiler=_spoiler(entry, exchange),
        is_mature=entry.mature,
        is_drawn=entry.drawn,
        since=_since(entry),
        games=tuple(QuoteGame if entry.games is None else entry.games),
    )


def fact_of(entry: FactEntry, interview: Interview) -> Fact:
    exchange = interview.exchanges_by_number.get(entry.exchange, _NOWHERE)
    return Fact(
        slug=interview.slug,
        number=entry.number or 0,
        people=tuple(sorted(entry.people)),
        exchange=entry.exchange,
        text=entry.text,
        topics=_topics(entry.topics, exchange),
        spoiler=_spoiler(entry, exchange),
        is_mature=entry.mature,
        who=entry.who or "",
        false_version=entry.false_version or "",
        explanation=entry.explanation or "",
        since=_since(entry),
    )


def question_of(entry: QuestionEntry, interview: Interview) -> CuratedQuestion:
    exchange = interview.exchanges_by_number.get(entry.exchange, _NOWHERE)
    return CuratedQuestion(
        slug=interview.slug,
        number=entry.number or 0,
        exchange=entry.exchange,
        prompt=entry.prompt,
        right=entry.right,
        wrong=tuple(entry.wrong),
        explanation=entry.explanation,
        difficulty=entry.difficulty,
        about=entry.about,
        spoiler=_spoiler(entry, exchange),
        is_mature=entry.mature,
        since=_since(entry),
        not_with=tuple(entry.not_with),
    )


def _topics(entry_topics: Sequence[str] | None, exchange: Exchange) -> tuple[str, ...]:
    return tuple(dict.fromkeys(exchange.topics if entry_topics is None else entry_topics))


def _spoiler(entry: SourcedEntry, exchange: Exchange) -> Spoiler:
    return exchange.spoiler if entry.spoiler is None else spoiler_of(entry.spoiler)


def _since(entry: NumberedEntry) -> int:
    """Count the days since 1970, as the days of the cards are counted."""
    return (entry.since - _EPOCH).days if entry.since else 0


def rival_statements(questions: Sequence[CuratedQuestion]) -> set[tuple[str, str]]:
    """Pair what must not come in one game, both ways: one of two questions says it."""
    statements = {question.number: question.statement for question in questions}
    pairs = {
        (question.statement, statements[number])
        for question in questions
        for number in question.not_with
        if number in statements
    }
    return pairs | {(other, statement) for statement, other in pairs}


def count_facts(facts: Sequence[Fact]) -> list[Fact]:
    """Count the facts about the same people, for "Fact 7 of 17 about Kylie"."""
    totals = Counter(fact.people for fact in facts)
    places: Counter[tuple[str, ...]] = Counter()
    counted_facts: list[Fact] = []
    for fact in facts:
        places[fact.people] += 1
        total = totals[fact.people]
        counted_facts.append(replace(fact, place=places[fact.people], total=total))
    return counted_facts
