"""A draft waits for an editor, and is a pack already."""

import re
from pathlib import Path

import pytest

from bot.editing.check import check
from bot.editing.new_pack import begin, draft
from bot.errors import OperatorError
from bot.interview.model import Difficulty, QuoteGame
from bot.interview.pack import entries
from bot.interview.pack.pack import read_pack
from bot.interview.transcript import Decisions, parse_transcript
from tests.full_disk import full_disk
from tests.interview.loading.checkouts import Checkout

FILES = ("interview.toml", "quotes.toml", "facts.toml", "trivia.toml", "prompts.toml")
KINDS = {
    "interview.toml": (entries.InterviewEntry, entries.PersonEntry, entries.ExchangeEntry),
    "quotes.toml": (entries.QuoteEntry,),
    "facts.toml": (entries.FactEntry,),
    "trivia.toml": (entries.QuestionEntry,),
    "prompts.toml": (entries.PromptEntry,),
}
LEVELS = ("none", "mild", "major")
WORDS = {"quotes.toml": (*LEVELS, *QuoteGame), "facts.toml": LEVELS} | {
    "trivia.toml": (*LEVELS, *Difficulty),
    "interview.toml": LEVELS,
}


def uncomment(path: Path) -> None:
    """Do what the comments say: take away the "# " before fields and headers."""
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"^# (?=\[\[|\w+ = )", "", text, flags=re.MULTILINE), "utf-8")


def test_a_new_pack_waits_for_an_editor_and_passes_the_check(
    checkout: Checkout, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    draft(checkout.file, folder, Decisions())
    assert list(check([folder])) == []
    for path in folder.glob("*.toml"):
        uncomment(path)
    assert list(check([folder])) == [], "the examples in the comments are right as they stand"
    pack = read_pack(folder)
    assert pack is not None
    assert (len(pack.facts), len(pack.questions), len(pack.prompts)) == (1, 2, 1)
    assert [quote.number for quote in pack.quotes()] == [1, 2, 3, 4]
    assert len(list(pack.answers())) == 3
    with pytest.raises(OperatorError, match="isn't empty"):
        draft(checkout.file, folder, Decisions())
    with pytest.raises(OperatorError, match="doesn't fit on a button"):
        draft(checkout.file, tmp_path / "New Pack", Decisions())


def filled(folder: Path) -> Path:
    """Begin an empty pack, and fill in what has to be there."""
    begin(folder)
    path = folder / "interview.toml"
    path.write_text(path.read_text("utf-8").replace('= ""', '= "Words"'), "utf-8")
    return folder


def test_an_empty_pack_names_just_what_to_fill_in(tmp_path: Path) -> None:
    begin(tmp_path / "mine")
    told = list(check([tmp_path / "mine"]))
    assert {mistake.path.name for mistake in told} == {"interview.toml"}
    lines = (tmp_path / "mine" / "interview.toml").read_text("utf-8").splitlines()
    assert [lines[mistake.line - 1] for mistake in told] == [
        'title = ""',
        'outlet = ""',
        'name = ""',
        *['title = ""', 'summary = ""'] * 2,
    ]
    assert [mistake.sentence() for mistake in told[:4]] == [
        "title is empty; write what the interview or the question is called",
        "outlet is empty; write who published the interview",
        "name is empty; write the person's full name",
        "title is empty; write what the interview or the question is called",
    ]
    assert list(check([filled(tmp_path / "yours")])) == []


@pytest.mark.parametrize("name", FILES)
def test_the_examples_of_each_file_are_right_as_they_stand(tmp_path: Path, name: str) -> None:
    path = filled(tmp_path / "mine") / name
    before = path.read_text("utf-8")
    uncomment(path)
    assert path.read_text("utf-8") != before
    assert list(check([path.parent])) == []


@pytest.mark.parametrize("name", FILES)
def test_a_template_names_every_field_and_every_level(tmp_path: Path, name: str) -> None:
    text = (filled(tmp_path / "mine") / name).read_text("utf-8")
    fields = {field for kind in KINDS[name] for field in kind.model_fields} - {
        "people",
        "exchanges",
    }
    assert {field for field in fields if not re.search(rf"^#? *{field}\b", text, re.MULTILINE)} == (
        set()
    )
    assert {word for word in WORDS.get(name, ()) if not re.search(rf"\b{word}\b", text)} == set()


def test_a_draft_on_a_full_disk_leaves_nothing(checkout: Checkout, tmp_path: Path) -> None:
    before = {*tmp_path.iterdir()}
    with full_disk(), pytest.raises(OperatorError, match="can't be written"):
        draft(checkout.file, tmp_path / "new", Decisions())
    assert {*tmp_path.iterdir()} == before


PAGE = """<html><head><meta name="author" content="Cora Writer">
<meta property="og:site_name" content="The Harbour Post">
<link rel="canonical" href="https://example.org/oven">
<meta property="article:published_time" content="2026-03-01T10:00:00Z"></head><body><article>
<h1>The oven</h1><p>ADA: How did it come on board?</p><p>BO: In eleven pieces, all of iron.</p>
<p>ADA: Who lit it?</p><p>BO: The baker did, with an old letter.</p></article></body></html>"""
TALK = "ADA: How did it come on board?\n\nBO: In eleven pieces, all of iron.\n\n" * 2
MATTER = """---
title: The oven
author: Cora Writer
publication: The Harbour Post
url: https://example.org/oven
date: 2026-03-01
---
"""
HEAD = """The oven

By Cora Writer

Published in: The Harbour Post
Link: https://example.org/oven
Date: 2026-03-01

"""


@pytest.mark.parametrize(
    ("name", "text"),
    [("talk.html", PAGE), ("talk.md", MATTER + TALK), ("talk.txt", HEAD + TALK)],
    ids=["page", "front matter", "plain text"],
)
def test_what_a_file_says_of_itself_is_filled_in(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    draft(tmp_path / name, tmp_path / "mine", Decisions())
    interview = (tmp_path / "mine" / "interview.toml").read_text("utf-8")
    for line in (
        'title = "The oven"',
        'outlet = "The Harbour Post"',
        'byline = "Cora Writer"',
        'link = "https://example.org/oven"',
        '# rights = "First published by The Harbour Post, 2026-03-01."',
    ):
        assert f"\n{line}\n" in interview
    assert list(check([tmp_path / "mine"])) == []


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Ada Example", "Ada Example"),
        ("by Ada Example", "Ada Example"),
        ("By Ada Example | March 1, 2026", "Ada Example"),
        ("Interview by Ada van der Example, The Harbour Post", "Ada van der Example"),
        ("Interviewed by Zoë O'Hara-Li", "Zoë O'Hara-Li"),
        ("By the river, at night", ""),
        ("Von Ada Example", "Ada Example"),
        ("Text: Ada Example", "Ada Example"),
        ("By Ada Example for The Harbour Post", "Ada Example"),
        ("Par amour", ""),
        ("By Monday the oven was cold.", ""),
        ("By and large", ""),
    ],
)
def test_a_byline_is_a_name_and_no_sentence(tmp_path: Path, line: str, byline: str) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(f"The oven\n\n{line}\n\n{TALK}", "utf-8")
    assert parse_transcript(path).imprint.byline == byline
