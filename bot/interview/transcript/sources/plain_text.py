"""Plain text: its lines, as they are."""

from bot.interview.transcript.sources.source_lines import Line, SourceFile


def read_plain(text: str, first: int = 1) -> SourceFile:
    lines: list[Line] = []
    begins = True
    for number, raw in enumerate(text.split("\n"), first):
        line = " ".join(raw.split())
        if line:
            lines.append(Line(number, line, begins=begins))
        begins = not line
    return SourceFile(lines)
