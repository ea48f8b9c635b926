"""Where in its files an item of an interview stands; imports nothing that validates."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import repeat
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from bot.interview.model import ItemKind
from bot.interview.pack import files
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.toml_files import TomlFile, read_toml
from bot.reading.bounded import FileError, is_there, open_bounded

_NUMBER: Final = re.compile(rb'"number"\s*:\s*(\d{1,9})\b')


class ItemId(NamedTuple):
    """Names an item in whatever file it stands."""

    slug: str
    kind: ItemKind
    number: int


class ItemLine(NamedTuple):
    """The line on which an item begins, counted from 1, and what it says."""

    path: Path
    line: int
    text: str


class _EntryTable(NamedTuple):
    file: str
    name: str
    field: str
    """What an entry says."""


_TABLES: Final = {
    ItemKind.QUESTION: _EntryTable(files.TRIVIA, "questions", "prompt"),
    ItemKind.FACT: _EntryTable(files.FACTS, "facts", "text"),
    ItemKind.QUOTE: _EntryTable(files.QUOTES, "quotes", "text"),
}


def item_lines(folders: Sequence[Path], items: Collection[ItemId]) -> Mapping[ItemId, ItemLine]:
    """Find items in the packs that there are; what is gone or cannot be read is not found."""
    places: dict[ItemId, ItemLine] = {}
    for folder in folders:
        slug = _slug_of(folder) if items else ""
        missing = {item for item in items if item.slug == slug} - places.keys()
        for kind in {item.kind for item in missing}:
            numbers = {item.number for item in missing if item.kind is kind}
            for number, line in _lines(folder, kind, numbers):
                places.setdefault(ItemId(slug, kind, number), line)
    return places


def _slug_of(folder: Path) -> str:
    """Name the interview to which a folder belongs: its own, or one to which it adds."""
    file = read_toml(folder / files.INTERVIEW, Mistakes())
    return str(file.content.get("adds_to", folder.name)) if file else folder.name


def _lines(folder: Path, kind: ItemKind, numbers: set[int]) -> Iterator[tuple[int, ItemLine]]:
    table = _TABLES[kind]
    path = folder / table.file
    if is_there(path) and (file := read_toml(path, Mistakes())):
        for row, line in _placed(file, table.name):
            number = row.get("number")
            if isinstance(number, int) and number in numbers:
                yield number, ItemLine(path, line, str(row.get(table.field, "")))
    if kind is ItemKind.QUOTE:
        yield from _streamed(folder / files.QUOTES_STREAMED, numbers)


def _placed(file: TomlFile, table: str) -> Iterator[tuple[dict[str, Any], int]]:
    rows: object = file.content.get(table)
    if not isinstance(rows, list):
        return
    rows = cast("list[object]", rows)
    lines = file.lines.entries(table)
    # Entries written another way (`facts = [{…}]`) have no line that could be told.
    for row, line in zip(rows, lines if len(lines) == len(rows) else repeat(1), strict=False):
        if isinstance(row, dict):
            yield cast("dict[str, Any]", row), line


def _streamed(path: Path, numbers: set[int]) -> Iterator[tuple[int, ItemLine]]:
    """Look through what may be a million lines, and parse those few that are meant."""
    if not is_there(path):
        return
    with suppress(FileError), open_bounded(path, files.MAX_STREAMED) as file:
        for line, raw in enumerate(file, 1):
            match = _NUMBER.search(raw)
            if match is not None and int(match[1]) in numbers:
                yield int(match[1]), ItemLine(path, line, _text_of(raw))


def _text_of(raw: bytes) -> str:
    with suppress(ValueError, RecursionError):
        row: object = json.loads(raw)
        if isinstance(row, dict):
            return str(cast("dict[str, object]", row).get("text", ""))
    return ""
