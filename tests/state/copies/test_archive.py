"""A file from anybody is one sentence: nothing is changed, nothing waits, nothing fills up."""

import json
import os
import socket
import sqlite3
import struct
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.hosting.restore import restore
from bot.state.copies import archive
from bot.state.copies.archive import MOST_FILES
from bot.state.copies.backups import write_backup
from bot.state.sqlite.schema import APPLICATION_ID
from bot.state.store import open_state

DAMAGED = "it's damaged, or not a backup. Nothing was changed; try another one."
ELSEWHERE = "has a name that leads elsewhere. Nothing was changed"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="cannot be avoided: kinds of files")
MANIFEST = '{"format": 1}'


@pytest.fixture
async def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "var"
    async with open_state(folder):
        pass
    return folder


@pytest.fixture
def file(data_dir: Path, tmp_path: Path) -> Path:
    """Give a copy that is in order."""
    path = tmp_path / "copy.zip"
    write_backup(data_dir, path)
    return path


def refusal(file: Path, data_dir: Path) -> str:
    """Give the sentence with which a file is refused; nothing is changed by that."""
    before = _content(data_dir)
    with pytest.raises(OperatorError) as caught:
        restore(file, data_dir)
    assert caught.value.exit_code == 78
    assert _content(data_dir) == before
    return str(caught.value)


def _content(folder: Path) -> dict[Path, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in files if path.parent.name != "locks"}


def _add(file: Path, name: str | zipfile.ZipInfo, content: bytes = b"x") -> None:
    with zipfile.ZipFile(file, "a") as copy:
        copy.writestr(name, content)


def _info(name: str, **fields: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    for field, value in fields.items():
        setattr(info, field, value)
    return info


def _flagged(file: Path) -> None:
    """Say of all that is in a file that it is encrypted."""
    content = bytearray(file.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    file.write_bytes(content)


def _remade(file: Path, manifest: str = MANIFEST, state: bytes | None = None) -> None:
    with zipfile.ZipFile(file) as copy:
        state = copy.read("state.sqlite3") if state is None else state
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as copy:
        copy.writestr("manifest.json", manifest)
        copy.writestr("state.sqlite3", state)


def _without_state(file: Path) -> None:
    with zipfile.ZipFile(file, "w") as copy:
        copy.writestr("manifest.json", MANIFEST)


def _bomb(file: Path) -> None:
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as copy, copy.open("packs/a", "w") as a:
        for _n in range(300):
            a.write(bytes(1 << 20))


def _liar(file: Path) -> None:
    """Say of a file that it is smaller than it is."""
    _add(file, _info("packs/a", compress_type=zipfile.ZIP_DEFLATED), bytes(1 << 20))
    size = struct.pack("<I", 1 << 20)
    content = file.read_bytes()
    assert size in content
    file.write_bytes(content.replace(size, struct.pack("<I", 10)))


def _many(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as copy:
        for n in range(MOST_FILES + 1):
            copy.writestr(f"packs/{n}", b"")


def _endless_list(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as copy:
        for n in range(200):
            info = zipfile.ZipInfo(f"packs/{n}")
            info.comment = b"x" * 65_000
            copy.writestr(info, b"")


def _two_of_a_name(file: Path) -> None:
    _add(file, "packs/mine.toml")
    _add(file, "packs/MINE.toml")


def _file_in_a_file(file: Path) -> None:
    _add(file, "packs/mine")
    _add(file, "packs/mine/interview.toml")


def _other_tables(file: Path) -> None:
    path = file.with_suffix(".db")
    with closing(sqlite3.connect(path)) as state:
        state.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        state.execute("PRAGMA user_version = 1")
        state.execute("CREATE TABLE bag (a)")
    _remade(file, state=path.read_bytes())


def _another_rule(file: Path) -> None:
    path = file.with_suffix(".db")
    with zipfile.ZipFile(file) as copy:
        path.write_bytes(copy.read("state.sqlite3"))
    with closing(sqlite3.connect(path)) as state:
        state.execute("CREATE TRIGGER evil AFTER INSERT ON saved BEGIN DELETE FROM score; END")
        state.commit()
    _remade(file, state=path.read_bytes())


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_flagged, "it's locked with a password"),
        (lambda file: _add(file, _info("packs/a", compress_type=zipfile.ZIP_LZMA)), "never uses"),
        (lambda file: _add(file, _info("packs/a", external_attr=0o120777 << 16)), "holds a link"),
        (lambda file: _add(file, "packs/../../outside.txt"), ELSEWHERE),
        (lambda file: _add(file, "packs//etc/passwd"), ELSEWHERE),
        (lambda file: _add(file, "packs/./a"), ELSEWHERE),
        (lambda file: _add(file, "packs/a\\..\\b"), ELSEWHERE),
        (lambda file: _add(file, "packs/a\nb"), ELSEWHERE),
        (lambda file: _add(file, "packs/" + "a" * 300), ELSEWHERE),
        (lambda file: _add(file, "packs/" + "a/" * 600 + "b"), ELSEWHERE),
        (_two_of_a_name, "two of its files have the same name"),
        (_file_in_a_file, "couldn't be read or unpacked"),
        (_many, "it holds too many files"),
        (_endless_list, DAMAGED),
        (_bomb, "far larger than any backup"),
        (_liar, DAMAGED),
        (_without_state, DAMAGED),
        (_other_tables, "tables of version 1 are missing"),
        (_another_rule, "are missing"),
        (lambda file: _remade(file, state=b""), "tables of version 0 are missing"),
        (lambda file: _remade(file, "[" * 60_000), DAMAGED),
        (lambda file: _remade(file, " " * (1 << 20) + MANIFEST), DAMAGED),
        (lambda file: _remade(file, '{"format": ' + "9" * 5000 + "}"), DAMAGED),
        (lambda file: _remade(file, '{"format": {}}'), DAMAGED),
        (lambda file: _remade(file, '{"format": 1e999}'), DAMAGED),
        (lambda file: _remade(file, '{"format": 2}'), "written by a newer version of Encore"),
        (lambda file: _remade(file, "[]"), DAMAGED),
        (lambda file: _remade(file, "null"), DAMAGED),
        (lambda file: file.write_bytes(b"PK\x05\x06" + b"\xff" * 18), DAMAGED),
        (lambda file: file.write_bytes(b""), DAMAGED),
    ],
)
def test_a_file_that_backup_has_not_written_is_a_sentence(
    data_dir: Path, file: Path, spoil: Callable[[Path], None], told: str
) -> None:
    spoil(file)
    assert told in refusal(file, data_dir)
    assert not list(data_dir.parent.rglob("outside.txt"))


def test_nothing_is_read_that_is_too_large(data_dir: Path, file: Path) -> None:
    _endless_list(file)
    tracemalloc.start()
    refusal(file, data_dir)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 << 20


def test_every_byte_that_is_cut_off_or_turned_is_a_sentence(data_dir: Path, file: Path) -> None:
    whole = file.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 40)):
        for content in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            file.write_bytes(content)
            try:
                restore(file, data_dir)
            except OperatorError:
                continue
            assert content != whole[:at], "half a file is none"


def test_what_backup_does_not_write_is_left_out(data_dir: Path, file: Path, tmp_path: Path) -> None:
    _add(file, "other.txt")
    _add(file, "__MACOSX/packs/._a")
    _add(file, "packs/mine/")
    restore(file, tmp_path / "new")
    assert not list((tmp_path / "new").rglob("other.txt"))
    assert not list((tmp_path / "new").rglob("__MACOSX"))


@POSIX
def test_what_is_no_file_is_told_at_once(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        # Where it is may be too long a name for a socket.
        monkeypatch.chdir(tmp_path)
        listener.bind("socket")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "socket", Path("/dev/zero")):
        assert f"{path} isn't a file" in refusal(path, data_dir)
    assert "doesn't exist" in refusal(tmp_path / "nowhere", data_dir)
    assert "couldn't be read" in refusal(tmp_path / ("a" * 300), data_dir)
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert "couldn't be read" in refusal(tmp_path / "loop", data_dir)


def test_what_the_disk_cannot_take_is_not_begun(
    data_dir: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(archive.shutil, "disk_usage", lambda _folder: usage)
    assert "The disk has no room for this backup." in refusal(file, data_dir)


@pytest.mark.parametrize("made_at", ["yesterday", 5, None, "0001-01-01", "9999-12-31T23:59:59Z"])
def test_a_copy_that_does_not_say_when_it_was_made_is_as_old_as_can_be(
    data_dir: Path, file: Path, made_at: object
) -> None:
    _remade(file, json.dumps({"format": 1, "made_at": made_at}))
    assert restore(file, data_dir).former is not None
