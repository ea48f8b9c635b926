"""Plain text: its lines, as they are."""

from collections.abc import Iterator

from bot.interview.transcript.sources.chunks import split_lines
from bot.interview.transcript.sources.source_lines import Line, SourceFile


def read_plain(text: str, first: int = 1) -> SourceFile:
    return SourceFile(list(_lines(text, first)))


def _lines(text: str, first: int) -> Iterator[Line]:
    begins = True
    for number, raw in enumerate(split_lines(text), first):
        line = " ".join(raw.split())
        if line:
            yield Line(number, line, begins=begins)
        begins = not line
