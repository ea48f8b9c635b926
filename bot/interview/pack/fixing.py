"""Numbers handed out to the entries of a pack that have none yet."""

import json
import tomllib
from pathlib import Path
from typing import Any, Final

from bot.interview.pack import files
from bot.interview.pack.source import entry_lines

_TABLES: Final = {files.QUOTES: "quotes", files.FACTS: "facts", files.TRIVIA: "questions"} | {
    files.PROMPTS: "prompts"
}


def add_numbers(folder: Path) -> int:
    """Write a number into each entry that has none, after the highest there is; gives how many.

    Nothing else in the files changes. A file that is not TOML or JSON is left for `check` to name.
    """
    added = sum(_number_toml(folder / name, table) for name, table in _TABLES.items())
    return added + _number_lines(folder / files.QUOTES_STREAMED)


def _number_toml(path: Path, table: str) -> int:
    try:
        text = path.read_text("utf-8-sig")
        rows: list[dict[str, Any]] = tomllib.loads(text)[table]
    except (OSError, ValueError, KeyError):
        return 0
    headers = entry_lines(text, table)
    if len(headers) != len(rows):
        return 0
    numbers = _free_numbers(rows)
    lines = text.splitlines(keepends=True)
    # From the end, so that the lines above keep their places.
    missing = [line for row, line in zip(rows, headers, strict=True) if "number" not in row]
    for line, number in reversed(list(zip(missing, numbers, strict=False))):
        lines.insert(line, f"number = {number}\n")
    if missing:
        _replace(path, "".join(lines))
    return len(missing)


def _number_lines(path: Path) -> int:
    try:
        rows: list[dict[str, Any]] = [
            json.loads(line) for line in path.read_text("utf-8-sig").splitlines() if line.strip()
        ]
    except (OSError, ValueError):
        return 0
    missing = [row for row in rows if "number" not in row]
    for row, number in zip(missing, _free_numbers(rows), strict=False):
        row["number"] = number
    if missing:
        _replace(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return len(missing)


def _free_numbers(rows: list[dict[str, Any]]) -> range:
    used = [number for row in rows if isinstance(number := row.get("number"), int)]
    first = max(used, default=0) + 1
    return range(first, first + len(rows))


def _replace(path: Path, text: str) -> None:
    """Put a new text in a file's place, all of it or nothing."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, "utf-8", newline="")
    beside.replace(path)
