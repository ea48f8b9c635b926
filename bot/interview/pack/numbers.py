"""Numbers and days handed out to the entries of a pack that have none yet."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeGuard, cast

from bot.interview.pack import files
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.replacing import alone_in, replace_text
from bot.interview.pack.source import read_rows
from bot.interview.pack.toml_files import TomlFile, read_pack_text, read_toml
from bot.reading.bounded import is_there

_TABLES: Final = {files.QUOTES: "quotes", files.FACTS: "facts", files.TRIVIA: "questions"} | {
    files.PROMPTS: "prompts"
}
_Row = dict[str, Any]


def add_numbers(folder: Path, since: date) -> int:
    """Write a number into each entry that has none, after the highest there is; gives how many.

    Such an entry was added to a pack that members use already, so it also gets the day `since`
    which a day's card may show it; in a pack without any number there is nothing to keep. A
    streamed file is put in the order of its days. Nothing else in the files changes. A file that
    is not TOML or JSON is left for `check` to name. Raises OperatorError where somebody else saves
    one of them meanwhile.
    """
    with alone_in(folder):
        return _add_numbers(folder, since)


def _add_numbers(folder: Path, since: date) -> int:
    pack_files = list(_files(folder))
    names = {*_TABLES, files.QUOTES_STREAMED} - {file.path.name for file in pack_files}
    # In what cannot be read may stand any number, and who uses it.
    unread = {path.stem for name in names if is_there(path := folder / name)}
    is_used = bool(unread) or any("number" in row for file in pack_files for row in file.rows)
    next_numbers: dict[str, int] = {}
    total = 0
    for file in pack_files:
        # Both files of quotes share their numbers.
        stem = file.path.stem
        if stem in unread:
            continue
        rows = [row for other in pack_files if other.path.stem == stem for row in other.rows]
        first = next_numbers.get(stem, _first_free(rows))
        count = file.add_numbers(since if is_used else None, first)
        next_numbers[stem] = first + count
        total += count
    return total


@dataclass(frozen=True, slots=True)
class _Toml:
    file: TomlFile
    rows: Sequence[_Row]
    lines: Sequence[int]

    @property
    def path(self) -> Path:
        return self.file.path

    def add_numbers(self, since: date | None, first: int) -> int:
        fields = _fields(self.rows, since, first)
        # What TOML takes for the end of a line, whatever else is one to Python.
        lines = self.file.text.split("\n")
        # From the end, so that the lines above keep their places.
        for at, (row, line) in reversed(list(enumerate(zip(self.rows, self.lines, strict=True)))):
            if "number" not in row:
                end = "\r" if lines[line - 1].endswith("\r") else ""
                lines[line:line] = [f"{name} = {value}{end}" for name, value in fields[at].items()]
        if fields:
            replace_text(self.path, self.file.text, "\n".join(lines))
        return len(fields)


@dataclass(frozen=True, slots=True)
class _Lines:
    path: Path
    text: str
    rows: Sequence[_Row]
    lines: Sequence[str]

    def add_numbers(self, since: date | None, first: int) -> int:
        fields = _fields(self.rows, since, first)
        rows = [{**row, **fields.get(at, {})} for at, row in enumerate(self.rows)]
        lines = [_line_of(row) if at in fields else self.lines[at] for at, row in enumerate(rows)]
        order = sorted(range(len(rows)), key=lambda at: str(rows[at].get("since", "")))
        if fields or order != list(range(len(rows))):
            end = "\r\n" if "\r\n" in self.text else "\n"
            replace_text(self.path, self.text, "".join(f"{lines[at]}{end}" for at in order))
        return len(fields)


def _line_of(row: _Row) -> str:
    line = json.dumps(row, ensure_ascii=False, default=str)
    # Half a character stays the escape that it was.
    return line.encode("utf-8", "backslashreplace").decode("utf-8")


def _files(folder: Path) -> Iterator[_Toml | _Lines]:
    for name, table in _TABLES.items():
        if file := _read_toml(folder / name, table):
            yield file
    if file := _read_lines(folder / files.QUOTES_STREAMED):
        yield file


def _read_toml(path: Path, table: str) -> _Toml | None:
    file = read_toml(path, Mistakes(), table)
    if file is None:
        return None
    # One of comments alone, as new-pack writes them, has no entries and hides none.
    rows = cast("object", file.content.get(table)) if file.content else list[_Row]()
    if not _are_entries(rows):
        return None
    lines = file.lines.entries(table)
    return _Toml(file, rows, lines) if len(lines) == len(rows) else None


def _read_lines(path: Path) -> _Lines | None:
    mistakes = Mistakes()
    text = read_pack_text(path, mistakes, files.MAX_STREAMED) if is_there(path) else None
    read = list(read_rows(path, mistakes))
    if text is None or mistakes:
        return None
    lines = [passage.raw.decode("utf-8-sig").rstrip("\r\n") for passage, _row in read]
    return _Lines(path, text, [row for _passage, row in read], lines)


def _are_entries(rows: object) -> TypeGuard[list[_Row]]:
    return isinstance(rows, list) and all(
        isinstance(row, dict) for row in cast("list[object]", rows)
    )


def _first_free(rows: Sequence[_Row]) -> int:
    numbers = (number for row in rows if isinstance(number := row.get("number"), int))
    return max(numbers, default=0) + 1


def _fields(rows: Sequence[_Row], since: date | None, first: int) -> Mapping[int, _Row]:
    """Give what is missing in the entries, by their places."""
    unnumbered = [at for at, row in enumerate(rows) if "number" not in row]
    return {
        at: {"number": number} | ({"since": since} if since and "since" not in rows[at] else {})
        for number, at in enumerate(unnumbered, first)
    }
