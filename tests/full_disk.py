"""A disk without room, for the files that this process writes."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest

_ROOM = 20


@contextmanager
def full_disk() -> Generator[None]:
    """Let no file grow beyond some bytes for as long as this is entered."""
    resource = pytest.importorskip("resource", reason="Windows has no limits; cannot be avoided")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (_ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
