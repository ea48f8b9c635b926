"""What `check` takes for a hostile file grows as the file does: nothing in it takes its square."""

import time
from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from bot.editing.check import check, hints_at
from bot.interview.pack import files
from bot.interview.pack.numbers import add_numbers
from bot.interview.pack.toml_files import MAX_TOML
from bot.interview.pack.translation_marks import mark_translations
from tests.interview.proportion import is_in_proportion
from tests.packs import write_pack

Hostile = Callable[[int], Mapping[str, str]]
"""Gives files of a pack of so many letters."""

# As many entries and lines of such a length as a file may have at its full size.
ENTRY = 90
LINE = 25


def again(entry: str, length: int, *, size: int = ENTRY) -> str:
    """Write an entry with its number again and again; a note makes each of one size."""
    pieces: list[str] = []
    for number in count(1):
        piece = entry.replace("NUMBER", str(number))
        pieces.append(piece if len(piece) >= size else f"#{'-' * (size - len(piece))}\n{piece}")
        length -= len(pieces[-1])
        if length <= 0:
            return "".join(pieces)
    raise AssertionError


def entries(name: str, entry: str) -> Hostile:
    return lambda length: {name: again(entry, length)}


def lines(name: str, line: str, head: str = "") -> Hostile:
    return lambda length: {name: head + again(line, length, size=LINE)}


def one_line(name: str, head: str, piece: str, end: str = "") -> Hostile:
    return lambda length: {name: f"{head}{piece * (length // len(piece))}{end}\n"}


FACT = '[[facts]]\nnumber = NUMBER\nexchange = 1\npeople = []\ntext = "The NUMBER boats"\n'
QUOTE = '[[quotes]]\nnumber = NUMBER\nexchange = 1\nspeaker = "ada-example"\ntext = "No NUMBER."\n'
QUESTION = (
    "[[questions]]\nnumber = NUMBER\nexchange = 1\nabout = NUMBER\nprompt = 'Why NUMBER?'\n"
    "right = 'a'\nwrong = ['b', 'c', 'd']\nexplanation = 'e'\ndifficulty = 'easy'\n"
)
EXCHANGE = "[[exchanges]]\nnumber = NUMBER\ntitle = 'a'\nsummary = 'b'\n"
SOLE = "[[facts]]\nnumber = 1\nexchange = 1\ntext = 'a'\n"
HEAD = "[[quotes]]\n"


def facts_and_questions(length: int) -> Mapping[str, str]:
    return {"facts.toml": again(FACT, length // 2), "trivia.toml": again(QUESTION, length // 2)}


def facts_of_nobody(length: int) -> Mapping[str, str]:
    """Write facts of somebody unknown among many people with many names."""
    names = ", ".join(f"'Ada {n}'" for n in range(20))
    people = "".join(f"[[people]]\nname = 'Bo {n}'\naliases = [{names}]\n" for n in range(20))
    exchanges = "".join(EXCHANGE.replace("NUMBER", str(n)) for n in range(2))
    return {
        "interview.toml": f"title = 'a'\noutlet = 'b'\n{people}{exchanges}",
        "facts.toml": again(FACT.replace("[]", "['zoe']"), length),
    }


HOSTILE: dict[str, Hostile] = {
    "facts and questions": facts_and_questions,
    "facts of nobody": facts_of_nobody,
    "quotes of nobody": entries("quotes.toml", QUOTE.replace("ada-example", "zoe")),
    "quotes with one number": entries("quotes.toml", QUOTE.replace("NUMBER", "1", 1)),
    "facts without numbers": entries("facts.toml", FACT.replace("number = NUMBER\n", "")),
    "exchanges": entries(
        "interview.toml", EXCHANGE.replace("number = NUMBER", "number = NUMBER # x")
    ),
    "people": entries("interview.toml", "[[people]]\nname = 'Ada NUMBER'\n"),
    "one person in a fact": one_line("facts.toml", f"{SOLE}people = [", "'ada-example',", "]"),
    "nobody in a fact": one_line("facts.toml", f"{SOLE}people = [", "'zoe',", "]"),
    "topics": one_line("quotes.toml", f"{HEAD}topics = [", "'a',", "]"),
    "unknown fields": lines("quotes.toml", "aNUMBER = 1\n", HEAD),
    "unknown fields on top": lines("quotes.toml", "aNUMBER = 1\n"),
    "unknown tables": entries("quotes.toml", "[aNUMBER]\n"),
    "other tables": entries("quotes.toml", "[quotes]\n"),
    "facts translated": lambda length: {
        "facts.toml": again(FACT, length // 2),
        "fr.toml": again("[fact.NUMBER]\ntext = 'Le NUMBER'\n", length // 2),
    },
    "facts that are not there translated": entries("fr.toml", "[fact.NUMBER]\ntext = 'a'\n"),
    "a header again": entries("fr.toml", "[fact.1]\ntext = 'a'\n"),
    "a field again": entries("quotes.toml", "[[quotes]]\na = 1\na = 2\n"),
    "a field again below a broken header": lambda length: {
        "quotes.toml": "[[quotes]\n" + again("aNUMBER = 1\n", length, size=LINE) + "a = 1\na = 2\n"
    },
    "texts that never end": lines("quotes.toml", 'a = """\n', HEAD),
    "curly marks": lines("quotes.toml", "text = “aNUMBER”\n", HEAD),
    "quotation marks": one_line("quotes.toml", f"{HEAD}text = ", '"'),
    "pairs of quotation marks": one_line("quotes.toml", f"{HEAD}text = ", '"" '),
    "apostrophes": one_line("quotes.toml", f"{HEAD}text = ", "'"),
    "a list without commas": one_line("quotes.toml", f"{HEAD}text = [", '"a" '),
    "lists in lists": one_line("quotes.toml", f"{HEAD}text = ", "["),
    "brackets": one_line("quotes.toml", "", "[["),
    "a name with dots": one_line("quotes.toml", "", "a.", "a = 1"),
    "a header with dots": one_line("quotes.toml", "[", "a.", "a]"),
    "spaces": one_line("quotes.toml", f"{HEAD}text ", " ", "a"),
    "broken lines of JSON": lines("quotes.jsonl", "{'a': NUMBER}\n"),
    "fields of JSON": lines("quotes.jsonl", '{"aNUMBER": 1, "a": 2, "a": 3}\n'),
}  # fmt: skip
FULL_SIZE: dict[str, tuple[Hostile, int]] = {
    "broken fields": (lines("quotes.toml", "aNUMBER = b\n", HEAD), 200_000 * LINE),
    "escaped marks": (one_line("quotes.toml", f"{HEAD}text = ", '\\"'), MAX_TOML),
    "escaped marks in a text": (one_line("quotes.toml", f'{HEAD}text = "', '\\"'), MAX_TOML),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "oven")


def seconds_to_check(folder: Path, texts: Mapping[str, str]) -> float:
    """Measure all of `check --fix` on a pack with files in the place of its own."""
    for path in files.pack_files(folder):
        if path.name != files.INTERVIEW:
            path.unlink()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    began = time.process_time()
    mark_translations(folder)
    add_numbers(folder, date(2026, 11, 25))
    for _mistake in (*check([folder]), *hints_at([folder])):
        pass
    return time.process_time() - began


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_checked_in_proportion(folder: Path, name: str) -> None:
    hostile = HOSTILE[name]
    assert is_in_proportion(lambda size: seconds_to_check(folder, hostile(size)), 60_000, 0.15)


@pytest.mark.thorough
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_of_four_megabytes_is_checked_in_proportion(folder: Path, name: str) -> None:
    hostile = HOSTILE[name]
    size = MAX_TOML // 4 - 1000
    assert is_in_proportion(lambda size: seconds_to_check(folder, hostile(size)), size, 1.0)


@pytest.mark.parametrize("name", FULL_SIZE)
def test_what_once_took_minutes_is_checked_in_proportion(folder: Path, name: str) -> None:
    hostile, size = FULL_SIZE[name]
    size = min(size, MAX_TOML) // 4 - 1000
    assert is_in_proportion(lambda size: seconds_to_check(folder, hostile(size)), size, 0.5)
