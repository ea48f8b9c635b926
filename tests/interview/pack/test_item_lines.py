"""Where an item stands is found in whatever file that is, without validating all of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.interview.model import ItemKind
from bot.interview.pack.item_lines import ItemId, ItemLine, item_lines

TRIVIA = """\
# A comment.
[[questions]]
number = 3
prompt = "Which way to the harbour?"

[[questions]]
prompt = '''
[[questions]]
number = 4'''
number = 9
"""
FACTS = '[[facts]]\nnumber = 3\ntext = "Ada bakes."\n'
QUOTES = '[[quotes]]\nnumber = 1\ntext = "We baked."\n'
STREAMED = '{"number": 2, "text": "We sailed."}\n\n{"text": "It rained.", "number": 30}\n'


def question(number: int, slug: str = "boat") -> ItemId:
    return ItemId(slug, ItemKind.QUESTION, number)


@pytest.fixture
def boat(tmp_path: Path) -> Path:
    folder = tmp_path / "boat"
    folder.mkdir()
    for name, text in {
        "interview.toml": 'title = "A boat"',
        "trivia.toml": TRIVIA,
        "facts.toml": FACTS,
        "quotes.toml": QUOTES,
        "quotes.jsonl": STREAMED,
    }.items():
        (folder / name).write_text(text)
    return folder


def test_each_kind_has_its_file_and_each_entry_its_line(boat: Path) -> None:
    fact = ItemId("boat", ItemKind.FACT, 3)
    quotes = [ItemId("boat", ItemKind.QUOTE, number) for number in (1, 2, 30)]
    assert item_lines([boat], [question(3), question(9), fact, *quotes]) == {
        question(3): ItemLine(boat / "trivia.toml", 2, "Which way to the harbour?"),
        question(9): ItemLine(boat / "trivia.toml", 6, "[[questions]]\nnumber = 4"),
        fact: ItemLine(boat / "facts.toml", 1, "Ada bakes."),
        quotes[0]: ItemLine(boat / "quotes.toml", 1, "We baked."),
        quotes[1]: ItemLine(boat / "quotes.jsonl", 1, "We sailed."),
        quotes[2]: ItemLine(boat / "quotes.jsonl", 3, "It rained."),
    }


def test_what_was_loaded_belongs_to_the_interview_that_it_adds_to(
    boat: Path, tmp_path: Path
) -> None:
    more = tmp_path / "packs" / "boat-2"
    more.mkdir(parents=True)
    (more / "interview.toml").write_text('adds_to = "boat"')
    (more / "quotes.jsonl").write_text('{"number": 77, "text": "And then?"}')
    wanted = ItemId("boat", ItemKind.QUOTE, 77)
    found = item_lines([boat, more], [wanted])
    assert found == {wanted: ItemLine(more / "quotes.jsonl", 1, "And then?")}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml",
        "questions = 3",
        "questions = [3]",
        "[[questions]]\nnumber = [3]",
        '[[questions]]\nnumber = "3"',
        "\0" * 99,
    ],
)
def test_what_is_gone_or_broken_is_not_found(boat: Path, text: str) -> None:
    (boat / "trivia.toml").write_text(text)
    (boat / "quotes.jsonl").write_text('{"number": 2, "text"\n[{"number": 30}]\n')
    quotes = [ItemId("boat", ItemKind.QUOTE, number) for number in (2, 30)]
    missing = [question(3), question(4), question(3, "elsewhere")]
    found = item_lines([boat, boat.with_name("nowhere")], [*missing, *quotes])
    assert {item: line.text for item, line in found.items()} == dict.fromkeys(quotes, "")


def test_looking_for_a_line_validates_nothing() -> None:
    code = "import sys, bot.interview.pack.item_lines; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
