"""Whether a content database is what was built: seen at a start, without reading all of it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

_SCHEMA: Final = (
    "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
)


def is_whole(path: Path, scripts: Sequence[str]) -> bool:
    """Say whether a file is there, as long as it says, and has what the scripts make.

    Damage in the middle is seen by who reads there.
    """
    try:
        if not path.is_file():
            return False
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as content:
            ((pages,), (page_size,)) = (
                content.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
            )
            return pages * page_size == path.stat().st_size and _schema(content) == _right_schema(
                scripts
            )
    except (sqlite3.Error, OSError):
        return False


def _right_schema(scripts: Sequence[str]) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:")) as memory:
        for script in scripts:
            memory.executescript(script)
        return _schema(memory)


def _schema(database: sqlite3.Connection) -> list[tuple[str, ...]]:
    return database.execute(_SCHEMA).fetchall()
