"""What the content database holds of the model: every value both ways, written and read."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from bot.interview.model import (
    CuratedQuestion,
    Difficulty,
    Exchange,
    Fact,
    Interview,
    Person,
    Prompt,
    Quote,
    Spoiler,
)

Item = TypeVar("Item", bound=Quote | Fact | CuratedQuestion | Prompt)
Row = Sequence[Any]

_NOT_COLUMNS: Final = frozenset({"slug", "since", "games", "not_with"})
"""A row names its interview by id, and the others have become facets, arrivals in them, rivals."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """How SQLite holds a type that it does not know."""

    write: Callable[[Any], object]
    read: Callable[[Any], Any]


def _to_json(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


# The same few topics and people come again and again, and parsing them is half of reading a row.
@lru_cache(maxsize=4096)
def _from_json(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


_CONVERSIONS: Final[Mapping[object, Conversion]] = {
    tuple[str, ...]: Conversion(_to_json, _from_json),
    bool: Conversion(int, bool),
    # Looked up, as calling an enumeration takes several times as long.
    Spoiler: Conversion(int, {level.value: level for level in Spoiler}.__getitem__),
    Difficulty: Conversion(str, {level.value: level for level in Difficulty}.__getitem__),
}


class ItemTable(Generic[Item]):
    """A kind of item and its table: a column for each field, under the name of the field."""

    def __init__(self, name: str, item_type: type[Item]) -> None:
        self.name = name
        self._item_type = item_type
        types = {field.name: field.type for field in fields(item_type)}
        self.column_names = tuple(column for column in types if column not in _NOT_COLUMNS)
        self.columns = ", ".join(self.column_names)
        """The columns as they stand in a statement."""
        self._conversions = [
            (place, _CONVERSIONS[types[column]])
            for place, column in enumerate(self.column_names)
            if types[column] in _CONVERSIONS
        ]
        # An item is made of the values in this order: by name would take twice as long.
        assert list(types)[: len(self.column_names) + 1] == ["slug", *self.column_names]

    def item(self, slug: str, row: Row) -> Item:
        """Make an item out of the values of `columns`."""
        values = [*row]
        for place, conversion in self._conversions:
            values[place] = conversion.read(values[place])
        return self._item_type(slug, *values)

    def row(self, item: Item) -> list[Any]:
        """Give the values of `columns` of an item."""
        values = [getattr(item, column) for column in self.column_names]
        for place, conversion in self._conversions:
            values[place] = conversion.write(values[place])
        return values


QUOTES: Final = ItemTable("quote", Quote)
FACTS: Final = ItemTable("fact", Fact)
QUESTIONS: Final = ItemTable("question", CuratedQuestion)
PROMPTS: Final = ItemTable("prompt", Prompt)


def slots_statement(table: ItemTable[Any], count: int) -> str:
    """Write the statement that reads so many items by facet and place."""
    columns = ", ".join(f"item.{column}" for column in table.column_names)
    places = ", ".join(["(?, ?)"] * count)
    # The join begins with the places; a list of pairs after WHERE would scan all slots.
    return (
        f"WITH drawn (facet, place) AS (VALUES {places})"  # noqa: S608 - our own names
        f" SELECT slot.facet, slot.place, {columns} FROM drawn"
        " CROSS JOIN slot ON slot.facet = drawn.facet AND slot.place = drawn.place"
        f" CROSS JOIN {table.name} AS item ON item.id = slot.item"
    )


def interview_document(interview: Interview, topics: Iterable[str]) -> str:
    """Write an interview and its topics, in the order in which they were first named."""
    return json.dumps({"topics": list(topics), **asdict(interview)}, ensure_ascii=False)


def read_interview(document: str) -> tuple[Interview, tuple[str, ...]]:
    """Read an interview and its topics from a document."""
    content: dict[str, Any] = json.loads(document)
    topics = tuple(content.pop("topics"))
    content["people"] = tuple(_person(person) for person in content["people"])
    content["topic_names"] = tuple((topic, name) for topic, name in content["topic_names"])
    content["exchanges"] = tuple(_exchange(exchange) for exchange in content["exchanges"])
    return Interview(**content), topics


def _person(content: dict[str, Any]) -> Person:
    content["aliases"] = tuple(content["aliases"])
    return Person(**content)


def _exchange(content: dict[str, Any]) -> Exchange:
    content["topics"] = tuple(content["topics"])
    content["spoiler"] = Spoiler(content["spoiler"])
    return Exchange(**content)


def arrivals_text(arrivals: Iterable[tuple[int, int]]) -> str:
    """Write the arrivals of a facet: pairs of a UTC day and a place."""
    return json.dumps(list(arrivals))


def read_arrivals(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((since, place) for since, place in json.loads(text))


def translation_text(words: Mapping[str, Any]) -> str:
    """Write the translated fields of an item, by name."""
    return json.dumps(words, ensure_ascii=False)


def read_translation(text: str) -> Mapping[str, Any]:
    """Read translated fields as values of the model: the wrong answers are a tuple there."""
    words: dict[str, Any] = json.loads(text)
    if "wrong" in words:
        words["wrong"] = tuple(words["wrong"])
    return words
