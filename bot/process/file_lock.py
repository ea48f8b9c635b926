"""Files of which one process at a time has the lock, and none any more once it has ended."""

import os
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from time import monotonic, sleep
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOOK_SECONDS: Final = 0.05


class LockedError(Exception):
    """Another process, or somebody else in this one, has the lock."""


@contextmanager
def locked(path: Path, patience: float) -> Generator[None]:
    """Lock a file, made where it is missing; raises LockedError where another keeps it locked."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        lock(descriptor, patience)
        try:
            yield
        finally:
            _unlock(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def locked_folder(folder: Path, patience: float) -> Generator[None]:
    """Lock a folder, in which nothing is left; raises LockedError as `locked` does."""
    if sys.platform == "win32":
        # Windows opens no folders.
        name = blake2b(os.fsencode(folder.resolve()), digest_size=16).hexdigest()
        with locked(Path(tempfile.gettempdir(), f"encore-{name}.lock"), patience):
            yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        lock(descriptor, patience)
        yield
    finally:
        os.close(descriptor)


def lock(descriptor: int, patience: float) -> None:
    """Lock what is open until it is closed; raises LockedError where another keeps it locked."""
    until = monotonic() + patience
    while not _is_locked(descriptor):
        if monotonic() >= until:
            raise LockedError
        sleep(_LOOK_SECONDS)


def _unlock(descriptor: int) -> None:
    # Windows lets go of what is closed, but only a while later.
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)


def _is_locked(descriptor: int) -> bool:
    """Lock what is open, unless another has."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
