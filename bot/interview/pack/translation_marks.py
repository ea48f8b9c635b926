"""Marks in translated entries that tell from what words they were translated."""

from collections.abc import Mapping
from pathlib import Path

from bot.interview.pack.files import language_files
from bot.interview.pack.mistakes import Mistakes
from bot.interview.pack.pack import read_pack
from bot.interview.pack.replacing import alone_in, replace_text
from bot.interview.pack.toml_files import read_toml
from bot.interview.pack.translatable import Original, Place
from bot.interview.pack.translation import rows_of
from bot.interview.pack.translation_rules import name_of


def mark_translations(folder: Path) -> int:
    """Mark each translated entry of a pack that has no mark; gives how many.

    When its original is edited later, the mark no longer fits, and `check` tells. A file that is
    not TOML is left for `check` to name.
    """
    with alone_in(folder):
        pack = read_pack(folder)
        originals = pack.originals if pack else dict[Place, Original]()
        return sum(_mark(path, originals) for path in language_files(folder))


def _mark(path: Path, originals: Mapping[Place, Original]) -> int:
    file = read_toml(path, Mistakes())
    if file is None:
        return 0
    headers = file.lines.tables
    marks = {
        line: f'source = "{originals[place].fingerprint}"'
        for place, row in rows_of(file.content)
        if place in originals and isinstance(row, dict) and "source" not in row
        # An entry that stands in one line has no header below which a mark could stand.
        if (line := headers.get(name_of(place)))
    }
    lines = file.text.split("\n")
    # From the end, so that the lines above keep their places.
    for line in sorted(marks, reverse=True):
        end = "\r" if lines[line - 1].endswith("\r") else ""
        lines[line:line] = [marks[line] + end]
    if marks:
        replace_text(path, file.text, "\n".join(lines))
    return len(marks)
