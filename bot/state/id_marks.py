"""Marks: what stands for a member or a server whose id is stored no more."""

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

_KEY: Final = "marks.key"
_KEY_BYTES: Final = 32
_MARK_BYTES: Final = 16


def marker(data_dir: Path) -> Callable[[int], str]:
    """Give what makes a mark of an id, under the key of a data folder, made where there is none.

    Without the key nobody can tell whose a mark is; it is therefore in no copy. Raises OSError
    where it can be neither read nor made.
    """
    key = mark_key(data_dir)

    def mark_of(snowflake: int) -> str:
        # PostgreSQL makes the same of it.
        return sha256(key + str(snowflake).encode()).digest()[:_MARK_BYTES].hex()

    return mark_of


def mark_key(data_dir: Path) -> bytes:
    """Give the key of a data folder, made where there is none; raises OSError as `marker` does."""
    path = data_dir / _KEY
    with suppress(FileNotFoundError):
        key = path.read_bytes()
        # One that a crash has cut short is none.
        if len(key) == _KEY_BYTES:
            return key
        path.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".key-", delete=False) as draft:
        draft.write(secrets.token_bytes(_KEY_BYTES))
        draft.flush()
        os.fsync(draft.fileno())
    # Of two processes that start at once one gives its key to both.
    with suppress(OSError):
        os.link(draft.name, path)
    if not path.exists():
        os.replace(draft.name, path)
    Path(draft.name).unlink(missing_ok=True)
    return path.read_bytes()
