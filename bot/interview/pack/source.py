"""The entries of a file, validated, with the lines they stand on."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Final, Generic, TypeVar, cast

from pydantic import ValidationError

from bot.interview.pack.entries import Entry
from bot.interview.pack.explanations import explained, unknown_part
from bot.interview.pack.files import MAX_STREAMED
from bot.interview.pack.mistakes import (
    MAX_MISTAKES,
    FieldPath,
    Mistakes,
    Passage,
    Remark,
    Spot,
    spot_in,
)
from bot.interview.pack.slips.file_kinds import foreign_sign, other_kind
from bot.interview.pack.toml_files import TOO_DEEP, TOO_LONG_NUMBER, TomlFile, read_parts
from bot.interview.pack.toml_lines import TOP, TomlPassage
from bot.interview.pack.value_spans import ValueSpans
from bot.reading.bounded import FileError, is_there, open_bounded
from bot.text import Text, _

_NOTHING_BELOW: Final = Remark(
    _("there's nothing below this header"), _("fill the entry in, or take the header out")
)
E = TypeVar("E", bound=Entry, covariant=True)

MAX_LINE: Final = 1_000_000
"""Bytes of an entry in a streamed file; a day of talk in one answer has less."""


@dataclass(frozen=True, slots=True)
class Record(Generic[E]):
    """An entry and where it stands."""

    path: Path
    line: int
    entry: E
    passage: Passage


@dataclass(frozen=True, slots=True)
class JsonPassage:
    """An entry that is a line of its own."""

    line: int
    raw: bytes

    def spot(self, path: FieldPath = (), *, of_key: bool = False) -> Spot:
        text = self.raw.decode("utf-8-sig", "replace")
        spans = ValueSpans(text, 0)
        span = spans.find_in_value(path, of_key=of_key) if path else None
        return spot_in(text, *(span or (0, 1)), self.line)


def read_entries(path: Path, table: str, kind: type[E], mistakes: Mistakes) -> Iterator[Record[E]]:
    """Read the entries of a file of one `[[table]]`; nothing where there is no file."""
    if not is_there(path) or (file := read_parts(path, mistakes, table)) is None:
        return
    others = file.content.keys() - {table}
    if strays := [name for name in file.content if _is_stray(name, file.content[name], kind)]:
        others -= {*strays}
        # Above what cannot be read a header may be hidden.
        if TOP not in file.partial:
            spot = file.lines.spot([strays[0]], of_key=True)
            remedy = _("write [[{table}]] on a line above it", table=table)
            mistakes.add(path, spot, _("this entry has no header"), remedy)
    for name in sorted(others)[:MAX_MISTAKES]:
        remark = unknown_part(name, table)
        mistakes.add(path, file.lines.spot([name], of_key=True), remark.problem, remark.remedy)
    for row, line, passage in _placed_rows(file, table, mistakes):
        if row == {} and line not in file.partial:
            mistakes.note(path, passage, _NOTHING_BELOW)
            continue
        is_whole = line not in file.partial
        entry = validated(kind, row, path, mistakes, passage, is_whole=is_whole)
        if entry is not None:
            yield Record(path, line, entry, passage)


def _is_stray(name: str, value: object, kind: type[Entry]) -> bool:
    """Say whether what stands beside the entries is a field of one."""
    rows = cast("list[object]", value) if isinstance(value, list) else [value]
    return name in kind.model_fields and not any(isinstance(row, dict) for row in rows)


def _placed_rows(
    file: TomlFile, table: str, mistakes: Mistakes
) -> Iterator[tuple[object, int, Passage]]:
    """Give the entries with their lines, each where its header is."""
    rows: object = file.content.get(table, [])
    if not isinstance(rows, list):
        problem = _("{table} isn't a list of entries", table=table)
        remedy = _("begin each entry with [[{table}]]", table=table)
        mistakes.add(file.path, file.lines.spot([table]), problem, remedy)
        return
    rows = cast("list[object]", rows)
    lines = file.lines.entries(table)
    for index, row in enumerate(rows):
        if len(lines) == len(rows):
            yield row, lines[index], TomlPassage(file.lines, lines[index])
        else:
            # Entries written another way: `quotes = [{…}]`.
            passage = TomlPassage(file.lines, TOP, (table, index))
            yield row, passage.spot().line, passage


def read_lines(path: Path, kind: type[E], mistakes: Mistakes) -> Iterator[Record[E]]:
    """Read the entries of a file of one JSON object a line, one at a time."""
    for passage, row in read_rows(path, mistakes):
        entry = validated(kind, row, path, mistakes, passage)
        if entry is not None:
            yield Record(path, passage.line, entry, passage)


def read_rows(path: Path, mistakes: Mistakes) -> Iterator[tuple[JsonPassage, dict[str, Any]]]:
    """Read the objects of a file, whatever they hold, with their lines."""
    if not is_there(path):
        return
    try:
        with open_bounded(path, MAX_STREAMED) as file:
            for number, raw in enumerate(_lines_of(file), 1):
                if number == 1 and (sentence := other_kind(raw)):
                    mistakes.add(path, Spot(1), *sentence)
                    return
                row = _parsed_line(path, number, raw, mistakes) if raw.strip() else None
                if row is not None:
                    yield JsonPassage(number, raw), row
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
    spot = Spot(number)
    try:
        if len(raw) > MAX_LINE:
            raise _LineError(_("a line of more than {most} bytes", most=MAX_LINE), _("split it"))
        text = raw.decode("utf-8-sig")
        row = json.loads(text, object_pairs_hook=_object)
        if isinstance(row, dict):
            return cast("dict[str, Any]", row)
        mistakes.add(path, *_slip_in(text, number, 0))
    except _LineError as error:
        mistakes.add(path, error.spot_in(raw, number), *error.sentence)
    except json.JSONDecodeError as error:
        mistakes.add(path, *_slip_in(error.doc, number, error.pos))
    except UnicodeDecodeError as error:
        spot, *sentence = foreign_sign(raw, error.start)
        mistakes.add(path, replace(spot, line=number), *sentence)
    except RecursionError:
        mistakes.add(path, spot, *TOO_DEEP)
    except ValueError:
        mistakes.add(path, spot, *TOO_LONG_NUMBER)
    return None


def _slip_in(text: str, number: int, position: int) -> tuple[Spot, Text, Text]:
    # Only a line with a mistake in it pays for the import.
    from bot.interview.pack.slips.json_slips import entry_slip

    slip = entry_slip(text, position)
    return spot_in(text, slip.start, slip.end, number), slip.problem, slip.remedy


class _LineError(Exception):
    """Something is wrong with a line as a whole, or with the field of a name in it."""

    def __init__(self, problem: Text, remedy: Text, name: str = "") -> None:
        super().__init__(problem)
        self.sentence = problem, remedy
        self._name = name

    def spot_in(self, raw: bytes, number: int) -> Spot:
        passage = JsonPassage(number, raw)
        return passage.spot([self._name], of_key=True) if self._name else Spot(number)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        (name, _count), *_rest = Counter(name for name, _value in pairs).most_common(1)
        problem = _("{name} is there twice in this entry", name=name[:60])
        raise _LineError(problem, _("keep one of them"), name)
    return row


def validated(
    kind: type[E],
    row: object,
    path: Path,
    mistakes: Mistakes,
    passage: Passage,
    *,
    is_whole: bool = True,
) -> E | None:
    """Check a row by itself; None, with every mistake noted, where it is wrong.

    In one that is not whole nothing is said to be missing.
    """
    try:
        entry = kind.model_validate(row)
    except ValidationError as error:
        for detail in error.errors(include_url=False)[:MAX_MISTAKES]:
            if is_whole or detail["type"] != "missing":
                mistakes.note(path, passage, explained(kind, detail))
        return None
    return entry if is_whole else None
