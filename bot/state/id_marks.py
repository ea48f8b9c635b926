"""Marks: what stands for a member or a server whose id is stored no more.

Their key is where the state is: beside a file in its data folder, in a table of a database. A new
database takes the key of the folder from which it is first opened. A copy only names its key; a
folder in which one of a database is made keeps that key too, so that the copy can be put into a
file there. Whoever puts it in elsewhere brings the key along, and is told where it is missing.
"""

import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

MARK_KEY: Final = "marks.key"
"""The file of the key of a data folder."""
_KEY_BYTES: Final = 32
# No id begins with a letter, so that no mark is like a name.
_NAMED: Final = b"the key "
_MARK_BYTES: Final = 16


def marker(data_dir: Path) -> Callable[[int], str]:
    """Give what makes a mark of an id, under the key of a data folder, made where there is none.

    Raises OSError where it can be neither read nor made.
    """
    return marker_under(mark_key(data_dir))


def marker_under(key: bytes) -> Callable[[int], str]:
    """Give what makes a mark of an id under a key.

    Without the key nobody can tell whose a mark is; it is therefore in no copy.
    """

    def mark_of(snowflake: int) -> str:
        # PostgreSQL makes the same of it.
        return sha256(key + str(snowflake).encode()).digest()[:_MARK_BYTES].hex()

    return mark_of


def name_of(key: bytes) -> str:
    """Name a key: whoever has it knows it by that, and nobody can tell it from its name."""
    return sha256(_NAMED + key).digest()[:_MARK_BYTES].hex()


def mark_key(data_dir: Path) -> bytes:
    """Give the key of a data folder, made where there is none; raises OSError as `marker` does."""
    path = data_dir / MARK_KEY
    with suppress(FileNotFoundError):
        key = path.read_bytes()
        # One that a crash has cut short is none.
        if len(key) == _KEY_BYTES:
            return key
        path.unlink(missing_ok=True)
    draft = draft_key(path.parent, secrets.token_bytes(_KEY_BYTES))
    # Of two processes that start at once one gives its key to both.
    with suppress(OSError):
        os.link(draft, path)
    if not path.exists():
        os.replace(draft, path)
    draft.unlink(missing_ok=True)
    return path.read_bytes()


def keep_mark_key(data_dir: Path, key: bytes) -> None:
    """Keep the key of a state that lies elsewhere beside the one that a data folder has itself."""
    if key not in keys_of_folder(data_dir):
        draft_key(data_dir, key).replace(data_dir / f"marks-{name_of(key)}.key")


def keys_of_folder(data_dir: Path) -> list[bytes]:
    """List the keys that a data folder has: its own, and those that were kept."""
    others = [path.read_bytes() for path in sorted(data_dir.glob("marks-*.key"))]
    return [mark_key(data_dir), *(key for key in others if len(key) == _KEY_BYTES)]


def draft_key(folder: Path, key: bytes) -> Path:
    """Write a key to a new file, for nobody else to read."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".key-", delete=False) as draft:
        draft.write(key)
        draft.flush()
        os.fsync(draft.fileno())
    return Path(draft.name)
