"""Marks in translated entries that tell from what words they were translated."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from bot.interview.pack.files import language_files
from bot.interview.pack.numbers import replace_file
from bot.interview.pack.packs import read_pack
from bot.interview.pack.source import table_lines
from bot.interview.pack.translatable import Original, Place
from bot.interview.pack.translation import rows_of
from bot.interview.pack.translation_rules import name_of


def mark_translations(folder: Path) -> int:
    """Mark each translated entry of a pack that has no mark; gives how many.

    When its original is edited later, the mark no longer fits, and `check` tells. A file that is
    not TOML is left for `check` to name.
    """
    pack = read_pack(folder)
    if pack is None:
        return 0
    return sum(_mark(path, pack.originals) for path in language_files(folder))


def _mark(path: Path, originals: Mapping[Place, Original]) -> int:
    try:
        text = path.read_text("utf-8-sig")
        rows = dict(rows_of(tomllib.loads(text)))
    except (OSError, ValueError):
        return 0
    headers = table_lines(text)
    marks = {
        line: f'source = "{originals[place].fingerprint}"\n'
        for place, row in rows.items()
        if place in originals and isinstance(row, dict) and "source" not in row
        # An entry that stands in one line has no header below which a mark could stand.
        if (line := headers.get(name_of(place)))
    }
    lines = text.splitlines(keepends=True)
    # From the end, so that the lines above keep their places.
    for line in sorted(marks, reverse=True):
        lines[line:line] = [marks[line]]
    if marks:
        replace_file(path, "".join(lines))
    return len(marks)
