"""Rows of the content database as values of the model, each with the columns it is read from."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from bot.interview.model import (
    CuratedQuestion,
    Difficulty,
    Exchange,
    Fact,
    Interview,
    Person,
    Quote,
    Spoiler,
)

T = TypeVar("T")
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """A kind of item: its table, the columns to read and how a row becomes an item."""

    name: str
    columns: str
    item: Callable[[str, Row], T]


def _quote(slug: str, row: Row) -> Quote:
    number, exchange, speaker, text, topics, spoiler, is_mature, is_drawn = row
    return Quote(
        slug,
        number,
        exchange,
        speaker,
        text,
        _listed(topics),
        Spoiler(spoiler),
        bool(is_mature),
        bool(is_drawn),
    )


def _fact(slug: str, row: Row) -> Fact:
    number, people, exchange, text, topics, spoiler, is_mature, who, false, why, place, of = row
    return Fact(
        slug,
        number,
        _listed(people),
        exchange,
        text,
        _listed(topics),
        Spoiler(spoiler),
        bool(is_mature),
        who,
        false,
        why,
        place,
        of,
    )


def _question(slug: str, row: Row) -> CuratedQuestion:
    number, exchange, prompt, right, wrong, why, difficulty, about, spoiler, is_mature = row
    return CuratedQuestion(
        slug,
        number,
        exchange,
        prompt,
        right,
        _listed(wrong),
        why,
        Difficulty(difficulty),
        about,
        Spoiler(spoiler),
        bool(is_mature),
    )


QUOTES: Final = Table(
    "quote",
    "number, exchange, speaker, text, topics, spoiler, is_mature, is_drawn",
    _quote,
)
FACTS: Final = Table(
    "fact",
    "number, people, exchange, text, topics, spoiler, is_mature, who, false_version, explanation,"
    " place, total",
    _fact,
)
QUESTIONS: Final = Table(
    "question",
    "number, exchange, prompt, correct, wrong, explanation, difficulty, about, spoiler, is_mature",
    _question,
)


def slots_statement(table: Table[Any], count: int) -> str:
    """Write the statement that reads so many items by facet and place."""
    columns = ", ".join(f"item.{column}" for column in table.columns.split(", "))
    places = ", ".join(["(?, ?)"] * count)
    # The join begins with what is wanted; a list of pairs after WHERE would scan all slots.
    return (
        f"WITH wanted (facet, place) AS (VALUES {places})"  # noqa: S608 - our own names
        f" SELECT slot.facet, slot.place, {columns} FROM wanted"
        " CROSS JOIN slot ON slot.facet = wanted.facet AND slot.place = wanted.place"
        f" CROSS JOIN {table.name} AS item ON item.id = slot.item"
    )


def read_interview(document: str) -> tuple[Interview, tuple[str, ...]]:
    """Read an interview and its topics, in the order in which they were first named."""
    fields: dict[str, Any] = json.loads(document)
    topics = tuple(fields.pop("topics"))
    fields["people"] = tuple(_person(person) for person in fields["people"])
    fields["topic_names"] = tuple((topic, name) for topic, name in fields["topic_names"])
    fields["exchanges"] = tuple(_exchange(exchange) for exchange in fields["exchanges"])
    return Interview(**fields), topics


def read_arrivals(text: str) -> tuple[tuple[int, int], ...]:
    """Read the arrivals of a facet: pairs of a UTC day and a place."""
    return tuple((since, place) for since, place in json.loads(text))


def _person(fields: dict[str, Any]) -> Person:
    fields["aliases"] = tuple(fields["aliases"])
    return Person(**fields)


def _exchange(fields: dict[str, Any]) -> Exchange:
    fields["topics"] = tuple(fields["topics"])
    fields["spoiler"] = Spoiler(fields["spoiler"])
    return Exchange(**fields)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
