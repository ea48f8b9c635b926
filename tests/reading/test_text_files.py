"""A file is read as it is meant, or refused at once with its reason."""

import os
import random
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.text_files import decode, read_bytes, read_text

POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such files; cannot be avoided"
)
BINARY = (bytes(4096), bytes(range(256)) * 9, random.Random(7).randbytes(20_000))
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", ["DATA_DIR=/srv/José\r\n", "NAME=“Zoë’s”\n", "A=1"])
def test_text_is_read_in_whatever_encoding(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("data", BINARY)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(UnicodeError, match="binary data"):
        decode(data)


@given(st.binary(max_size=300))
def test_random_bytes_are_text_or_refused(data: bytes) -> None:
    with suppress(UnicodeError):
        assert len(decode(data)) <= len(data)


@POSIX
def test_what_never_ends_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), Path("/dev/tty"), tmp_path):
        with pytest.raises(OSError, match="a folder, a pipe or a device"):
            read_bytes(path, 100)


def test_a_file_that_is_too_large_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(OSError, match="larger than 64 KB"):
        read_text(path, 64 << 10)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux; cannot be avoided")
def test_a_file_without_a_size_ends_at_the_limit() -> None:
    with pytest.raises(OSError, match="larger than"):
        read_bytes(Path("/proc/self/maps"), 100)


def test_a_path_that_none_can_have_is_refused(tmp_path: Path) -> None:
    for name in ("a\0b", "x" * 5000):
        with pytest.raises(OSError):  # noqa: PT011 - the system's own words
            read_text(tmp_path / name, 100)
