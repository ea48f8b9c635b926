"""A TOML file of a pack: read within bounds, parsed, with the lines of what stands in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli

from bot.interview.pack.mistakes import Mistakes, Spot, spot_in
from bot.interview.pack.slips.file_kinds import foreign_sign, other_kind
from bot.interview.pack.toml_lines import TomlLines
from bot.interview.pack.toml_recovery import Recovery, recover
from bot.reading.bounded import FileError, read_bounded
from bot.text import Text, _

MAX_TOML: Final = 4_000_000
"""Bytes; some ten thousand quotes. What is more belongs into a streamed file."""
_MAX_LINES: Final = 200_000
_MAX_HEADERS: Final = 50_000
_HEADER: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)
# As many digits as Python turns into a number; the sign before them keeps the search linear.
_LONG_NUMBER: Final = re.compile(r"(?<![\d_])[\d_]{4300}")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """What a file holds; where that is not `whole`, without the lines that cannot be read.

    `partial` are the lines of the headers below which those stand.
    """

    path: Path
    text: str
    content: dict[str, Any]
    lines: TomlLines
    whole: bool = True
    partial: frozenset[int] = frozenset()


def read_toml(path: Path, mistakes: Mistakes, *tables: str) -> TomlFile | None:
    """Read a TOML file; None, with the mistakes noted, where not all of it can be read."""
    file = read_parts(path, mistakes, *tables)
    return file if file is not None and file.whole else None


def read_parts(path: Path, mistakes: Mistakes, *tables: str) -> TomlFile | None:
    """Read what can be read of a TOML file; None, with the mistakes noted, where nothing can.

    `tables` are the lists of entries in it, each of which has a header in double brackets.
    """
    text = read_pack_text(path, mistakes)
    if text is None or _is_endless(path, text, mistakes):
        return None
    lines = TomlLines(text)
    if single := [(table, line) for table in tables for line in lines.single_headers(table)]:
        _note_single_headers(path, lines, single, mistakes)
        lines = TomlLines(_with_double_headers(text, tables), text)
    recovery = _parsed(path, lines, mistakes)
    if recovery is None:
        return None
    is_whole = recovery.lines is lines and not single
    return TomlFile(path, text, recovery.content, recovery.lines, is_whole, recovery.partial)


def _note_single_headers(
    path: Path, lines: TomlLines, headers: Sequence[tuple[str, int]], mistakes: Mistakes
) -> None:
    for table, line in headers:
        problem = _("[{table}] doesn't start an entry", table=table)
        remedy = _("write [[{table}]], with double brackets", table=table)
        mistakes.add(path, lines.header(line), problem, remedy)


def _with_double_headers(text: str, tables: Sequence[str]) -> str:
    """Put the brackets that are missing, so that the entries below them are looked at as well."""
    names = "|".join(tables)
    single = re.compile(rf"^([ \t]*)\[[ \t]*({names})[ \t]*\](?=[ \t\r]*(?:#|$))", re.MULTILINE)
    return single.sub(r"\1[[\2]]", text)


def read_pack_text(path: Path, mistakes: Mistakes, most: int = MAX_TOML) -> str | None:
    """Read a file of UTF-8; None, with the mistake noted, where it is none."""
    try:
        data = read_bounded(path, most)
    except FileError as error:
        mistakes.add_error(path, error)
        return None
    if sentence := other_kind(data):
        mistakes.add(path, Spot(1), *sentence)
        return None
    try:
        # Editors on Windows put a mark at the beginning, which TOML does not allow.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        mistakes.add(path, *foreign_sign(data, error.start))
        return None


def _is_endless(path: Path, text: str, mistakes: Mistakes) -> bool:
    """Say whether a file has more parts than memory should be spent on."""
    for count, most, problem in (
        (text.count("\n"), _MAX_LINES, _("{count} lines")),
        (len(_HEADER.findall(text)), _MAX_HEADERS, _("{count} entries")),
    ):
        if count > most:
            remedy = _("write at most {most}, or quotes as a quotes.jsonl", most=most)
            mistakes.add(path, Spot(1), Text(problem.message, {"count": count}), remedy)
            return True
    return False


def _parsed(path: Path, lines: TomlLines, mistakes: Mistakes) -> Recovery | None:
    """Parse a text, or what of it can be; None, with the mistake noted, where nothing can."""
    try:
        return Recovery(tomli.loads(lines.text), lines, [])
    except tomli.TOMLDecodeError:
        pass
    except RecursionError:
        mistakes.add(path, Spot(lines.densest()), *TOO_DEEP)
        return None
    except ValueError:
        number = _LONG_NUMBER.search(lines.text)
        spot = spot_in(lines.text, *number.span()) if number else Spot(1)
        mistakes.add(path, spot, *TOO_LONG_NUMBER)
        return None
    recovery = recover(lines)
    for spot, remark in recovery.remarks:
        mistakes.add(path, spot, remark.problem, remark.remedy)
    return recovery


TOO_DEEP: Final = (
    _("lists or tables within each other, hundreds deep"),
    _("write each entry flat, as the others are"),
)
TOO_LONG_NUMBER: Final = (
    _("a number of thousands of digits"),
    _("write one of at most nine digits"),
)
