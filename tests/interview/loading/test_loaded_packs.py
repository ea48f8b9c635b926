"""What was loaded is there after a rebuild, is replaced whole, and can be taken away."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.editing.check import check
from bot.errors import OperatorError
from bot.interview.audience import SpoilerPolicy, audience
from bot.interview.library.opening import open_library
from bot.interview.loading.loaded_packs import hold_packs, undo
from bot.interview.model import Answer
from tests.full_disk import full_disk
from tests.interview.loading.checkouts import FIRST, SECOND, TALK, Checkout

ROOT = Path(__file__).parents[3]
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
    with pytest.raises(OperatorError, match="nothing loaded to remove"):
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


KILLED_WHILE_REPLACING = """
import os, sys
from pathlib import Path
from tests.full_disk import full_disk
from tests.interview.loading.checkouts import Checkout

calls = 0
rename = Path.rename

def die(self, target):
    global calls
    calls += 1
    if calls == int(sys.argv[2]):
        os._exit(9)
    return rename(self, target)

checkout = Checkout(Path(sys.argv[1]))
checkout.file.write_text("POST: Why?\\n\\nADA EXAMPLE: Because it floats.\\n", "utf-8")
Path.rename = die
checkout.load()
"""


@pytest.mark.parametrize("call", [1, 2])
def test_a_load_that_is_killed_leaves_the_one_before(checkout: Checkout, call: int) -> None:
    checkout.file.write_text("POST: Why?\n\nADA EXAMPLE: Because it floats.\n", "utf-8")
    folder = checkout.load()
    before = (folder / "quotes.jsonl").read_bytes()
    crashed = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_REPLACING, str(checkout.data_dir.parent), str(call)],
        cwd=ROOT,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert crashed.returncode == 9
    checkout.content()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert (folder / "quotes.jsonl").read_bytes() == before


def test_two_loads_at_once_do_not_mix(checkout: Checkout) -> None:
    with hold_packs(checkout.data_dir):
        second = subprocess.run(
            [sys.executable, "-m", "bot", "load", str(checkout.file), "--yes"],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "DATA_DIR": str(checkout.data_dir)},
        )
    assert second.returncode == 75
    assert second.stderr.startswith("Another load is running in")
    with hold_packs(checkout.data_dir):
        checkout.load()


def test_what_was_loaded_and_then_damaged_is_a_sentence(checkout: Checkout) -> None:
    folder = checkout.load()
    with (folder / "quotes.jsonl").open("a") as file:
        file.write("[" * 100_000)
    with pytest.raises(OperatorError, match=r"quotes\.jsonl:4:1: lists or tables within each"):
        checkout.load()


def test_a_folder_that_cannot_be_written_is_a_sentence(checkout: Checkout) -> None:
    checkout.data_dir.write_text("a file where a folder should be")
    with pytest.raises(OperatorError, match="can't be written"):
        checkout.load()


def test_a_load_on_a_full_disk_leaves_what_was_there(checkout: Checkout) -> None:
    folder = checkout.load()
    checkout.file.write_text("POST: Why?\n\nADA EXAMPLE: Because it floats.\n", "utf-8")
    before = (folder / "quotes.jsonl").read_bytes()
    with full_disk(), pytest.raises(OperatorError, match="can't be written"):
        checkout.load()
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert (folder / "quotes.jsonl").read_bytes() == before
