"""Entries without a number get one, and nothing else in their files changes."""

from datetime import date
from errno import EBADF
from pathlib import Path

import pytest

from bot.errors import OperatorError, UnavailableError
from bot.interview.pack.numbers import add_numbers
from bot.interview.pack.pack import read_pack
from bot.interview.pack.replacing import alone_in, replace_text
from bot.interview.pack.translation_marks import mark_translations
from tests.full_disk import full_disk
from tests.interview.pack.conftest import mistakes_in
from tests.packs import fact, question, quote, translated_fact, write_lines, write_pack

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


def unnumbered(number: int) -> dict[str, object]:
    return {key: value for key, value in quote(number).items() if key != "number"}


def test_numbers_and_marks_wait_for_whoever_writes_into_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.interview.pack.replacing._PATIENCE_SECONDS", 0)
    french = {"fr": {"fact": {"1": translated_fact(1)}}}
    folder = write_pack(
        tmp_path / "boat", quotes=[unnumbered(5)], facts=[fact(1)], languages=french
    )
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with alone_in(folder):
        for fill_in in (lambda: add_numbers(folder, DAY), lambda: mark_translations(folder)):
            with pytest.raises(UnavailableError, match="Something else is writing to boat"):
                fill_in()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before
    assert (add_numbers(folder, DAY), mark_translations(folder)) == (1, 1)


def test_what_was_saved_since_it_was_read_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "facts.toml"
    path.write_text("# theirs\n", "utf-8")
    with pytest.raises(OperatorError, match=r"Something else is writing to facts\.toml"):
        replace_text(path, "# ours\n", "# ours, with a number\n")
    assert path.read_text("utf-8") == "# theirs\n"


def test_numbers_leave_links_and_marks_of_windows_as_they_are(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[unnumbered(5)])
    path, elsewhere = folder / "quotes.toml", tmp_path / "elsewhere.toml"
    text = path.read_text("utf-8").replace("\n", "\r\n")
    elsewhere.write_text(text, "utf-8-sig", newline="")
    path.unlink()
    path.symlink_to(elsewhere)
    assert add_numbers(folder, DAY) == 1
    assert path.is_symlink()
    expected = text.replace("[[quotes]]\r\n", "[[quotes]]\r\nnumber = 1\r\n")
    assert elsewhere.read_bytes() == b"\xef\xbb\xbf" + expected.encode()


def test_a_streamed_line_that_has_its_number_stays_as_it_was_written(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[])
    line = '{"number":4,"exchange":1,"speaker":"ada-example","text":"Caf\\u00e9 at sea."}'
    half = '{"exchange": 1, "speaker": "ada-example", "text": "Half a \\ud83d."}'
    path = folder / "quotes.jsonl"
    path.write_text(f"{line}\n{half}\n", "utf-8")
    assert add_numbers(folder, DAY) == 1
    added = half.replace("}", ', "number": 5, "since": "2026-11-25"}')
    assert path.read_text("utf-8") == f"{line}\n{added}\n"


def test_no_number_is_given_that_may_stand_in_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", questions=[{**question(1), "number": 3}])
    (folder / "quotes.toml").write_text("[[quotes]]\nnumber = 1\ntext = yes\n", "utf-8")
    write_lines(folder / "quotes.jsonl", [unnumbered(7)])
    before = (folder / "quotes.jsonl").read_bytes()
    assert add_numbers(folder, DAY) == 0
    assert (folder / "quotes.jsonl").read_bytes() == before


def test_a_file_of_comments_alone_keeps_nothing_from_its_numbers(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[])
    for name in ("quotes", "facts", "trivia", "prompts"):
        (folder / f"{name}.toml").write_text("# [[quotes]]\n# number = 1\n", "utf-8")
    write_lines(folder / "quotes.jsonl", [unnumbered(7)])
    assert add_numbers(folder, DAY) == 1
    assert mistakes_in(folder) == []
    assert '"number": 1}\n' in (folder / "quotes.jsonl").read_text("utf-8")


def test_a_streamed_file_keeps_its_ends_of_lines(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[])
    path = folder / "quotes.jsonl"
    write_lines(path, [quote(4), unnumbered(5)])
    path.write_text(path.read_text("utf-8"), "utf-8", newline="\r\n")
    kept, _changed = path.read_bytes().splitlines(keepends=True)
    assert add_numbers(folder, DAY) == 1
    lines = path.read_bytes().splitlines(keepends=True)
    assert lines[0] == kept
    assert lines[1].endswith(b"}\r\n")


def test_numbers_are_given_on_a_drive_that_locks_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> bool:
        raise OSError(EBADF, "Bad file descriptor")

    monkeypatch.setattr("bot.process.file_lock._is_locked", refuse)
    folder = write_pack(tmp_path / "boat", quotes=[unnumbered(5)])
    assert add_numbers(folder, DAY) == 1
    assert mistakes_in(folder) == []
