"""A TOML file of a pack: read within bounds, parsed, with the lines of what stands in it."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomli

from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.toml_lines import TomlLines
from bot.reading.bounded import FileError, read_bounded
from bot.text import Text, _

MAX_TOML: Final = 4_000_000
"""Bytes; some ten thousand quotes. What is more belongs into a streamed file."""
_MAX_LINES: Final = 200_000
_MAX_HEADERS: Final = 50_000
_HEADER: Final = re.compile(r"^[ \t]*\[", re.MULTILINE)
# As many digits as Python turns into a number; the sign before them keeps the search linear.
_LONG_NUMBER: Final = re.compile(r"(?<![\d_])[\d_]{4300}")
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class TomlFile:
    path: Path
    text: str
    content: dict[str, Any]
    lines: TomlLines


def read_toml(path: Path, mistakes: Mistakes, table: str = "") -> TomlFile | None:
    """Read a TOML file; None, with the mistakes noted, where it is none.

    `table` names the entries of a file that holds nothing else.
    """
    text = read_pack_text(path, mistakes)
    if text is None or _is_endless(path, text, mistakes):
        return None
    lines = TomlLines(text)
    if table and (single := lines.single_headers(table)):
        for line in single:
            problem = _("[{table}] doesn't start an entry", table=table)
            mistakes.add(
                path, line, problem, _("write [[{table}]], with double brackets", table=table)
            )
        return None
    content = _parsed(path, text, lines, mistakes)
    return None if content is None else TomlFile(path, text, content, lines)


def read_pack_text(path: Path, mistakes: Mistakes) -> str | None:
    """Read a file of UTF-8; None, with the mistake noted, where it is none."""
    try:
        data = read_bounded(path, MAX_TOML)
    except FileError as error:
        mistakes.add_error(path, error)
        return None
    try:
        # Editors on Windows put a mark at the beginning, which TOML does not allow.
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 if is_utf_16(data) else data.count(b"\n", 0, error.start) + 1
        mistakes.add(path, line, *NOT_UTF_8)
        return None


NOT_UTF_8: Final = (_("not UTF-8"), _("save the file as UTF-8"))


def is_utf_16(data: bytes) -> bool:
    return data.startswith(_UTF_16)


def _is_endless(path: Path, text: str, mistakes: Mistakes) -> bool:
    """Say whether a file has more parts than memory should be spent on."""
    for count, most, problem in (
        (text.count("\n"), _MAX_LINES, _("{count} lines")),
        (len(_HEADER.findall(text)), _MAX_HEADERS, _("{count} entries")),
    ):
        if count > most:
            remedy = _("write at most {most}, or quotes as a quotes.jsonl", most=most)
            mistakes.add(path, 1, Text(problem.message, {"count": count}), remedy)
            return True
    return False


def _parsed(path: Path, text: str, lines: TomlLines, mistakes: Mistakes) -> dict[str, Any] | None:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        problem = _("not TOML: {why}", why=error.msg)
        mistakes.add(path, error.lineno, problem, _("fix the line; often it's a quotation mark"))
    except RecursionError:
        mistakes.add(path, lines.densest(), *TOO_DEEP)
    except ValueError:
        number = _LONG_NUMBER.search(text)
        line = text.count("\n", 0, number.start()) + 1 if number else 1
        mistakes.add(path, line, *TOO_LONG_NUMBER)
    return None


TOO_DEEP: Final = (
    _("lists or tables within each other, hundreds deep"),
    _("write each entry flat, as the others are"),
)
TOO_LONG_NUMBER: Final = (
    _("a number of thousands of digits"),
    _("write one of at most nine digits"),
)
