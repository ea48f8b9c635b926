"""Entries without a number get one, and nothing else in their files changes."""

from datetime import date
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.interview.pack.numbers import add_numbers
from bot.interview.pack.packs import read_pack
from tests.full_disk import full_disk
from tests.interview.pack.conftest import mistakes_in
from tests.packs import question, quote, write_lines, write_pack

DAY = date(2026, 11, 25)


def test_missing_numbers_are_handed_out_and_nothing_else_changes(tmp_path: Path) -> None:
    rows = [quote(5), quote(6), quote(7)]
    del rows[1]["number"], rows[2]["number"]
    folder = write_pack(tmp_path / "boat", quotes=rows)
    path = folder / "quotes.toml"
    path.write_text("# ours\n" + path.read_text("utf-8"), "utf-8")
    before = path.read_text("utf-8")
    assert add_numbers(folder, DAY) == 2
    after = path.read_text("utf-8")
    assert mistakes_in(folder) == []
    assert (
        after.replace("number = 6\nsince = 2026-11-25\n", "").replace(
            "number = 7\nsince = 2026-11-25\n", ""
        )
        == before
    )
    assert add_numbers(folder, DAY) == 0


def test_missing_numbers_are_handed_out_in_a_streamed_file(tmp_path: Path) -> None:
    row = quote(2)
    del row["number"]
    folder = write_pack(tmp_path / "boat", quotes=[])
    write_lines(folder / "quotes.jsonl", [quote(4), row])
    assert add_numbers(folder, DAY) == 1
    assert mistakes_in(folder) == []


def test_numbers_of_a_pack_in_use_come_with_a_day(tmp_path: Path) -> None:
    row = question(1)
    del row["number"]
    folder = write_pack(tmp_path / "boat", quotes=[quote(4)], questions=[row])
    loose = {key: value for key, value in quote(9).items() if key != "number"}
    write_lines(folder / "quotes.jsonl", [loose, quote(8)])
    assert add_numbers(folder, DAY) == 2
    assert mistakes_in(folder) == []
    pack = read_pack(folder)
    assert pack is not None
    since = (DAY - date(1970, 1, 1)).days
    assert [(quote.number, quote.since) for quote in pack.quotes()] == [(4, 0), (8, 0), (9, since)]
    assert [quote.since for quote in pack.questions] == [since]


def test_a_streamed_quote_that_stands_too_early_is_a_mistake(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[])
    write_lines(folder / "quotes.jsonl", [quote(1, since="2026-01-01"), quote(2)])
    assert mistakes_in(folder) == [
        (
            "quotes.jsonl:2: comes after line 1, which is since 2026-01-01; let check --fix put it"
            " in its place"
        )
    ]
    assert add_numbers(folder, DAY) == 0
    assert mistakes_in(folder) == []


def test_numbers_that_a_full_disk_does_not_take_leave_the_files_as_they_were(
    tmp_path: Path,
) -> None:
    row = quote(5)
    del row["number"]
    folder = write_pack(tmp_path / "boat", quotes=[row])
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with full_disk(), pytest.raises(OperatorError, match=r"quotes\.toml can't be written"):
        add_numbers(folder, DAY)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
