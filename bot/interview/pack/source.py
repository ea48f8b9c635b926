"""The entries of a file, validated, with the lines they stand on."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from pydantic import ValidationError

from bot.interview.pack.entries import Entry
from bot.interview.pack.mistakes import Mistakes
from bot.text import Text, _

E = TypeVar("E", bound=Entry, covariant=True)

_HEADER: Final = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_TABLE: Final = re.compile(r"\s*\[+([^\[\]]+)\]+\s*(?:#.*)?$")
# Until Python 3.14 tomllib tells the place of a mistake in its message only.
_AT_LINE: Final = re.compile(r"\s*\(at line (\d+), column \d+\)")
# Far beyond the longest entry; a file without a line end is still read in pieces.
_MAX_LINE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Record(Generic[E]):
    """An entry and where it stands."""

    path: Path
    line: int
    entry: E


def read_toml(path: Path, mistakes: Mistakes) -> dict[str, Any] | None:
    """Read a TOML file; None, with the mistake noted, where it is none."""
    text = _read(path, mistakes)
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _AT_LINE.search(str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        why = _AT_LINE.sub("", str(error))
        mistakes.add(
            path,
            line,
            _("not TOML: {why}", why=why),
            _("correct the line, often a quotation mark"),
        )
        return None


def read_entries(path: Path, table: str, kind: type[E], mistakes: Mistakes) -> Iterator[Record[E]]:
    """Read the entries of a file of one `[[table]]`; nothing where there is no file."""
    if not path.is_file() or (content := read_toml(path, mistakes)) is None:
        return
    for name in content.keys() - {table}:
        mistakes.add(
            path,
            1,
            _("unknown part {name!r}", name=name),
            _("entries of this file start with [[{table}]]", table=table),
        )
    rows = content.get(table, [])
    lines = entry_lines(path.read_text("utf-8-sig"), table)
    # Entries written another way (`quotes = [{…}]`) have no line that could be told.
    for row, line in zip(rows, lines if len(lines) == len(rows) else repeat(1), strict=False):
        if (entry := validated(kind, row, path, line, mistakes)) is not None:
            yield Record(path, line, entry)


def read_lines(path: Path, kind: type[E], mistakes: Mistakes) -> Iterator[Record[E]]:
    """Read a file of one JSON object a line, one at a time."""
    if not path.is_file():
        return
    with path.open("rb") as file:
        for number, raw in enumerate(iter(lambda: file.readline(_MAX_LINE), b""), 1):
            if not raw.strip():
                continue
            try:
                row = json.loads(raw)
            except ValueError:
                mistakes.add(
                    path, number, _("not a JSON object"), _("write one object a line, in UTF-8")
                )
                continue
            if (entry := validated(kind, row, path, number, mistakes)) is not None:
                yield Record(path, number, entry)


def validated(
    kind: type[E],
    row: object,
    path: Path,
    line: int,
    mistakes: Mistakes,
    lines: Mapping[str, Sequence[int]] = MappingProxyType({}),
) -> E | None:
    """Check a row by itself; None, with every mistake noted, where it is wrong.

    `lines` tells, for a field that is a list of entries, the line of each.
    """
    try:
        return kind.model_validate(row)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            problem, remedy = _explained(kind, dict(detail))
            match detail["loc"]:
                case (str() as field, int() as index, *_) if index < len(lines.get(field, ())):
                    mistakes.add(path, lines[field][index], problem, remedy)
                case _:
                    mistakes.add(path, line, problem, remedy)
        return None


def entry_lines(text: str, table: str) -> list[int]:
    """Find the lines on which the entries of a table start; tomllib does not tell."""
    return [
        number
        for number, line in _lines_outside_strings(text)
        if (header := _HEADER.match(line)) and header[1] == table
    ]


def table_lines(text: str) -> dict[str, int]:
    """Find the lines of all headers such as `[fact.7]`, by what stands in them."""
    return {
        re.sub(r"[\s\"']", "", header[1]): number
        for number, line in _lines_outside_strings(text)
        if (header := _TABLE.match(line))
    }


def _lines_outside_strings(text: str) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
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


def _read(path: Path, mistakes: Mistakes) -> str | None:
    try:
        # Editors on Windows put a mark at the beginning, which TOML does not allow.
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        mistakes.add(path, 1, _("not UTF-8"), _("save the file as UTF-8"))
    except OSError as error:
        why = error.strerror or str(error)
        mistakes.add(path, 1, _("cannot be read: {why}", why=why), _("check the file's rights"))
    return None


def _explained(kind: type[Entry], detail: dict[str, Any]) -> tuple[Text, Text]:
    """Put a mistake that the library found into our words."""
    field = ".".join(str(part) for part in detail["loc"]) or "entry"
    context: dict[str, Any] = detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return _("{field} is missing", field=field), _("add it")
        case "extra_forbidden":
            names = ", ".join(kind.model_fields)
            return _("unknown field {field}", field=field), _("use one of {known}", known=names)
        case "string_too_long":
            length, most = len(str(detail["input"])), context["max_length"]
            problem = _("{field} has {length} characters", field=field, length=length)
            return problem, _("shorten it to {most}", most=most)
        case "string_too_short":
            return _("{field} is empty", field=field), _("write something, or leave it out")
        case "literal_error" | "enum":
            problem = _("{field} is {value!r}", field=field, value=str(detail["input"])[:40])
            return problem, _("write {expected}", expected=context["expected"])
        case "string_pattern_mismatch":
            return _pattern(field, str(detail["input"]))
        case "value_error":
            return _("{field} {why}", field=field, why=context["error"]), _("take it out")
        case _:
            message = str(detail["msg"])
            return _("{field}: {message}", field=field, message=message), _("correct it")


def _pattern(field: str, value: str) -> tuple[Text, Text]:
    problem = _("{field} is {value!r}", field=field, value=value[:60])
    if field.endswith("link"):
        return problem, _("write an address that starts with https://, brackets as %28 and %29")
    if field == "language":
        return problem, _("write a language code such as en")
    return problem, _("use small letters, digits and hyphens only, at most 24")
