"""Whatever stands in the files of a pack, `check` tells mistakes of ours and ends."""

import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.editing.check import check, hints_at
from bot.interview.pack import files
from bot.interview.pack.numbers import add_numbers
from bot.interview.pack.translation_marks import mark_translations
from tests.interview.pack.conftest import mistakes_in
from tests.packs import (
    fact,
    question,
    quote,
    translated_fact,
    write_lines,
    write_pack,
)

NAMES = [*files.NAMES, "fr.toml"]
LEAKS = re.compile(r"Input should|should have|Extra inputs|Value error|valid (?:list|string|int)")
"""English of the library that validates."""


def whole_pack(folder: Path) -> Path:
    """Write a pack that has each of its files."""
    pack = write_pack(
        folder,
        quotes=[quote(1), quote(2)],
        facts=[fact(1)],
        questions=[question(1, about=1)],
        prompts=[{"number": 1, "text": "Would you sail?"}],
        answers=[{"exchange": 1, "speaker": "ada-example", "sentences": ["It floats."]}],
        languages={"fr": {"fact": {"1": translated_fact(1)}}},
    )
    write_lines(pack / "quotes.jsonl", [quote(11), quote(12)])
    return pack


TOML_MISTAKES: list[tuple[str, str, str]] = [
    ("facts.toml", "[[facts]]\nx = " + "[" * 100_000, "facts.toml:2: lists or tables within each"),
    ("facts.toml", "x = " + "{a = " * 50_000, "facts.toml:1: lists or tables within each other"),
    ("facts.toml", "a." * 100_000 + "a = 1", "facts.toml:1: lists or tables within each other"),
    ("facts.toml", "\n\nx = " + "1" * 5000, "facts.toml:3: a number of thousands of digits"),
    (
        "facts.toml",
        "[[facts]]\nnumber = 0x" + "f" * 5000,
        ":2: number can't be a number with many digits; write at most 999999999",
    ),
    (
        "facts.toml",
        "facts = 5",
        ":1: facts isn't a list of entries; begin each entry with [[facts]]",
    ),
    ("facts.toml", "facts = [5]", "facts.toml:1: 5 isn't an entry; write fields with their values"),
    (
        "quotes.toml",
        "[quotes]\nnumber = 1\n[quotes]\n",
        "quotes.toml:3: [quotes] doesn't start an entry; write [[quotes]]",
    ),
    ("facts.toml", "[[facts]]\n" * 50_001, "facts.toml:1: 50001 entries; write at most 50000"),
    ("facts.toml", "\n" * 200_001, "facts.toml:1: 200001 lines; write at most 200000"),
    ("facts.toml", "x = 1\n\0", "facts.toml:2: an invisible character (U+0000); delete it"),
    ("facts.toml", "x = '\x1b[31m'", "facts.toml:1: an invisible character (U+001B); delete it"),
    ("facts.toml", "#" * 4_000_001, "facts.toml:1: facts.toml is too large: 5 MB; cut it to 4 MB"),
    ("facts.toml", "[[facts]]\nnumber = 'four'", "facts.toml:2: number is in words; write 4"),
    (
        "facts.toml",
        "[[facts]]\nsince = 'soon'",
        'facts.toml:2: since can\'t be "soon"; write a date as',
    ),
    ("facts.toml", "[[facts]]\npeople = 'ada'", 'facts.toml:2: people takes a list; write ["ada"]'),
    (
        "facts.toml",
        "[[facts]]\nmature = 'yes'",
        "facts.toml:2: mature is either true or false; write true",
    ),
    ("facts.toml", "[[facts]]\ntext = 5", 'facts.toml:2: text takes a text, not 5; write "5"'),
    (
        "facts.toml",
        "[[facts]]\nnumber = 1.5",
        "facts.toml:2: number takes a number, not 1.5; write a",
    ),
    ("fr.toml", "topics = 5", "fr.toml:1: 5 isn't an entry; write fields with their"),
    ("fr.toml", "fact = 5", "fr.toml:1: it doesn't say which fact it is"),
    ("fr.toml", "[fact.1]\nsource = 'x'", 'fr.toml:2: source can\'t be "x"; delete the line'),
]


@pytest.mark.parametrize(("name", "text", "sentence"), TOML_MISTAKES)
def test_toml_from_anybody_is_a_sentence_at_its_line(
    tmp_path: Path, name: str, text: str, sentence: str
) -> None:
    folder = whole_pack(tmp_path / "boat")
    (folder / name).write_text(text, "utf-8")
    assert any(sentence in mistake for mistake in mistakes_in(folder)), mistakes_in(folder)


INTERVIEW_LINES: list[tuple[str, str, str]] = [
    ('link = "https://example.org/floating-oven"', 'link = "ftp://x"', "write an address that"),
    ('role = "skipper"', 'rolle = "skipper"', "there's no field rolle here; did you mean role?"),
    ('title = "The storm"', 'title = ""', "title is empty"),
    (
        'outlet = "The Harbour Post"',
        "outlet = 5",
        'outlet takes a text, not 5; write "5", in quotation marks',
    ),
]


@pytest.mark.parametrize(("line", "replacement", "sentence"), INTERVIEW_LINES)
def test_a_mistake_is_told_at_its_own_line(
    tmp_path: Path, line: str, replacement: str, sentence: str
) -> None:
    folder = write_pack(tmp_path / "boat")
    path = folder / "interview.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace(line, replacement), "utf-8")
    number = 1 + text[: text.index(line)].count("\n")
    (mistake,) = mistakes_in(folder)
    assert mistake.startswith(f"interview.toml:{number}: ")
    assert sentence in mistake


LINE_MISTAKES: list[tuple[bytes, str]] = [
    (b"[" * 100_000, "lists or tables within each other, hundreds deep"),
    (b'{"number": ' + b"1" * 5000 + b"}", "a number of thousands of digits"),
    (b'{"number": 1, "number": 2}', "number is there twice in this entry; keep one of them"),
    (b"[1, 2]", "the entries are in a list; write one entry per line"),
    (b"5", "a line that isn't an entry in curly brackets; write each entry on one line"),
    (b'{"a": "\xff"}', "this character isn't saved as UTF-8, perhaps as ANSI; save it again as"),
    (b'{"a": "' + b"x" * 3_000_000 + b'"}', "a line of more than 1000000 bytes; split it"),
    (b"\0" * 1000, "a line that isn't an entry in curly brackets"),
    (
        json.dumps({**quote(9), "text": "\ud800"}).encode(),
        "text holds half a character; write it again",
    ),
    (
        json.dumps({**quote(9), "\ud800": 1}).encode(),
        "entry holds half a character; write",
    ),
    (
        json.dumps({**quote(9), "number": None, "exchange": 1e300}).encode(),
        "exchange takes a number, not 1e+300",
    ),
    (
        json.dumps({**quote(9), "topics": {"a": 1}}).encode(),
        "topics takes a list; write one in square brackets",
    ),
    (
        json.dumps({**quote(9), "speaker": "Ben Sample"}).encode(),
        'write "ben-sample", the key in interview.toml',
    ),
]


@pytest.mark.parametrize(("line", "sentence"), LINE_MISTAKES)
def test_a_streamed_line_from_anybody_is_a_sentence_at_its_line(
    tmp_path: Path, line: bytes, sentence: str
) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[])
    lines = [json.dumps(quote(7)).encode(), line, json.dumps({**quote(8), "exchange": 77}).encode()]
    (folder / "quotes.jsonl").write_bytes(b"\n".join(lines))
    first, *_others, last = mistakes_in(folder)
    assert first.startswith("quotes.jsonl:2: ")
    assert sentence in first
    assert last.startswith("quotes.jsonl:3: there's no exchange 77"), "it is still the third"


def test_a_streamed_file_of_another_encoding_is_one_mistake(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[])
    rows = "".join(json.dumps(quote(n)) + "\n" for n in range(1, 5))
    (folder / "quotes.jsonl").write_text(rows, "utf-8-sig")
    assert mistakes_in(folder) == []
    (folder / "quotes.jsonl").write_text(rows, "utf-16")
    assert mistakes_in(folder) == [
        "quotes.jsonl:1: the file was saved as UTF-16, not as UTF-8; save it again as UTF-8:"
        " Notepad asks for the encoding under Save as"
    ]


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_link_to_nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def a_large_hole(path: Path) -> None:
    path.touch()
    os.truncate(path, 5_000_000_000)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("make", [a_pipe, a_device, a_link_to_nowhere, a_large_hole, Path.mkdir])
def test_what_is_no_file_is_a_mistake(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    folder = whole_pack(tmp_path / "boat")
    (folder / name).unlink()
    make(folder / name)
    assert any(mistake.startswith(f"{name}:1: {name} ") for mistake in mistakes_in(folder))
    # What sums up the files neither waits nor fails.
    assert files.packs_hash([folder], "")


def test_a_file_with_nearly_the_right_name_is_a_hint(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat")
    (folder / "fact.toml").write_text("")
    (hint,) = hints_at([folder])
    assert hint.as_hint().endswith(
        "fact.toml:1:1: hint: nothing reads this file; name it facts.toml"
    )


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=40)
    | st.sampled_from(["ada-example", "none", "2026-11-25", "x" * 4000, "a\nb", "https://x", ""]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(field=st.sampled_from([*quote(1), "since", "mature", "drawn", "withdrawn"]), value=VALUES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_field_holds_nothing_is_told_in_the_words_of_a_library(
    tmp_path: Path, field: str, value: object
) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[])
    write_lines(folder / "quotes.jsonl", [{**quote(1), field: value}])
    write_lines(
        folder / "answers.jsonl",
        [{"exchange": 1, "speaker": "ada-example", "sentences": ["It floats."], field: value}],
    )
    for mistake in mistakes_in(folder):
        assert not LEAKS.search(mistake)
        assert "compare it with a file" not in mistake, "each rule has a remedy of its own"
        assert mistake.isprintable()


TOML_VALUES = [
    *("5", "-1", "1.5", "nan", "true", '"x"', '""', "[]", "[[1]]", "{}", "{a = 1}", '["a", 1]'),
    *("2026-01-01", "2026-01-01T00:00:00Z", "10:00:00", '"\\u0000"', '"a\\nb"', "[1, 2, 3, 4]"),
]


@st.composite
def edits(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """Draw a change of a file: of its bytes, of its lines, or of a value in it."""
    at, count = draw(st.integers(0, 100_000)), draw(st.integers(0, 3))
    piece = draw(st.binary(max_size=6) | st.sampled_from([b"[[quotes]]\n", b"[people]\n", b'"""']))
    value = draw(st.sampled_from(TOML_VALUES)).encode()

    def of_bytes(data: bytes) -> bytes:
        place = at % (len(data) + 1)
        return data[:place] + piece + data[place + count :]

    def of_lines(data: bytes) -> bytes:
        lines = data.split(b"\n")
        place = at % len(lines)
        return b"\n".join([*lines[:place], *lines[place : place + 1] * count, *lines[place + 1 :]])

    def of_values(data: bytes) -> bytes:
        fields = list(re.finditer(rb"(?<= = ).*", data))
        if not fields:
            return data
        field = fields[at % len(fields)]
        return data[: field.start()] + value + data[field.end() :]

    return draw(st.sampled_from([of_bytes, of_lines, of_values]))


@given(changes=st.lists(st.tuples(st.sampled_from(NAMES), edits()), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_pack_that_was_changed_in_any_way_is_checked_and_mended(
    tmp_path: Path, changes: list[tuple[str, Callable[[bytes], bytes]]]
) -> None:
    shutil.rmtree(tmp_path / "boat", ignore_errors=True)
    folder = whole_pack(tmp_path / "boat")
    for name, change in changes:
        (folder / name).write_bytes(change((folder / name).read_bytes()))
    told = [str(mistake) for mistake in check([folder])]
    told += [hint.as_hint() for hint in hints_at([folder])]
    assert not LEAKS.search("\n".join(told))
    assert add_numbers(folder, date(2026, 11, 25)) >= 0
    assert mark_translations(folder) >= 0


@given(data=st.binary(max_size=300), name=st.sampled_from(NAMES))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_bytes_in_any_file_are_mistakes(tmp_path: Path, data: bytes, name: str) -> None:
    shutil.rmtree(tmp_path / "boat", ignore_errors=True)
    folder = whole_pack(tmp_path / "boat")
    (folder / name).write_bytes(data)
    assert not LEAKS.search("\n".join(mistakes_in(folder)))
