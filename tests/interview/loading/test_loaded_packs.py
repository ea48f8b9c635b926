"""What was loaded is there after a rebuild, is replaced whole, and can be taken away."""

import json

import pytest

from bot.editing.check import check
from bot.errors import OperatorError
from bot.interview.audience import SpoilerPolicy, audience
from bot.interview.library.library import open_library
from bot.interview.loading.loaded_packs import undo
from bot.interview.model import Answer
from tests.interview.loading.checkouts import FIRST, SECOND, TALK, Checkout

SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)


async def test_what_was_loaded_is_found_drawn_and_read_after_a_rebuild(checkout: Checkout) -> None:
    checkout.load()
    async with open_library(checkout.content()) as library:
        assert list(library.interviews) == ["boat"]
        matches = await library.find("boat", "rope", SEES_ALL, limit=5)
        assert [hit.text for hit in matches.hits] == ["I held the rope."]
        facet = library.facet("boat", "quote", audience=SEES_ALL)
        assert facet is not None
        assert facet.size == 4
        answers = await library.said_to("boat", 1, SEES_ALL)
        assert answers == [
            Answer("boat", 1, "ada-example", (FIRST, "Nobody helped.", SECOND)),
            Answer("boat", 1, "ben-sample", ("I held the rope.",)),
        ]


async def test_what_was_loaded_can_be_taken_away(checkout: Checkout) -> None:
    before = checkout.content()
    folder = checkout.load()
    assert checkout.content() != before
    assert undo(checkout.data_dir, None) == folder
    assert checkout.content().name == before.name
    with pytest.raises(OperatorError, match="Nothing was loaded"):
        undo(checkout.data_dir, None)


def test_loading_again_replaces_what_was_loaded(checkout: Checkout) -> None:
    first = checkout.load()
    checkout.file.write_text(
        TALK.replace("I held the rope.", "I only held the long rope."), "utf-8"
    )
    assert checkout.load() == first
    assert "only held" in (first / "quotes.jsonl").read_text("utf-8")
    assert "I held" not in (first / "quotes.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in (first / "quotes.jsonl").read_text("utf-8").splitlines()]
    assert [(row["number"], row.get("withdrawn", False)) for row in rows] == [
        (1001, False),
        (1004, False),
        (1003, False),
        (1002, True),
    ], "a number stays with its words"
    assert list(check([checkout.packs_dir / "boat", first])) == []


def test_a_folder_that_cannot_be_written_is_a_sentence(checkout: Checkout) -> None:
    checkout.data_dir.write_text("a file where a folder should be")
    with pytest.raises(OperatorError, match="cannot be written"):
        checkout.load()
