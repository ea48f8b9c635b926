"""What a hostile line costs grows as it does: no pattern and no reader takes its square."""

import csv
import importlib
import io
import json
import pkgutil
import re
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import OperatorError
from bot.interview import transcript
from bot.interview.transcript import parse_transcript
from tests.interview.proportion import is_in_proportion

# Each sign that a pattern of the package knows, alone and in what it would begin or end.
SIGNS = [
    *"*_[]()<>{}:：-–—#|\\`'\"“”’«»!?.,;…。？！؟【】·•©~^&@/=+%$0123456789aAzZ字й",
    *(" ", "\t", "\u0301", "\u200b", "\u00ad", "\u00a0"),
]
PIECES = [
    *SIGNS,
    *("Q.", "A. ", "Q ", "a:", "a::", "A B: ", ": :", "0:00", ":00", "0:00 ", "[0:00] ", "(0:00)"),
    *("0:00 --> ", "0:00.0", "0:00 - ", "0:00:00:00", "1h02m03s ", "1h02m03s - ", "(0", " (0:00"),
    *("<v ", "<v.a", "<v a>", "<i>", "</", "<!--", "<![CDATA[", "<br", "{\\", "{\\i1}", "\\N"),
    *("**a** ", "**a:** ", "*a ", "_a_", "***", "*a_", "[a]", "[a](", "![", "[[a]", "((a)", "(a) "),
    *("()[]", "【a】", "> ", ">> ", "- ", "# ", "1. ", "| a ", "`a` ", "``", "~~~", "---", "==="),
    *("Ada Bo ", "A-A", "A'", "Mc", "A, ", "Ada (B) ", "J. K. ", "a.", "a. A", ". ", ".)", "?)"),
    *("'a ", "a' ", "\"A. ", "(a. ", "“a. ", "A.x", "..x", "..)x", "。x", "http://", "www.a "),
    *("1 min ", "page 1 of 1 ", "{%", "{{<", "&#", "&amp;", "display:none ", "a\u0301", "a\t"),
    *("A\u200b: ", "{", "[{", '{"a":', "[", '"', ",", "a,b,", "\r", "Dr. ", "p.m. ", "no. 1 "),
]  # fmt: skip
SUFFIXES = ("txt", "md", "html", "vtt", "srt", "json", "csv", "tsv")


def patterns() -> Iterator[tuple[str, "re.Pattern[str]"]]:
    """Give all patterns of text in the package, by module and name."""
    for module in pkgutil.walk_packages(transcript.__path__, f"{transcript.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for n, pattern in enumerate(_within(value)):
                yield f"{module.name.removeprefix(transcript.__name__)}.{name}-{n}", pattern


def _within(value: Any) -> "Iterator[re.Pattern[str]]":
    if isinstance(value, re.Pattern):
        pattern = cast("re.Pattern[Any]", value)
        if isinstance(pattern.pattern, str):
            yield pattern
    elif isinstance(value, (tuple, list)):
        for part in cast("Sequence[Any]", value):
            yield from _within(part)


def seconds_to_look(pattern: "re.Pattern[str]", ways: set[str], piece: str, length: int) -> float:
    """Measure a pattern on a text of one piece again and again, in the ways it is looked for."""
    text = piece * (length // len(piece))
    began = time.process_time()
    for hostile in (text, f"{text}\x00"):
        if "match" in ways:
            pattern.match(hostile)
        if "fullmatch" in ways:
            pattern.fullmatch(hostile)
        if not ways <= {"match", "fullmatch"}:
            deque(pattern.finditer(hostile), maxlen=0)
    return time.process_time() - began


def ways_of(name: str) -> set[str]:
    """Read in the package in which ways a pattern is used: `match`, `sub`, ...; all if in none."""
    sources = Path(transcript.__path__[0]).rglob("*.py")
    uses = re.compile(rf"\b{name}(?:\[\w+\])?\.(\w+)")
    used = {way for source in sources for way in uses.findall(source.read_text("utf-8"))}
    return used or {"match", "fullmatch", "finditer"}


PATTERNS = dict(patterns())


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_takes_time_in_proportion(name: str) -> None:
    pattern, ways = PATTERNS[name], ways_of(name.rpartition("-")[0].rpartition(".")[2])
    slow = [
        piece
        for piece in PIECES
        if not is_in_proportion(
            lambda length, piece=piece: seconds_to_look(pattern, ways, piece, length), 3000, 0.02
        )
    ]
    assert slow == []


def test_a_pattern_that_takes_the_square_is_found() -> None:
    for pattern, piece in ((r"\s*x", " "), (r"<[^>]*>", "<"), (r"(?:a+)b", "a")):
        square = re.compile(pattern)
        assert not is_in_proportion(
            lambda length, square=square, piece=piece: seconds_to_look(
                square, {"search"}, piece, length
            ),
            3000,
            0.02,
        )


def written(suffix: str, line: str) -> str:
    """Write an interview in which a line stands by itself, and behind a label."""
    match suffix:
        case "html":
            return f"<p>{line}</p>\n<p>Ada: Why?</p>\n<p>Bo: {line}"
        case "vtt" | "srt":
            head, time = ("WEBVTT\n\n", "00:01.000 --> 00:02.000") if suffix == "vtt" else ("", CUE)
            return f"{head}{time}\n{line}\n\n{time}\nAda: Why?\n\n{time}\nBo: {line}\n"
        case "json":
            said = [("Ada", "Why?"), ("Bo", line), (line, "No."), ("Bo", f"Ada: {line}")]
            return json.dumps([{"speaker": who, "text": text} for who, text in said])
        case "csv" | "tsv":
            table = io.StringIO()
            rows = csv.writer(table, delimiter="," if suffix == "csv" else "\t")
            rows.writerows(
                [("speaker", "text"), ("Ada", "Why?"), (line[:200], "No."), ("Bo", line)]
            )
            return f"{table.getvalue()}{line}"
        case _:
            return f"{line}\n\nAda: Why?\n\nBo: {line}"


CUE = "00:00:01,000 --> 00:00:02,000"


def seconds_to_read(path: Path, piece: str, length: int) -> float:
    line = piece * (length // len(piece))
    path.write_text(written(path.suffix[1:], line), "utf-8", errors="replace")
    began = time.process_time()
    with suppress(OperatorError):
        parse_transcript(path)
    return time.process_time() - began


def slow_pieces(pieces: Sequence[str], path: Path, length: int, floor: float) -> list[str]:
    """List the pieces of which a long file takes far more than it is longer."""
    return [
        piece
        for piece in pieces
        if not is_in_proportion(
            lambda length, piece=piece: seconds_to_read(path, piece, length), length, floor
        )
    ]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_reader_takes_time_in_proportion(tmp_path: Path, suffix: str) -> None:
    assert slow_pieces(PIECES, tmp_path / f"x.{suffix}", 1500, 0.03) == []


@pytest.mark.thorough
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_line_of_a_million_signs_is_read_in_proportion(tmp_path: Path, suffix: str) -> None:
    assert slow_pieces(PIECES[::9], tmp_path / f"x.{suffix}", 250_000, 0.5) == []


@given(
    alphabet=st.lists(st.sampled_from(PIECES), min_size=1, max_size=4),
    order=st.lists(st.integers(0, 3), min_size=1, max_size=6),
    suffix=st.sampled_from(SUFFIXES),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_few_signs_again_and_again_are_read_in_proportion(
    tmp_path: Path, alphabet: list[str], order: list[int], suffix: str
) -> None:
    piece = "".join(alphabet[n % len(alphabet)] for n in order)
    path = tmp_path / f"x.{suffix}"
    assert is_in_proportion(lambda length: seconds_to_read(path, piece, length), 1500, 0.03)
