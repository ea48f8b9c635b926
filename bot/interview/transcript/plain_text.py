"""Plain text: paragraphs between empty lines, and lines that start a turn."""

import re
from typing import Final

from bot.interview.transcript.labels import is_bare_label, name_with_time, starts_with_label
from bot.interview.transcript.structure import Paragraph

_SHORT: Final = 50
_WRAPPED_AT: Final = 100
_CONTINUED: Final = re.compile(r"[^.!?:…\"'”’)\]—–-]$")


def read_plain(text: str) -> tuple[str, list[Paragraph]]:
    """Read the paragraphs; plain text has no title but its first line, which is found later."""
    paragraphs: list[Paragraph] = []
    lines: list[str] = []
    label, first = "", 0
    for number, raw in enumerate([*text.split("\n"), ""], 1):
        line = " ".join(raw.split())
        name = name_with_time(line)
        is_new = not line or bool(name) or starts_with_label(line) or not _goes_on(lines, line)
        if lines and is_new:
            paragraphs.append(Paragraph(first, " ".join(lines), label=label))
            lines, label = [], ""
        if name:
            label = name
        elif line:
            first = first if lines else number
            lines.append(line)
    return "", paragraphs


def _goes_on(lines: list[str], line: str) -> bool:
    """Say whether a line goes on where a wrapped one stopped."""
    if not lines:
        return False
    previous = lines[-1]
    if is_bare_label(previous):
        return True
    if line[:1].islower():
        return True
    return len(previous) > _SHORT and (
        bool(_CONTINUED.search(previous)) or len(previous) <= _WRAPPED_AT
    )
