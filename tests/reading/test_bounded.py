"""Only ordinary files are read, and only so much of them; all else is a sentence at once."""

import os
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.reading.bounded import FileError, open_bounded, read_bounded


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path) -> None:
    here = Path.cwd()
    # The name of a socket may have a hundred characters only.
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_link_to_nowhere(path: Path) -> None:
    path.symlink_to("nowhere")


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def a_link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_large_hole(path: Path) -> None:
    path.touch()
    os.truncate(path, 5_000_000_000)


def nothing(path: Path) -> None:
    assert not path.exists()


NO_FILES: list[tuple[Callable[[Path], None], str]] = [
    (a_pipe, "talk.txt is a pipe, not a file. Put an ordinary file in its place."),
    (a_socket, "talk.txt is a socket, not a file."),
    (a_folder, "talk.txt is a folder, not a file."),
    (a_link_to_a_device, "talk.txt is a device, not a file."),
    (a_link_to_nowhere, "talk.txt can't be read: No such file or directory. Check the name"),
    (a_link_to_itself, "talk.txt can't be read: Too many levels of symbolic links."),
    (a_large_hole, "talk.txt is too large: 5000 MB. Cut it to 20 MB at most."),
    (nothing, "talk.txt can't be read: No such file or directory."),
]


@pytest.mark.parametrize(("make", "sentence"), NO_FILES)
def test_what_is_no_file_is_a_sentence(
    tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / "talk.txt"
    make(path)
    with pytest.raises(FileError) as caught:
        read_bounded(path, 20_000_000)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("name", ["a\0b", "x" * 300, "x/" * 3000])
def test_a_name_that_no_file_can_have_is_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileError, match="can't be read"):
        read_bounded(tmp_path / name, 1000)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="cannot be avoided: root reads everything"
)
def test_a_file_that_may_not_be_read_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(FileError, match="Permission denied"):
        read_bounded(path, 1000)


def test_a_file_as_large_as_the_bound_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(b"x" * 1000)
    assert read_bounded(path, 1000) == b"x" * 1000
    with pytest.raises(FileError, match=r"too large: 1000 bytes\. Cut it to 999 bytes at most"):
        read_bounded(path, 999)


@pytest.mark.skipif(
    not Path("/proc/self/maps").exists(), reason="cannot be avoided: a file that tells no size"
)
def test_a_file_that_tells_another_size_is_read_no_further() -> None:
    path = Path("/proc/self/maps")
    assert path.stat().st_size == 0
    assert read_bounded(path, 10_000_000)
    with pytest.raises(FileError, match="too large"):
        read_bounded(path, 100)


def test_a_file_that_grows_is_read_no_further(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(b"x\n" * 10)

    def read_what_grows() -> None:
        with open_bounded(path, 100_000) as file:
            for line in file:
                with path.open("ab") as more:
                    more.write(line * 10_000)

    with pytest.raises(FileError, match="too large"):
        read_what_grows()


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(b"x" * 5_000_000)
    is_over = threading.Event()

    def go_on_writing() -> None:
        with path.open("r+b", buffering=0) as file:
            while not is_over.is_set():
                file.seek(0)
                file.write(b"y" * 100_000)

    def read_often() -> None:
        # The clock of some file systems ticks slower than a read takes.
        for _n in range(1000):
            read_bounded(path, 10_000_000)

    writer = threading.Thread(target=go_on_writing)
    writer.start()
    try:
        with pytest.raises(FileError, match=r"changed while it was being read\. Try again"):
            read_often()
    finally:
        is_over.set()
        writer.join()
