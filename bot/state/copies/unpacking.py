"""Unpacking a copy: found to be whole, brought up to date, without who was forgotten since."""

import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from bot.errors import OperatorError
from bot.state.copies.archive import PACKS, STATE, Origin, no_use, unpack_archive
from bot.state.copies.known_marks import Marks, forget_again
from bot.state.id_marks import MARK_KEY, name_of
from bot.state.sqlite.schema import check_tables, explained, file_version, migrations

log = logging.getLogger(__name__)

_WORKPLACE: Final = ".restoring-"
_HAS_MARKS: Final = """
SELECT EXISTS (SELECT 1 FROM forgotten_mark) OR EXISTS (SELECT 1 FROM off_board_mark)
"""


class UnpackedCopy(NamedTuple):
    """A copy in a folder: its state, and its interviews."""

    file: Path
    folder: Path
    version: int
    origin: Origin


@contextmanager
def workplace(data_dir: Path) -> Generator[Path]:
    """Give a folder beside what a copy is going to replace, gone with all in it at the end."""
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=_WORKPLACE) as name:
        yield Path(name)


def delete_unfinished_restores(data_dir: Path) -> None:
    """Delete what restores have left that were killed; who calls it holds the folder."""
    for left in data_dir.glob(f"{_WORKPLACE}*"):
        shutil.rmtree(left, ignore_errors=True)


def unpack_copy(file: Path, place: Path) -> UnpackedCopy:
    """Unpack a copy that is found to be whole; raises OperatorError where it is no use."""
    folder = place / "whole"
    folder.mkdir()
    origin = unpack_archive(file, folder)
    try:
        version = file_version(folder / STATE, name=file, is_thorough=True)
        check_tables(folder / STATE, version, name=file)
    except OperatorError as error:
        raise no_use(error.text) from error
    (folder / STATE).chmod(0o600)
    (folder / PACKS).mkdir(exist_ok=True)
    return UnpackedCopy(file, folder, version, origin)


def key_of_copy(copy: UnpackedCopy, own: bytes, of_folder: Sequence[bytes]) -> bytes:
    """Give the key of a copy's marks, of those at hand; else that of the state that it replaces."""
    if not copy.origin.key:
        # An earlier version knew no other than the data folder's.
        return of_folder[0]
    return {name_of(key): key for key in of_folder}.get(copy.origin.key, own)


def bring_up_to_date(copy: UnpackedCopy, memory: Sequence[Marks], key: bytes) -> int:
    """Migrate a copy, and forget in it who was forgotten since; gives how many members these are.

    Its own marks are under `key`. Raises OperatorError where that cannot be done.
    """
    path = copy.folder / STATE
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as state:
            # A copy from anybody is no more trusted than this.
            for pragma in ("trusted_schema = OFF", "secure_delete = ON", "foreign_keys = ON"):
                state.execute(f"PRAGMA {pragma}")
            # All of it is in the one file that is put in place.
            state.execute("PRAGMA journal_mode = DELETE")
            for _number, script in migrations()[copy.version :]:
                state.executescript(script)
            _check_key(state, copy, key)
            return sum(forget_again(state, marks, key, copy.origin.made_at) for marks in memory)
    except (sqlite3.Error, OSError) as error:
        raise no_use(explained(error, copy.file).text) from error


def _check_key(state: sqlite3.Connection, copy: UnpackedCopy, key: bytes) -> None:
    if copy.origin.key in ("", name_of(key)):
        return
    if state.execute(_HAS_MARKS).fetchone() != (0,):
        log.warning(
            "%s holds marks of the deleted that can't be recognized here: bring"
            " the file of their key from the DATA_DIR in which it was made (%s, or marks-%s.key) as"
            " marks-%s.key into this one, then restore it again",
            copy.file,
            MARK_KEY,
            copy.origin.key,
            copy.origin.key,
        )
