"""One entry of a pack's file added or changed: all else stays as it is, to the byte."""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, cast

import tomli

from bot.errors import OperatorError
from bot.interview.pack.files import unwritable
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.replacing import alone_in, busy, put_in_place, target_of
from bot.interview.pack.toml_files import MAX_TOML, TomlFile, read_toml
from bot.interview.pack.toml_lines import TomlLines
from bot.reading.bounded import is_there, read_bounded
from bot.text import _

Row = dict[str, Any]
Edit = Callable[[TomlFile], tuple[str, Mapping[str, Any]]]
"""Gives the new text of a file, and what it then has to hold."""

_ATTEMPTS: Final = 5


def edit_file(path: Path, edit: Edit) -> None:
    """Write a file with an edit in it, all of it or nothing.

    What somebody else saves meanwhile is read, and edited anew. Raises PackError, and touches
    nothing, where the file cannot be read, OperatorError where the edit would change anything else.
    """
    try:
        with alone_in(target_of(path).parent):
            _edit_alone(path, edit)
    except OSError as error:
        raise unwritable(path, error) from error


def _edit_alone(path: Path, edit: Edit) -> None:
    for _attempt in range(_ATTEMPTS):
        before = read_bounded(path, MAX_TOML) if is_there(path) else None
        file = _parsed(path, before)
        mark = BOM_UTF8 if before and before.startswith(BOM_UTF8) else b""
        text, content = edit(file)
        _refuse_others(file, text, content)
        if mark + file.text.encode() == (before or b"") and put_in_place(
            path, before, mark + text.encode()
        ):
            return
    raise busy(path)


def entries_in(file: TomlFile, table: str) -> list[Row]:
    return list(file.content.get(table, ()))


def with_entry(file: TomlFile, table: str, row: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Put an entry behind all others."""
    import tomlkit

    end = "\r\n" if "\r\n" in file.text else "\n"
    entries = tomlkit.aot()
    entries.append(tomlkit.item(dict(row)))  # pyright: ignore[reportUnknownMemberType]
    text = tomlkit.dumps({table: entries}).rstrip("\n").replace("\n", end)
    before = file.text
    if before and not before.endswith("\n"):
        before += end
    gap = end if before and not before.endswith(f"{end}{end}") else ""
    rows = [*entries_in(file, table), dict(row)]
    return f"{before}{gap}{text}{end}", {**file.content, table: rows}


def with_fields(
    file: TomlFile, table: str, place: int, fields: Mapping[str, Any]
) -> tuple[str, Mapping[str, Any]]:
    """Change fields of one entry; those that are None are taken out."""
    import tomlkit

    start, stop = _span(file, table, place)
    piece = file.text[start:stop]
    document = tomlkit.parse(piece)
    entry = cast("list[Row]", document[table])[0]
    row = dict(entries_in(file, table)[place])
    for name, value in fields.items():
        if value is None:
            row.pop(name, None)
            entry.pop(name, None)
        elif row.get(name) != value:
            row[name] = value
            entry[name] = value
    text = tomlkit.dumps(document)
    if "\r\n" in piece:
        text = re.sub(r"(?<!\r)\n", "\r\n", text)
    rows = entries_in(file, table)
    rows[place] = row
    return file.text[:start] + text + file.text[stop:], {**file.content, table: rows}


def with_colours(file: TomlFile, colours: Mapping[str, str]) -> tuple[str, Mapping[str, Any]]:
    """Choose the colours of an interview's pictures."""
    import tomlkit

    document = tomlkit.parse(file.text)
    merged = {**file.content.get("colours", {}), **colours}
    if file.lines.tables.get("colours"):
        cast("dict[str, Row]", document)["colours"].update(colours)
    else:
        inline = tomlkit.inline_table()
        inline.update(merged)  # pyright: ignore[reportUnknownMemberType]
        document["colours"] = inline
    text = tomlkit.dumps(document)
    return text, {**file.content, "colours": merged}


def _parsed(path: Path, data: bytes | None) -> TomlFile:
    """Read what a file held; raises PackError, which names the line, where it is not TOML."""
    if data is None:
        return TomlFile(path, "", {}, TomlLines(""))
    mistakes = Mistakes()
    file = read_toml(path, mistakes)
    mistakes.raise_if_any()
    assert file is not None
    assert file.whole
    return file


def _span(file: TomlFile, table: str, place: int) -> tuple[int, int]:
    """Tell where an entry begins, with its header, and ends, without what follows it."""
    numbers = file.lines.entries(table)
    if len(numbers) != len(entries_in(file, table)):
        raise _by_hand(file.path)
    offsets = _offsets(file.text)
    start = offsets[numbers[place] - 1]
    is_last = place + 1 == len(numbers)
    stop = len(file.text) if is_last else offsets[numbers[place + 1] - 1]
    lines = file.text[start:stop].split("\n")
    # Empty lines and comments behind an entry belong to what follows.
    while len(lines) > 1 and lines[-1].lstrip()[:1] in ("", "#"):
        lines.pop()
    return start, min(start + len("\n".join(lines)) + 1, stop)


def _offsets(text: str) -> Sequence[int]:
    """List where the lines begin, as TOML counts them."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _refuse_others(file: TomlFile, text: str, content: Mapping[str, Any]) -> None:
    """Refuse an edit after which a file would hold anything but what was meant."""
    try:
        is_right = tomli.loads(text) == content
    except tomli.TOMLDecodeError:
        is_right = False
    if not is_right:
        raise _by_hand(file.path)


def _by_hand(path: Path) -> OperatorError:
    return OperatorError(
        _("{name} is written in a way that I can't change safely.", name=path.name),
        _("Change this one in the file itself; nothing was touched."),
    )
