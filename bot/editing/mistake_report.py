"""Mistakes as `check` shows them: the place, the line with what is meant underlined, the remedy."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

from bot.interview.pack.mistakes import Mistake, Spot
from bot.process.terminal import output, tell
from bot.text import Text, _, plural, printable

_TAB: Final = "    "
_WIDTH: Final = 100
"""Columns where there is no terminal, and the most that are used on one."""
_NARROW: Final = 20
"""Columns below which a line with its underlining is no help, and breaks where it may."""
_ELLIPSIS: Final = "…"
Styled = tuple[str, str]
"""Words with the style that a terminal gives them."""


def show(mistakes: Sequence[Mistake], hints: Sequence[Mistake], file: TextIO | None = None) -> None:
    """Write mistakes, then hints, in colour where somebody looks at a terminal."""
    stream = file or sys.stdout
    # Tells also what a terminal is worth that is only said to be one.
    width = max(_NARROW, min(_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns))
    for mistake, kind in _with_kinds(mistakes, hints):
        parts = list(_block(mistake, kind, width))
        if stream.isatty() and "NO_COLOR" not in os.environ:
            _show_coloured(parts, stream)
        else:
            tell("".join(words for words, _style in parts), stream)


def _show_coloured(parts: Sequence[Styled], file: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text as RichText

    with output():
        console = Console(file=file, highlight=False, soft_wrap=True)
        console.print(RichText.assemble(*parts))
        file.flush()


def json_rows(mistakes: Sequence[Mistake], hints: Sequence[Mistake]) -> Sequence[object]:
    """Write mistakes and hints for a program: one list."""
    return [
        {
            "file": str(mistake.path),
            "line": mistake.spot.line,
            "column": mistake.spot.column,
            "length": mistake.spot.length,
            "what": mistake.what(),
            "remedy": mistake.what_to_do(),
            "kind": kind,
        }
        for mistake, kind in _with_kinds(mistakes, hints)
    ]


def comparison(compared: int, transcript: Path) -> Text:
    """Say how much of some interviews was held against a transcript."""
    return plural(
        "1 quote compared with {name}.",
        "{count:,} quotes compared with {name}.",
        compared,
        name=transcript.name,
    )


def summary(mistakes: Sequence[Mistake], hints: Sequence[Mistake], interviews: int) -> Text:
    """Say at the end how it stands."""
    more = plural(", and 1 hint", ", and {count} hints", len(hints)) if hints else ""
    if not mistakes:
        return plural(
            "No mistakes{more}: this interview is ready to play.",
            "No mistakes{more}: all {count} interviews are ready to play.",
            interviews,
            more=more,
        )
    paths = {mistake.path for mistake in mistakes}
    return _(
        "{mistakes} in {files}{more}.",
        mistakes=plural("1 mistake", "{count} mistakes", len(mistakes)),
        files=plural("1 file", "{count} files", len(paths)),
        more=more,
    )


def _with_kinds(
    mistakes: Sequence[Mistake], hints: Sequence[Mistake]
) -> Iterator[tuple[Mistake, str]]:
    yield from ((mistake, "mistake") for mistake in mistakes)
    yield from ((hint, "hint") for hint in hints)


def _block(mistake: Mistake, kind: str, width: int) -> Iterator[Styled]:
    colour = "red" if kind == "mistake" else "yellow"
    yield f"{mistake.place}: ", "bold"
    if kind == "hint":
        yield "hint: ", colour
    yield f"{printable(mistake.what())}\n", f"bold {colour}"
    if mistake.spot.length:
        yield from _underlined(mistake.spot, colour, width)
    remedy = mistake.what_to_do()
    yield f"      {printable(remedy[:1].upper() + remedy[1:])}\n", ""


def _underlined(spot: Spot, colour: str, width: int) -> Iterator[Styled]:
    gutter = f"{spot.line:>5} | "
    line, start, length = _fitted(spot, width - len(gutter))
    yield gutter, "dim"
    yield f"{line}\n", ""
    yield f"{'':>5} | ", "dim"
    yield f"{' ' * start}^{'~' * (length - 1)}\n", colour


def _fitted(spot: Spot, width: int) -> tuple[str, int, int]:
    """Cut a line around what is meant; gives also the columns before it, and how many it has."""
    # Only who looks at a mistake pays for the import.
    import wcwidth

    at = spot.column - spot.excerpt_column
    before = "".join(map(_visible, spot.excerpt[:at]))
    line = "".join(map(_visible, spot.excerpt))
    target = "".join(map(_visible, spot.excerpt[at : at + spot.length]))
    start, length = wcwidth.width(before), max(1, wcwidth.width(target))
    left = max(0, start - width // 3) if start + length > width - 1 else 0
    is_cut = left > 0 or spot.excerpt_column > 1
    if wcwidth.width(line) - left > width - is_cut:
        line = wcwidth.clip(line, left, left + width - 1 - is_cut) + _ELLIPSIS
    else:
        line = wcwidth.clip(line, left, left + width)
    start -= left - is_cut
    return (_ELLIPSIS if is_cut else "") + line, start, min(length, width - start)


def _visible(letter: str) -> str:
    return _TAB if letter == "\t" else printable(letter)
