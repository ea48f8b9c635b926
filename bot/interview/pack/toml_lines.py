"""Where things stand in a TOML file; what parses it tells that of mistakes only."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from typing import Final

from bot.interview.pack.mistakes import FieldPath, Spot, spot_in
from bot.interview.pack.value_spans import ValueSpans

_HEADER: Final = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_TABLE: Final = re.compile(r"\s*\[+([^\[\]]+)\]+\s*(?:#.*)?$")
_BRACKETS: Final = re.compile(r"\s*(\[.*\]|\S+)")
TOP: Final = 0
"""The line of what stands before the first header."""


class TomlLines:
    """The lines of a file, numbered from 1, without those within multi-line strings."""

    def __init__(self, text: str, original: str | None = None) -> None:
        """Take a text; headers are told as they stand in the one that is `original`."""
        self.text = text
        self.original = text if original is None else original
        self.outside_strings = list(_lines_outside_strings(text))
        self._entries: dict[str, list[int]] = {}
        self._spans: tuple[int, ValueSpans] | None = None

    def entries(self, table: str) -> list[int]:
        """List the lines on which the entries of a table start."""
        if table not in self._entries:
            self._entries[table] = [
                number
                for number, line in self.outside_strings
                if (header := _HEADER.match(line)) and header[1] == table
            ]
        return self._entries[table]

    @cached_property
    def tables(self) -> dict[str, int]:
        """Give the first lines of all headers such as `[fact.7]`, by what stands in them."""
        return {
            re.sub(r"[\s\"']", "", header[1]): number
            for number, line in reversed(self.outside_strings)
            if (header := _TABLE.match(line))
        }

    def single_headers(self, table: str) -> list[int]:
        """List the lines of `[table]`, which begins no entry of a list."""
        single = re.compile(rf"\s*\[\s*{re.escape(table)}\s*\]\s*(?:#|$)")
        return [number for number, line in self.outside_strings if single.match(line)]

    def spot(self, path: FieldPath = (), line: int = TOP, *, of_key: bool = False) -> Spot:
        """Find a value, or its field's name, in what starts on a line: there where it is not."""
        if line == TOP and (header := self._header(path)) is not None:
            line, path = header
        span = self._spans_from(line).find(path, of_key=of_key) if path else None
        return self.header(line) if span is None else spot_in(self.text, *span)

    def header(self, line: int) -> Spot:
        """Find the header on a line, or the beginning of the file."""
        if line == TOP:
            return Spot(1)
        text = self._original_lines[line - 1]
        match = _BRACKETS.match(text)
        return spot_in(text, *match.span(1), line) if match else Spot(line)

    def start_of(self, line: int) -> int:
        """Give the offset at which a line begins."""
        return self._starts[line - 1]

    def line_at(self, offset: int) -> int:
        """Give the line in which an offset is."""
        return bisect_right(self._starts, offset)

    def densest(self) -> int:
        """Give the line with the most brackets and dots, where what is nested too deeply stands."""
        number, _line = max(
            self.outside_strings,
            key=lambda row: sum(row[1].count(mark) for mark in "[{."),
            default=(1, ""),
        )
        return number

    def _header(self, path: FieldPath) -> tuple[int, FieldPath] | None:
        """Find the header under which a value stands, and the rest of the way to it."""
        match path:
            case (str() as table, int() as index, *rest) if index < len(self.entries(table)):
                return self.entries(table)[index], rest
            case _:
                pass
        for count in range(len(path), 0, -1):
            if line := self.tables.get(".".join(map(str, path[:count]))):
                return line, path[count:]
        # A part of which only entries have headers: `[fact.1]` is of `fact`.
        line = self._parts.get(str(path[0])) if len(path) == 1 else None
        return None if line is None else (line, [])

    @cached_property
    def _parts(self) -> dict[str, int]:
        """Give the first lines of all headers by the first word of what stands in them."""
        first_last = sorted(self.tables.items(), key=itemgetter(1), reverse=True)
        return {name.split(".")[0]: line for name, line in first_last}

    def _spans_from(self, line: int) -> ValueSpans:
        if self._spans is None or self._spans[0] != line:
            start = 0 if line == TOP else self.start_of(line)
            if line != TOP and (match := _BRACKETS.match(self.text, start)):
                start = match.end()
            self._spans = line, ValueSpans(self.text, start)
        return self._spans[1]

    @cached_property
    def _original_lines(self) -> list[str]:
        return self.original.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.text.split("\n"))]


@dataclass(frozen=True, slots=True)
class TomlPassage:
    """An entry that starts on a line of a file, or one at the end of a path from its top."""

    lines: TomlLines
    line: int = TOP
    top: FieldPath = ()

    def spot(self, path: FieldPath = (), *, of_key: bool = False) -> Spot:
        return self.lines.spot((*self.top, *path), self.line, of_key=of_key)


def _lines_outside_strings(text: str) -> Iterator[tuple[int, str]]:
    fence = ""
    inside: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if fence:
            inside.append((number, line))
        else:
            yield number, line
            inside.clear()
        fence = _open_fence(line, fence)
    # Of a string that never ends nobody knows how far it was to go.
    if fence:
        yield from inside


def _open_fence(line: str, fence: str) -> str:
    """Say which multi-line string is open after a line."""
    for mark in re.findall(r'"""|\'\'\'', line):
        if not fence:
            fence = mark
        elif fence == mark:
            fence = ""
    return fence
