"""A TOML file that cannot be parsed, read piece by piece: each mistake, and all the rest of it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Final

import tomli

from bot.interview.pack.mistakes import Remark, Spot, spot_in
from bot.interview.pack.slips.fault import FIELD, Slip, clipped
from bot.interview.pack.slips.toml_slips import recognised_slip
from bot.interview.pack.toml_lines import TomlLines
from bot.interview.pack.vocabulary import FIELDS
from bot.text import _

_HEADER: Final = re.compile(
    r"\s*(?:\[\[\s*[A-Za-z][\w-]*\s*\]\]|\[{1,2}[^\S\n]*[\w.-][\w.\"' -]*\]{0,2}\s*(?:#.*)?$)"
)
_COLON: Final = re.compile(r"\s*[\"']?(\w+)[\"']?\s*:(?=\s|$)")
_LETTER: Final = re.compile(r"[^\n]")
_MOST_TRIES: Final = 20
"""Mistakes between the pieces of a file, of which each costs another reading."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A field with its value, a header, or whatever else stands there, from an offset on."""

    start: int
    text: str
    is_header: bool


@dataclass(frozen=True, slots=True)
class Recovery:
    """What is wrong in a file, and what it holds without the entries in which that stands."""

    content: dict[str, Any]
    lines: TomlLines
    remarks: Sequence[tuple[Spot, Remark]]


def recover(lines: TomlLines) -> Recovery:
    """Read a file that cannot be read as a whole."""
    pieces = list(_pieces(lines))
    remarks: list[tuple[Spot, Remark]] = []
    # The offsets of pieces, whose entries are left out.
    broken: set[int] = set()
    for piece in pieces:
        if (slip := _slip(piece)) is not None:
            broken.add(piece.start)
            remarks.append(_placed(lines.text, piece, slip))
    for _again in range(_MOST_TRIES):
        left = _without(pieces, broken)
        try:
            return Recovery(tomli.loads(left), TomlLines(left, lines.shown), remarks)
        except tomli.TOMLDecodeError as error:
            at = bisect_right(pieces, error.pos, key=lambda piece: piece.start) - 1
            broken.add(pieces[at].start)
            slip = _repetition(pieces[at], pieces, lines)
            remarks.append(_placed(lines.text, pieces[at], slip))
    return Recovery({}, TomlLines(""), remarks)


def _pieces(lines: TomlLines) -> Iterator[Piece]:
    """Cut a file before and behind each header, and before each line that begins a field."""
    starts: list[tuple[int, bool]] = []
    is_behind_header = True
    for number, line in lines.outside_strings:
        is_header = _HEADER.match(line) is not None
        if is_header or is_behind_header or _begins_field(line):
            starts.append((lines.start_of(number), is_header))
        is_behind_header = is_header
    for (start, is_header), end in zip_longest(starts, [start for start, _is in starts[1:]]):
        yield Piece(start, lines.text[start:end], is_header)


def _begins_field(line: str) -> bool:
    if FIELD.match(line):
        return True
    match = _COLON.match(line)
    return match is not None and match[1].casefold() in FIELDS


def _slip(piece: Piece) -> Slip | None:
    """Say what keeps a piece by itself from being read, or a line of it behind what is whole."""
    error = _error_in(piece.text)
    if error is None:
        return None
    line_start = piece.text.rfind("\n", 0, error.pos) + 1
    if not line_start or _error_in(piece.text[:line_start]):
        return recognised_slip(piece.text, error.pos, error.msg)
    slip = recognised_slip(piece.text[line_start:], error.pos - line_start, error.msg)
    return replace(slip, start=slip.start + line_start, end=slip.end + line_start)


def _error_in(text: str) -> tomli.TOMLDecodeError | None:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return error
    except (RecursionError, ValueError):
        return tomli.TOMLDecodeError("", text, 0)
    return None


def _placed(text: str, piece: Piece, slip: Slip) -> tuple[Spot, Remark]:
    spot = spot_in(text, piece.start + slip.start, piece.start + slip.end)
    return spot, Remark(slip.problem, slip.remedy)


def _without(pieces: Sequence[Piece], broken: set[int]) -> str:
    """Empty each entry that has a broken piece; all others stay where they are."""
    kept: list[str] = []
    for entry in _entries(pieces):
        is_broken = any(piece.start in broken for piece in entry)
        kept += [_LETTER.sub(" ", piece.text) if is_broken else piece.text for piece in entry]
    return "".join(kept)


def _entries(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    entry: list[Piece] = []
    for piece in pieces:
        if piece.is_header and entry:
            yield entry
            entry = []
        entry.append(piece)
    yield entry


def _repetition(piece: Piece, pieces: Sequence[Piece], lines: TomlLines) -> Slip:
    """Say that a field or a part is there already, and where."""
    field = FIELD.match(piece.text)
    if field is None:
        header = piece.text.split("\n", 1)[0].split("#")[0]
        start, end = len(header) - len(header.lstrip()), len(header.rstrip())
        line = lines.tables().get(re.sub(r"[\[\]\s\"']", "", header), 1)
        problem = _("{header} is there already, on line {line}", header=header.strip(), line=line)
        return Slip(start, max(end, start + 1), problem, _("put both together, or take one out"))
    key = field["key"]
    entry = next(entry for entry in _entries(pieces) if piece in entry)
    offsets = [other.start for other in entry if _key_of(other) == key]
    problem = _("{key} is there twice in this entry", key=clipped(key))
    if offsets[0] < piece.start:
        line = lines.text.count("\n", 0, offsets[0]) + 1
        problem = _("{key} is there already, on line {line}", key=clipped(key), line=line)
    remedy = _("keep one of them, or begin a new entry with a header before the second")
    return Slip(*field.span("key"), problem, remedy)


def _key_of(piece: Piece) -> str:
    field = FIELD.match(piece.text)
    return field["key"] if field else ""
