"""What stood in a state file before an update stands there after it, and goes on as before."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.state.sqlite.schema import check_tables, migrations

LOBBY = """
INSERT INTO game (channel_id, guild_id, starter_id, slug, setup, phase, round, question_id)
VALUES (?, 77, ?, 'boat', '{}', 'reading', 0, 1)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite3"


@pytest.fixture
def state(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a file of the version before games listed their players by a column."""
    with closing(sqlite3.connect(path, isolation_level=None)) as state:
        state.execute("PRAGMA foreign_keys = ON")
        _update(state, 0, 8)
        yield state


def _update(state: sqlite3.Connection, since: int, until: int) -> None:
    for _number, script in migrations()[since:until]:
        state.executescript(script)


def _players(state: sqlite3.Connection) -> list[tuple[int, int]]:
    return state.execute("SELECT game_id, user_id FROM game_player ORDER BY id").fetchall()


def _fill(state: sqlite3.Connection) -> None:
    """Open two lobbies, and let members join who are not in the order of their ids."""
    for channel_id, starter_id in ((5, 9), (6, 3)):
        state.execute(LOBBY, (channel_id, starter_id))
    joining = "INSERT INTO game_player (game_id, user_id) VALUES (?, ?)"
    state.executemany(joining, [(2, 8), (1, 4), (1, 2), (2, 1), (1, 3)])


def test_who_has_joined_a_game_keeps_their_place(state: sqlite3.Connection, path: Path) -> None:
    _fill(state)
    before = state.execute("SELECT game_id, user_id FROM game_player ORDER BY rowid").fetchall()
    _update(state, 8, 9)
    assert _players(state) == before
    assert state.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert state.execute("PRAGMA foreign_key_check").fetchall() == []
    check_tables(path, 9, name=path)


def test_players_come_and_go_as_before(state: sqlite3.Connection) -> None:
    _fill(state)
    _update(state, 8, 9)
    state.execute(LOBBY, (7, 4))
    assert _players(state)[-1] == (3, 4)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        state.execute("INSERT INTO game_player (game_id, user_id) VALUES (1, 4)")
    state.execute("INSERT INTO member_to_forget (user_id) VALUES (4)")
    assert _players(state) == [(1, 9), (2, 3), (2, 8), (1, 2), (2, 1), (1, 3)]
    state.execute("DELETE FROM game WHERE id = 1")
    assert _players(state) == [(2, 3), (2, 8), (2, 1)]


def test_a_player_without_a_game_keeps_no_file_from_being_updated(
    state: sqlite3.Connection,
) -> None:
    _fill(state)
    state.execute("PRAGMA foreign_keys = OFF")
    state.execute("DELETE FROM game WHERE id = 1")
    state.execute("PRAGMA foreign_keys = ON")
    _update(state, 8, 9)
    assert _players(state) == [(2, 3), (2, 8), (2, 1)]


def test_a_session_that_is_begun_is_counted_for_a_day(state: sqlite3.Connection) -> None:
    _update(state, 8, 9)
    for begun_at in (10.0, 20.0, 86_415.0):
        state.execute(
            "INSERT INTO session_turn (bucket, begun_at) VALUES (0, ?)"
            " ON CONFLICT (bucket) DO UPDATE SET begun_at = excluded.begun_at",
            (begun_at,),
        )
    assert state.execute("SELECT begun_at FROM session_begun").fetchall() == [(20.0,), (86_415.0,)]
