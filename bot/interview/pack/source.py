"""The entries of a file, validated, with the lines they stand on."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, BinaryIO, Final, Generic, TypeVar, cast

from pydantic import ValidationError

from bot.interview.pack.entries import Entry
from bot.interview.pack.explanations import explained
from bot.interview.pack.files import MAX_STREAMED
from bot.interview.pack.mistakes import MAX_MISTAKES, Mistakes
from bot.interview.pack.toml_files import (
    NOT_UTF_8,
    TOO_DEEP,
    TOO_LONG_NUMBER,
    TomlFile,
    is_utf_16,
    read_toml,
)
from bot.reading.bounded import FileError, is_there, open_bounded
from bot.text import Text, _

E = TypeVar("E", bound=Entry, covariant=True)
FindLine = Callable[[Sequence[int | str]], int]
"""Finds the line of a field, whose place in an entry is as pydantic names it."""

MAX_LINE: Final = 1_000_000
"""Bytes of an entry in a streamed file; a day of talk in one answer has less."""


@dataclass(frozen=True, slots=True)
class Record(Generic[E]):
    """An entry and where it stands."""

    path: Path
    line: int
    entry: E


def read_entries(path: Path, table: str, kind: type[E], mistakes: Mistakes) -> Iterator[Record[E]]:
    """Read the entries of a file of one `[[table]]`; nothing where there is no file."""
    if not is_there(path) or (file := read_toml(path, mistakes, table)) is None:
        return
    for name in sorted(file.content.keys() - {table})[:MAX_MISTAKES]:
        mistakes.add(
            path,
            file.lines.of([name], 0),
            _("unknown part {name!r}", name=name[:60]),
            _("entries of this file start with [[{table}]]", table=table),
        )
    for row, line in _placed_rows(file, table, mistakes):
        entry = validated(kind, row, path, mistakes, _finder(file, line))
        if entry is not None:
            yield Record(path, line, entry)


def _placed_rows(file: TomlFile, table: str, mistakes: Mistakes) -> Iterable[tuple[object, int]]:
    """Give the entries with their lines, each where its header is."""
    rows: object = file.content.get(table, [])
    if not isinstance(rows, list):
        problem = _("{table} isn't a list of entries", table=table)
        remedy = _("begin each entry with [[{table}]]", table=table)
        mistakes.add(file.path, file.lines.of([table], 0), problem, remedy)
        return []
    rows = cast("list[object]", rows)
    lines = file.lines.entries(table)
    # Entries written another way (`quotes = [{…}]`) have no line that could be told.
    return zip(rows, lines if len(lines) == len(rows) else repeat(1), strict=False)


def _finder(file: TomlFile, line: int) -> FindLine:
    return lambda place: file.lines.of(place, line)


def read_lines(path: Path, kind: type[E], mistakes: Mistakes) -> Iterator[Record[E]]:
    """Read the entries of a file of one JSON object a line, one at a time."""
    for number, row in read_rows(path, mistakes):
        entry = validated(kind, row, path, mistakes, lambda _place, number=number: number)
        if entry is not None:
            yield Record(path, number, entry)


def read_rows(path: Path, mistakes: Mistakes) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read the objects of a file, whatever they hold, with their lines."""
    if not is_there(path):
        return
    try:
        with open_bounded(path, MAX_STREAMED) as file:
            for number, raw in enumerate(_lines_of(file), 1):
                if number == 1 and is_utf_16(raw):
                    mistakes.add(path, 1, *NOT_UTF_8)
                    return
                row = _parsed_line(path, number, raw, mistakes) if raw.strip() else None
                if row is not None:
                    yield number, row
    except FileError as error:
        mistakes.add_error(path, error)


def _lines_of(file: BinaryIO) -> Iterator[bytes]:
    """Read line by line; of one that is too long only the start is kept."""
    while line := file.readline(MAX_LINE + 1):
        yield line
        while len(line) > MAX_LINE and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE + 1)


def _parsed_line(path: Path, number: int, raw: bytes, mistakes: Mistakes) -> Any:
    """Parse a line; None, with the mistake noted, where it is nothing."""
    try:
        if len(raw) > MAX_LINE:
            raise _LineError(_("a line of more than {most} bytes", most=MAX_LINE), _("split it"))
        row = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_object)
        if not isinstance(row, dict):
            raise _LineError(*_NO_OBJECT)
    except _LineError as error:
        mistakes.add(path, number, *error.sentence)
    except (json.JSONDecodeError, UnicodeDecodeError):
        mistakes.add(path, number, *_NO_OBJECT)
    except RecursionError:
        mistakes.add(path, number, *TOO_DEEP)
    except ValueError:
        mistakes.add(path, number, *TOO_LONG_NUMBER)
    else:
        return cast("dict[str, Any]", row)
    return None


_NO_OBJECT: Final = (_("not a JSON object"), _("write one object a line, in UTF-8"))


class _LineError(Exception):
    def __init__(self, problem: Text, remedy: Text) -> None:
        super().__init__(problem)
        self.sentence = problem, remedy


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        (name, _count), *_rest = Counter(name for name, _value in pairs).most_common(1)
        raise _LineError(_("{name} is there twice", name=name[:60]), _("take one out"))
    return row


def validated(
    kind: type[E], row: object, path: Path, mistakes: Mistakes, find_line: FindLine
) -> E | None:
    """Check a row by itself; None, with every mistake noted, where it is wrong."""
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        for detail in error.errors(include_url=False)[:MAX_MISTAKES]:
            mistakes.add(path, find_line(detail["loc"]), *explained(kind, detail))
        return None
