"""On which line of a TOML file things stand; what parses it tells that of mistakes only."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

_HEADER: Final = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_TABLE: Final = re.compile(r"\s*\[+([^\[\]]+)\]+\s*(?:#.*)?$")
_FIELD: Final = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*=")
TOP: Final = 0
"""The line of what stands before the first header."""


class TomlLines:
    """The lines of a file, numbered from 1, without those within multi-line strings."""

    def __init__(self, text: str) -> None:
        self._lines = list(_lines_outside_strings(text))
        self._numbers = [number for number, _line in self._lines]
        self._entries: dict[str, list[int]] = {}

    def entries(self, table: str) -> list[int]:
        """List the lines on which the entries of a table start."""
        if table not in self._entries:
            self._entries[table] = [
                number
                for number, line in self._lines
                if (header := _HEADER.match(line)) and header[1] == table
            ]
        return self._entries[table]

    def tables(self) -> dict[str, int]:
        """Give the lines of all headers such as `[fact.7]`, by what stands in them."""
        return {
            re.sub(r"[\s\"']", "", header[1]): number
            for number, line in self._lines
            if (header := _TABLE.match(line))
        }

    def single_headers(self, table: str) -> list[int]:
        """List the lines of `[table]`, which begins no entry of a list."""
        single = re.compile(rf"\s*\[\s*{re.escape(table)}\s*\]")
        return [number for number, line in self._lines if single.match(line)]

    def of(self, place: Sequence[int | str], start: int) -> int:
        """Give the line of a field, as pydantic names its place, in what starts on a line.

        Where it has no line of its own it is that of the start.
        """
        match place:
            case (str() as table, int() as index, *inner) if start == TOP and index < len(
                entries := self.entries(table)
            ):
                return self.of(inner, entries[index])
            case (str() as name, *_):
                return self._field(name, start) or start or 1
            case _:
                return start or 1

    def densest(self) -> int:
        """Give the line with the most brackets and dots, where what is nested too deeply stands."""
        number, _line = max(
            self._lines, key=lambda row: sum(row[1].count(mark) for mark in "[{."), default=(1, "")
        )
        return number

    def _field(self, name: str, start: int) -> int | None:
        for number, line in self._lines[bisect_right(self._numbers, start) :]:
            if line.lstrip().startswith("["):
                return None
            if (field := _FIELD.match(line)) and field[1] == name:
                return number
        return None


def _lines_outside_strings(text: str) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not fence:
            yield number, line
        fence = _open_fence(line, fence)


def _open_fence(line: str, fence: str) -> str:
    """Say which multi-line string is open after a line."""
    for mark in re.findall(r'"""|\'\'\'', line):
        if not fence:
            fence = mark
        elif fence == mark:
            fence = ""
    return fence
