"""Who was forgotten: what a state knows of them, and forgetting them again in an older copy."""

import logging
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, NamedTuple

from bot.errors import OperatorError
from bot.state.copies.archive import STATE, unpack_archive
from bot.state.copies.backups import dated_backups
from bot.state.erasure import FORGET_MEMBER, GUILD_IDS, MEMBER_IDS
from bot.state.id_marks import mark_key, marker_under
from bot.state.paths import state_path

log = logging.getLogger(__name__)

_FORGOTTEN: Final = "SELECT mark, forgotten_at FROM forgotten_mark"
_OFF_BOARD: Final = "SELECT guild_id, mark FROM off_board_mark"


class Marks(NamedTuple):
    """Who was forgotten, and when in unix seconds; who of them is off a server's boards."""

    key: bytes
    """Under which they were made."""
    forgotten: Sequence[tuple[str, int]] = ()
    off_board: Sequence[tuple[int, str]] = ()


def marks_of_folder(data_dir: Path, workplace: Path) -> Marks:
    """List who was forgotten, out of the file of a folder, else out of its newest copy."""
    key = mark_key(data_dir)
    if (marks := marks_of_file(data_dir)) is not None:
        return marks
    for number, copy in enumerate(reversed(dated_backups(data_dir))):
        folder = workplace / f"copy-{number}"
        folder.mkdir()
        with suppress(OperatorError):
            unpack_archive(copy, folder)
            if (marks := _marks_in(folder / STATE, key)) is not None:
                log.warning("who was forgotten after %s was made is not known", copy)
                return marks
    return Marks(key)


def marks_of_file(data_dir: Path) -> Marks | None:
    """List who was forgotten, out of the file of a folder; None where it does not tell."""
    state = state_path(data_dir)
    return _marks_in(state, mark_key(data_dir)) if state.exists() else None


def _marks_in(path: Path, key: bytes) -> Marks | None:
    try:
        with closing(sqlite3.connect(path)) as state:
            forgotten = state.execute(_FORGOTTEN).fetchall()
            return Marks(key, forgotten, state.execute(_OFF_BOARD).fetchall())
    except sqlite3.Error as error:
        # One of an earlier version has no such table: it is whole, and knows nobody.
        return Marks(key) if error.sqlite_errorcode == sqlite3.SQLITE_ERROR else None


def forget_again(state: sqlite3.Connection, marks: Marks, key: bytes, made_at: float) -> int:
    """Delete in a copy who was forgotten since it was made; gives how many members these are.

    Its own marks are under `key`.
    """
    if not (marks.forgotten or marks.off_board):
        return 0
    state.create_function("mark_of", 1, marker_under(key), deterministic=True)
    if marks.key != key:
        marks = _remade(marks, key, _all_ids(state))
    state.executemany(
        "INSERT INTO forgotten_mark (mark, forgotten_at) VALUES (?, ?) ON CONFLICT (mark)"
        " DO UPDATE SET forgotten_at = max(forgotten_at, excluded.forgotten_at)",
        marks.forgotten,
    )
    members = _forgotten_ids(state, MEMBER_IDS, made_at)
    for user_id in members:
        for statement in FORGET_MEMBER:
            state.execute(statement, {"user_id": user_id})
    for guild_id in _forgotten_ids(state, GUILD_IDS, made_at):
        state.execute("INSERT INTO guild_to_forget (guild_id) VALUES (?)", (guild_id,))
    state.executemany(
        "INSERT INTO off_board_mark (guild_id, mark) VALUES (?, ?)"
        " ON CONFLICT (guild_id, mark) DO NOTHING",
        marks.off_board,
    )
    return len(members)


def _remade(marks: Marks, key: bytes, ids: Iterable[int]) -> Marks:
    """Make marks anew under another key: those of whom a copy knows, as nobody else comes back."""
    former, own = marker_under(marks.key), marker_under(key)
    anew = {former(snowflake): own(snowflake) for snowflake in ids}
    return Marks(
        key,
        [(anew[mark], at) for mark, at in marks.forgotten if mark in anew],
        [(guild_id, anew[mark]) for guild_id, mark in marks.off_board if mark in anew],
    )


def _all_ids(state: sqlite3.Connection) -> Iterable[int]:
    rows = state.execute(f"{MEMBER_IDS} UNION {GUILD_IDS}")
    return (snowflake for (snowflake,) in rows)


def _forgotten_ids(state: sqlite3.Connection, ids: str, made_at: float) -> Sequence[int]:
    rows = state.execute(
        f"SELECT id FROM ({ids}) JOIN forgotten_mark ON mark = mark_of(id)"  # noqa: S608 - our own words
        " WHERE forgotten_at >= ?",
        (int(made_at),),
    )
    return [snowflake for (snowflake,) in rows.fetchall()]
