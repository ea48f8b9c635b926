"""Numbers and days handed out to the entries of a pack that have none yet."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeGuard, cast

from bot.interview.pack import files
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.source import read_rows
from bot.interview.pack.toml_files import TomlFile, read_toml

_TABLES: Final = {files.QUOTES: "quotes", files.FACTS: "facts", files.TRIVIA: "questions"} | {
    files.PROMPTS: "prompts"
}
_Row = dict[str, Any]


def add_numbers(folder: Path, since: date) -> int:
    """Write a number into each entry that has none, after the highest there is; gives how many.

    Such an entry was added to a pack that members use already, so it also gets the day `since`
    which a day's card may show it; in a pack without any number there is nothing to keep. A
    streamed file is put in the order of its days. Nothing else in the files changes. A file that
    is not TOML or JSON is left for `check` to name.
    """
    pack_files = list(_files(folder))
    is_used = any("number" in row for file in pack_files for row in file.rows)
    next_numbers: dict[str, int] = {}
    total = 0
    for file in pack_files:
        # Both files of quotes share their numbers.
        stem = file.path.stem
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
            replace_file(self.path, "\n".join(lines))
        return len(fields)


@dataclass(frozen=True, slots=True)
class _Lines:
    path: Path
    rows: Sequence[_Row]

    def add_numbers(self, since: date | None, first: int) -> int:
        fields = _fields(self.rows, since, first)
        rows = [{**row, **fields.get(at, {})} for at, row in enumerate(self.rows)]
        rows.sort(key=lambda row: str(row.get("since", "")))
        if rows != self.rows:
            lines = (json.dumps(row, ensure_ascii=False, default=str) for row in rows)
            replace_file(self.path, "".join(f"{line}\n" for line in lines))
        return len(fields)


def _files(folder: Path) -> Iterator[_Toml | _Lines]:
    for name, table in _TABLES.items():
        if file := _read_toml(folder / name, table):
            yield file
    if file := _read_lines(folder / files.QUOTES_STREAMED):
        yield file


def _read_toml(path: Path, table: str) -> _Toml | None:
    file = read_toml(path, Mistakes(), table)
    rows = file.content.get(table) if file else None
    if file is None or not _are_entries(rows):
        return None
    lines = file.lines.entries(table)
    return _Toml(file, rows, lines) if len(lines) == len(rows) else None


def _read_lines(path: Path) -> _Lines | None:
    mistakes = Mistakes()
    rows = [row for _passage, row in read_rows(path, mistakes)]
    return None if mistakes else _Lines(path, rows)


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


def replace_file(path: Path, text: str) -> None:
    """Put a new text in a file's place, all of it or nothing; raises OperatorError."""
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_text(text, "utf-8", newline="")
        beside.replace(path)
    except OSError as error:
        raise files.unwritable(path, error) from error
    finally:
        with suppress(OSError):
            beside.unlink()
