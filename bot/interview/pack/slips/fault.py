"""A piece of a file that cannot be read, and what is recognised in it."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.text import Text

FIELD: Final = re.compile(
    r"[^\S\n]*(?P<key>[\w.-]+|\"[^\"\n]*\"|'[^'\n]*')[^\S\n]*=[^\S\n]*", re.ASCII
)
_VALUE: Final = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'|[^\n\"'#]+|[\"'].*")
CURLY: Final = "“”„‟«»″〝〞\uff02"
CURLY_SINGLE: Final = "\u2018\u2019\u201a\u201b\u2032`\u00b4"
_MOST_TOLD: Final = 40


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong between two offsets of the piece."""

    start: int
    end: int
    problem: Text
    remedy: Text


@dataclass(frozen=True)
class Fault:
    """A field or a line by itself, and where the parser gave up in it, saying what."""

    text: str
    position: int
    complaint: str

    @cached_property
    def letter(self) -> str:
        return self.text[self.position : self.position + 1]

    @cached_property
    def key(self) -> str:
        """The field's name, where there are one and its sign."""
        match = FIELD.match(self.text)
        return match["key"] if match else ""

    @cached_property
    def value_start(self) -> int:
        match = FIELD.match(self.text)
        return match.end() if match else len(self.text) - len(self.text.lstrip())

    @cached_property
    def line_end(self) -> int:
        """Where the first line ends."""
        end = self.text.find("\n")
        return len(self.text.rstrip()) if end < 0 else len(self.text[:end].rstrip())

    @cached_property
    def value(self) -> str:
        """What stands behind the sign on the first line, without a note behind it."""
        end = self.value_start
        while match := _VALUE.match(self.text, end, self.line_end):
            end = match.end()
        return self.text[self.value_start : end].rstrip()

    @cached_property
    def is_list(self) -> bool:
        return self.value.startswith("[")

    def here(self, problem: Text, remedy: Text, length: int = 1) -> Slip:
        """Point to where the parser gave up."""
        return Slip(self.position, self.position + length, problem, remedy)

    def at_value(self, problem: Text, remedy: Text) -> Slip:
        return Slip(self.value_start, self.value_start + max(1, len(self.value)), problem, remedy)


def clipped(text: str) -> str:
    """Write a piece of a file for a sentence."""
    return text if len(text) <= _MOST_TOLD else f"{text[:_MOST_TOLD]}…"
