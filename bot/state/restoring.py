"""Putting a copy in the place of what is there, without bringing back who was forgotten."""

import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from bot.errors import OperatorError
from bot.state.archive import PACKS, STATE, no_use, unpack_archive
from bot.state.backups import dated_backups
from bot.state.erasure import FORGET_MEMBER, GUILD_IDS, MEMBER_IDS
from bot.state.id_marks import marker
from bot.state.paths import packs_path, state_path
from bot.state.sqlite.schema import check_tables, explained, file_version, migrations

log = logging.getLogger(__name__)

_RESTORING: Final = "restoring-"
_BEFORE: Final = "before-"
_STAMP: Final = "%Y-%m-%d-%H%M%S-%f"
_STAMPS: Final = (_STAMP, "%Y-%m-%d-%H%M%S")
"""How folders are named after the time, by this version and by earlier ones."""
_FORGOTTEN: Final = "SELECT mark, forgotten_at FROM forgotten_mark"
_OFF_BOARD: Final = "SELECT guild_id, mark FROM off_board_mark"


class Marks(NamedTuple):
    """Who was forgotten, and when in unix seconds; who of them is off a server's boards."""

    forgotten: Sequence[tuple[str, int]] = ()
    off_board: Sequence[tuple[int, str]] = ()


def unpack(file: Path, data_dir: Path) -> None:
    """Put a copy beside what it is going to replace, once it was found to be whole.

    It is brought up to date, and who was forgotten since it was made is forgotten in it again.
    From then on `finish_restoring` brings it in place, whenever that is interrupted. Raises
    OperatorError where the copy is no use; nothing is changed then.
    """
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=f".{_RESTORING}") as temporary:
        folder = Path(temporary) / "whole"
        folder.mkdir()
        made_at = unpack_archive(file, folder)
        try:
            version = file_version(folder / STATE, name=file, is_thorough=True)
            check_tables(folder / STATE, version, name=file)
        except OperatorError as error:
            raise no_use(error.text) from error
        (folder / STATE).chmod(0o600)
        (folder / PACKS).mkdir(exist_ok=True)
        try:
            _bring_up_to_date(folder / STATE, version, data_dir, made_at)
        except (sqlite3.Error, OSError) as error:
            raise no_use(explained(error, file).text) from error
        folder.replace(data_dir / f"{_RESTORING}{datetime.now(UTC):{_STAMP}}")


def _bring_up_to_date(path: Path, version: int, data_dir: Path, made_at: float) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as state:
        # A copy from anybody is no more trusted than this.
        for pragma in ("trusted_schema = OFF", "secure_delete = ON", "foreign_keys = ON"):
            state.execute(f"PRAGMA {pragma}")
        # All of it is in the one file that is put in place.
        state.execute("PRAGMA journal_mode = DELETE")
        for _number, script in migrations()[version:]:
            state.executescript(script)
        if any(marks := _known_marks(data_dir, path.parent.parent)):
            state.create_function("mark_of", 1, marker(data_dir), deterministic=True)
            _forget_again(state, marks, made_at)


def _known_marks(data_dir: Path, workplace: Path) -> Marks:
    """List who was forgotten, out of the state that is replaced, else out of its newest copy."""
    state = state_path(data_dir)
    if state.exists() and (marks := _marks_in(state)) is not None:
        return marks
    for number, copy in enumerate(reversed(dated_backups(data_dir))):
        folder = workplace / f"copy-{number}"
        folder.mkdir()
        with suppress(OperatorError):
            unpack_archive(copy, folder)
            if (marks := _marks_in(folder / STATE)) is not None:
                log.warning("who was forgotten after %s was made is not known", copy)
                return marks
    return Marks()


def _marks_in(path: Path) -> Marks | None:
    """List who was forgotten in a state; None where it does not tell."""
    try:
        with closing(sqlite3.connect(path)) as state:
            return Marks(state.execute(_FORGOTTEN).fetchall(), state.execute(_OFF_BOARD).fetchall())
    except sqlite3.Error as error:
        # One of an earlier version has no such table: it is whole, and knows nobody.
        return Marks() if error.sqlite_errorcode == sqlite3.SQLITE_ERROR else None


def _forget_again(state: sqlite3.Connection, marks: Marks, made_at: float) -> None:
    state.executemany(
        "INSERT INTO forgotten_mark (mark, forgotten_at) VALUES (?, ?) ON CONFLICT (mark)"
        " DO UPDATE SET forgotten_at = max(forgotten_at, excluded.forgotten_at)",
        marks.forgotten,
    )
    for user_id in _forgotten_ids(state, MEMBER_IDS, made_at):
        for statement in FORGET_MEMBER:
            state.execute(statement, {"user_id": user_id})
    for guild_id in _forgotten_ids(state, GUILD_IDS, made_at):
        state.execute("INSERT INTO guild_to_forget (guild_id) VALUES (?)", (guild_id,))
    state.executemany(
        "INSERT INTO off_board_mark (guild_id, mark) VALUES (?, ?)"
        " ON CONFLICT (guild_id, mark) DO NOTHING",
        marks.off_board,
    )


def _forgotten_ids(state: sqlite3.Connection, ids: str, made_at: float) -> Sequence[int]:
    rows = state.execute(
        f"SELECT id FROM ({ids}) JOIN forgotten_mark ON mark = mark_of(id)"  # noqa: S608 - our own words
        " WHERE forgotten_at >= ?",
        (int(made_at),),
    )
    return [snowflake for (snowflake,) in rows.fetchall()]


def delete_unfinished_restores(data_dir: Path) -> None:
    """Delete what restores have left that were killed; who calls it holds the folder."""
    for left in data_dir.glob(f".{_RESTORING}*"):
        shutil.rmtree(left, ignore_errors=True)


def finish_restoring(data_dir: Path) -> Path | None:
    """Bring what was unpacked in place; gives where the former data is, None where there is none.

    Each step can be done again, so that an interruption at any of them loses nothing.
    """
    new = next(data_dir.glob(f"{_RESTORING}*"), None)
    if new is None:
        return None
    former = data_dir / new.name.replace(_RESTORING, _BEFORE)
    for old in (*data_dir.glob(f"{STATE}*"), packs_path(data_dir)):
        arrives = new / old.name
        # What is no longer among the new was put in place already.
        if old.exists() and (arrives.exists() or old.name not in (STATE, PACKS)):
            former.mkdir(exist_ok=True)
            old.replace(former / old.name)
    for name in (PACKS, STATE):
        if (new / name).exists():
            (new / name).replace(data_dir / name)
    shutil.rmtree(new)
    return former if former.exists() else None


def delete_former_data(data_dir: Path, before: float) -> None:
    """Delete what restores have kept since before a time, in unix seconds."""
    for folder in data_dir.glob(f"{_BEFORE}*"):
        kept_since = _restored_at(folder)
        if kept_since is not None and kept_since < before:
            shutil.rmtree(folder)


def _restored_at(folder: Path) -> float | None:
    """Read from the name of a folder when it was made; None where somebody else named it."""
    for stamp in _STAMPS:
        with suppress(ValueError):
            moment = datetime.strptime(folder.name, f"{_BEFORE}{stamp}").replace(tzinfo=UTC)
            return moment.timestamp()
    return None
