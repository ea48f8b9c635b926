"""A TOML file that cannot be parsed, read chunk by chunk: each mistake, and all the rest of it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Final

import tomli

from bot.interview.pack.field_names import FIELDS
from bot.interview.pack.mistakes import MAX_MISTAKES, Remark, Spot, spot_in
from bot.interview.pack.slips.fault import FIELD, Slip, clipped
from bot.interview.pack.slips.toml_slips import recognised_slip
from bot.interview.pack.toml_lines import TOP, TomlLines
from bot.text import _

_HEADER: Final = re.compile(
    r"\s*(?:\[\[\s*[A-Za-z][\w-]*\s*\]\]|\[{1,2}[^\S\n]*[\w.-][\w.\"' -]*\]{0,2}\s*(?:#.*)?$)"
)
_COLON: Final = re.compile(r"\s*[\"']?(\w+)[\"']?\s*:(?=\s|$)")
_LETTER: Final = re.compile(r"[^\n]")
_MOST_LETTERS: Final = 300
"""Letters of a line among which it is told whether that is a header."""
_MOST_TRIES: Final = 20
"""Mistakes between the chunks of a file, of which each costs another reading."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A field with its value, a header, or whatever else stands there, from an offset on."""

    start: int
    text: str
    is_header: bool


@dataclass(frozen=True, slots=True)
class Recovery:
    """What is wrong in a file, and what it holds without the lines in which that stands.

    `partial` are the lines of the headers below which something is missing now.
    """

    content: dict[str, Any]
    lines: TomlLines
    remarks: Sequence[tuple[Spot, Remark]]
    partial: frozenset[int] = frozenset()


def recover(lines: TomlLines) -> Recovery:
    """Read a file that cannot be read as a whole."""
    chunks = list(_chunks(lines))
    remarks: list[tuple[Spot, Remark]] = []
    # The offsets of chunks that are left out.
    broken: set[int] = set()
    for chunk in chunks:
        if (error := _error_in(chunk.text)) is not None:
            broken.add(chunk.start)
            if len(remarks) < MAX_MISTAKES:
                remarks.append(_placed(lines.text, chunk, _slip(chunk, error)))
    for _again in range(_MOST_TRIES):
        left = _without(chunks, broken)
        try:
            content = tomli.loads(left)
        except tomli.TOMLDecodeError as error:
            at = bisect_right(chunks, error.pos, key=lambda chunk: chunk.start) - 1
            broken |= _repeated(chunks[at], chunks)
            slip = _repetition(chunks[at], chunks, lines)
            remarks.append(_placed(lines.text, chunks[at], slip))
        else:
            lines_left = TomlLines(left, lines.original)
            return Recovery(content, lines_left, remarks, _partial(chunks, broken, lines))
    return Recovery({}, TomlLines(""), remarks)


def _chunks(lines: TomlLines) -> Iterator[Chunk]:
    """Cut a file before and behind each header, and before each line that begins a field."""
    starts: list[tuple[int, bool]] = []
    is_behind_header = True
    for number, line in lines.outside_strings:
        is_header = _HEADER.match(line[:_MOST_LETTERS]) is not None
        if is_header or is_behind_header or _begins_field(line):
            starts.append((lines.start_of(number), is_header))
        is_behind_header = is_header
    for (start, is_header), end in zip_longest(starts, [start for start, _is in starts[1:]]):
        yield Chunk(start, lines.text[start:end], is_header)


def _begins_field(line: str) -> bool:
    if FIELD.match(line):
        return True
    match = _COLON.match(line)
    return match is not None and match[1].casefold() in FIELDS


def _slip(chunk: Chunk, error: tomli.TOMLDecodeError) -> Slip:
    """Say what keeps a chunk by itself from being read, or a line of it behind what is whole."""
    line_start = chunk.text.rfind("\n", 0, error.pos) + 1
    if not line_start or _error_in(chunk.text[:line_start]):
        return recognised_slip(chunk.text, error.pos, error.msg)
    slip = recognised_slip(chunk.text[line_start:], error.pos - line_start, error.msg)
    return replace(slip, start=slip.start + line_start, end=slip.end + line_start)


def _error_in(text: str) -> tomli.TOMLDecodeError | None:
    try:
        tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        return error
    except (RecursionError, ValueError):
        return tomli.TOMLDecodeError("", text, 0)
    return None


def _placed(text: str, chunk: Chunk, slip: Slip) -> tuple[Spot, Remark]:
    spot = spot_in(text, chunk.start + slip.start, chunk.start + slip.end)
    return spot, Remark(slip.problem, slip.remedy)


def _without(chunks: Sequence[Chunk], broken: set[int]) -> str:
    """Empty broken chunks, and all that stands below a broken header; the rest stays in place."""
    texts: list[str] = []
    for entry in _entries(chunks):
        is_headless = entry[0].is_header and entry[0].start in broken
        texts += [
            _LETTER.sub(" ", chunk.text) if is_headless or chunk.start in broken else chunk.text
            for chunk in entry
        ]
    return "".join(texts)


def _partial(chunks: Sequence[Chunk], broken: set[int], lines: TomlLines) -> frozenset[int]:
    starts = [
        entry[0].start if entry[0].is_header else None
        for entry in _entries(chunks)
        if any(chunk.start in broken for chunk in entry)
    ]
    return frozenset(TOP if start is None else lines.line_at(start) for start in starts)


def _entries(chunks: Sequence[Chunk]) -> Iterator[list[Chunk]]:
    entry: list[Chunk] = []
    for chunk in chunks:
        if chunk.is_header and entry:
            yield entry
            entry = []
        entry.append(chunk)
    yield entry


def _repeated(chunk: Chunk, chunks: Sequence[Chunk]) -> set[int]:
    """Give the offsets of a field and, where it begins an entry anew, of all that are there again.

    One mistake, a header that is missing, is told once.
    """
    entry = next(entry for entry in _entries(chunks) if chunk in entry)
    fields = [other for other in entry if _key_of(other)]
    if not fields or _key_of(chunk) != _key_of(fields[0]):
        return {chunk.start}
    former = {_key_of(other) for other in fields if other.start < chunk.start}
    again = {other.start for other in fields if _key_of(other) in former}
    return {chunk.start, *(start for start in again if start > chunk.start)}


def _repetition(chunk: Chunk, chunks: Sequence[Chunk], lines: TomlLines) -> Slip:
    """Say that a field or a part is there already, and where."""
    field = FIELD.match(chunk.text)
    if field is None:
        header = chunk.text.split("\n", 1)[0].split("#")[0]
        start, end = len(header) - len(header.lstrip()), len(header.rstrip())
        name = re.sub(r"[\[\]\s\"']", "", header)
        line = lines.tables.get(name, 1)
        if line == lines.line_at(chunk.start):
            return _unlike_above(header, name, lines)
        problem = _("{header} is there already, on line {line}", header=header.strip(), line=line)
        return Slip(start, max(end, start + 1), problem, _("put both together, or take one out"))
    key = field["key"]
    entry = next(entry for entry in _entries(chunks) if chunk in entry)
    offsets = [other.start for other in entry if _key_of(other) == key]
    problem = _("{key} is there twice in this entry", key=clipped(key))
    if offsets[0] < chunk.start:
        line = lines.line_at(offsets[0])
        problem = _("{key} is there already, on line {line}", key=clipped(key), line=line)
    remedy = _("keep one of them, or start a new entry with a header before the second")
    return Slip(*field.span("key"), problem, remedy)


def _unlike_above(header: str, name: str, lines: TomlLines) -> Slip:
    """Say of a header that another, whose name begins like it, keeps it from being one."""
    start, end = len(header) - len(header.lstrip()), len(header.rstrip())
    others = (line for other, line in lines.tables.items() if other.startswith(f"{name}."))
    what = {"header": header.strip(), "line": min(others, default=1)}
    problem = _("{header} doesn't go with the header on line {line}", **what)
    remedy = _("write {header} there as well", header=header.strip())
    return Slip(start, max(end, start + 1), problem, remedy)


def _key_of(chunk: Chunk) -> str:
    field = FIELD.match(chunk.text)
    return field["key"] if field else ""
