"""A disk without room, for the files that this process writes."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

import pytest

_ROOM = 20
NO_BYTECODE = {"PYTHONDONTWRITEBYTECODE": "1"}
"""For a process whose files are limited: Python would leave halves of what it compiles."""


@contextmanager
def full_disk() -> Generator[None]:
    """Let no file grow beyond some bytes for as long as this is entered."""
    resource = pytest.importorskip("resource", reason="Windows has no limits; cannot be avoided")
    before, writes = resource.getrlimit(resource.RLIMIT_FSIZE), sys.dont_write_bytecode
    resource.setrlimit(resource.RLIMIT_FSIZE, (_ROOM, before[1]))
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = writes
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
