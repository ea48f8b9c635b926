"""Reading files that anybody may have put there: what is no file, or too large, is a sentence."""

import errno
import io
import math
import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.errors import OperatorError
from bot.text import Text, _

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MB: Final = 1_000_000
# Most systems refuse longer names; what is told fits into a line.
_MAX_NAME: Final = 80
_KINDS: Final = (
    (stat.S_ISDIR, _("a folder")),
    (stat.S_ISFIFO, _("a pipe")),
    (stat.S_ISSOCK, _("a socket")),
    (stat.S_ISCHR, _("a device")),
    (stat.S_ISBLK, _("a device")),
)


class FileError(OperatorError):
    """A file that cannot be read, or that is none."""


def read_bounded(path: Path, most_bytes: int) -> bytes:
    """Read a file whole; raises FileError where that cannot be, or is more than `most_bytes`."""
    with open_bounded(path, most_bytes) as file:
        before = os.fstat(file.fileno())
        # No more room than it needs; some files do not tell how large they are.
        data = file.read((before.st_size or most_bytes) + 1)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FileError(
            _("{name} changed while it was being read.", name=_name(path)),
            _("Try again when nothing is writing to it."),
        )
    return data


@contextmanager
def open_bounded(path: Path, most_bytes: int) -> Generator[io.BufferedReader]:
    """Open an ordinary file; raises FileError where it is none, and beyond `most_bytes`.

    Nothing is waited for: neither for who writes into a pipe nor for a terminal.
    """
    try:
        # Before it is opened, which some devices take for an order.
        _refuse(path, os.stat(path), most_bytes)
        with _BoundedFile(path, most_bytes) as raw:
            _refuse(path, os.fstat(raw.fileno()), most_bytes)
            yield io.BufferedReader(raw)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except ValueError as error:
        # A zero in the name; what is read is bytes, of which none is wrong.
        raise _unreadable(path, str(error)) from error


def is_there(path: Path) -> bool:
    """Say whether anything has this name, be it a link to nowhere."""
    return os.path.lexists(path)


class _BoundedFile(io.FileIO):
    """Stops at a bound whatever size the file tells: it may grow, and some have none."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        super().__init__(path, opener=_open_at_once)
        self._path = path
        self._most = self._left = most_bytes

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        count: int | None = super().readinto(buffer)
        if count is None:
            raise BlockingIOError(errno.EAGAIN, "there's nothing to read right now")
        self._left -= count
        if self._left < 0:
            raise _too_large(self._path, self._most - self._left, self._most)
        return count


def _open_at_once(name: str, flags: int) -> int:
    # Windows has neither, nor what they are for.
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _refuse(path: Path, status: os.stat_result, most_bytes: int) -> None:
    for is_kind, kind in _KINDS:
        if is_kind(status.st_mode):
            raise FileError(
                _("{name} is {kind}, not a file.", name=_name(path), kind=kind),
                _("Put an ordinary file in its place."),
            )
    if status.st_size > most_bytes:
        raise _too_large(path, status.st_size, most_bytes)


def _too_large(path: Path, size: int, most_bytes: int) -> FileError:
    return FileError(
        _("{name} is too large: {size}.", name=_name(path), size=_size(size)),
        _("Cut it to {most} at most.", most=_size(most_bytes)),
    )


def _unreadable(path: Path, why: str) -> FileError:
    return FileError(
        _("{name} can't be read: {why}.", name=_name(path), why=why),
        _("Check the name, and that you may read the file."),
    )


def _size(size: int) -> Text:
    if size < _MB:
        return _("{count} bytes", count=size)
    # Rounded up, so that what is a little too large never has the size it may have.
    return _("{count} MB", count=math.ceil(size / _MB))


def _name(path: Path) -> str:
    return path.name[:_MAX_NAME] or str(path)[-_MAX_NAME:]
