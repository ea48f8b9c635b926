"""Custom ids: what a button or select carries, declared once."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from bot.interview.model import KEY_PATTERN, SLUG_PATTERN
from bot.letters import units

MAX_LENGTH: Final = 100
"""Units that Discord surely takes."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a custom id: what it may look like, and how it is read.

    It comes from the network: it says which, never how much or whether.
    """

    pattern: str
    read: Callable[[str], Any] = str


class CustomId:
    """A feature, an action and fields, joined by colons: `CustomId("quote:save", slug=SLUG)`.

    One that was released never changes its meaning; a new shape gets a new name.
    """

    def __init__(self, name: str, /, **fields: Field) -> None:
        self.name = name
        self._fields = fields

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Give what a whole id looks like."""
        groups = (f"(?P<{name}>{field.pattern})" for name, field in self._fields.items())
        return re.compile(":".join([re.escape(self.name), *groups]))

    def build(self, **values: object) -> str:
        """Write an id; raises TypeError unless each field, and nothing else, has a value.

        One that carries words can be longer than `is_sendable` allows; its button is left out.
        """
        if values.keys() != self._fields.keys():
            raise TypeError(f"{self.name} needs {list(self._fields)}, not {list(values)}")
        return ":".join([self.name, *(str(values[name]) for name in self._fields)])

    def parse(self, custom_id: str) -> dict[str, Any] | None:
        """Read the fields of an id; None where it is another one."""
        match = self.pattern.fullmatch(custom_id)
        return None if match is None else self.read(match)

    def read(self, match: re.Match[str]) -> dict[str, Any]:
        return {name: field.read(match[name]) for name, field in self._fields.items()}


def is_sendable(custom_id: str) -> bool:
    """Say whether Discord takes an id."""
    return units(custom_id) <= MAX_LENGTH


def ids_in(components: Iterable[Any]) -> Iterator[str]:
    """List the ids of all that can be pressed in the components of a message."""
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from ids_in(getattr(component, "children", ()))


def one_of(*words: str) -> Field:
    return Field("|".join(map(re.escape, words)))


# A row of the state database. Whatever has 18 digits fits into the 64 bits of SQLite.
ROW: Final = Field(r"[0-9]{1,18}", int)
# A member or server, by Discord's id of up to 64 bits without a sign: more than SQLite keeps.
SNOWFLAKE: Final = Field(r"[0-9]{1,20}", int)
SLUG: Final = Field(SLUG_PATTERN)
NUMBER: Final = Field(r"[0-9]{1,9}", int)
EXCHANGE: Final = Field(r"[0-9]{1,6}", int)
PAGE: Final = Field(r"[0-9]{1,3}", int)
CHOICE: Final = Field(r"[0-3]", int)
VERSION: Final = Field(r"[0-9]{1,9}", int)
PERSON: Final = Field(KEY_PATTERN)
# What a draw may be narrowed to; an empty one is any.
ANY_PERSON: Final = Field(f"(?:{KEY_PATTERN})?")
# No halves of signs: what stands in an id is sent again, and no request may hold them.
ANY_TOPIC: Final = Field(r"[^:\ud800-\udfff]{0,24}")
