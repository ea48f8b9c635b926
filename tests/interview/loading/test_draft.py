"""A draft waits for an editor, and is a pack already."""

import re
from pathlib import Path

import pytest

from bot.editing.check import check
from bot.editing.load import draft
from bot.errors import OperatorError
from bot.interview.pack.packs import read_pack
from bot.interview.transcript import Decisions
from tests.full_disk import full_disk
from tests.interview.loading.checkouts import Checkout


def test_a_new_pack_waits_for_an_editor_and_passes_the_check(
    checkout: Checkout, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    draft(checkout.file, folder, Decisions())
    assert list(check([folder])) == []
    for path in folder.glob("*.toml"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"^# (?=\[\[|\w+ = )", "", text, flags=re.MULTILINE), "utf-8")
    assert list(check([folder])) == [], "the examples in the comments are right as they stand"
    pack = read_pack(folder)
    assert pack is not None
    assert (len(pack.facts), len(pack.questions), len(pack.prompts)) == (1, 1, 1)
    assert [quote.number for quote in pack.quotes()] == [1, 2, 3, 4]
    assert len(list(pack.answers())) == 3
    with pytest.raises(OperatorError, match="is not empty"):
        draft(checkout.file, folder, Decisions())
    with pytest.raises(OperatorError, match="doesn't fit in a button"):
        draft(checkout.file, tmp_path / "New Pack", Decisions())


def test_a_draft_on_a_full_disk_leaves_nothing(checkout: Checkout, tmp_path: Path) -> None:
    before = {*tmp_path.iterdir()}
    with full_disk(), pytest.raises(OperatorError, match="cannot be written"):
        draft(checkout.file, tmp_path / "new", Decisions())
    assert {*tmp_path.iterdir()} == before
