"""What a state holds is counted alike on either engine, and in files of earlier versions."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.state.copies.backups import write_backup
from bot.state.copies.contents import amounts_in, amounts_in_file, spoken_content
from bot.state.database import Database
from bot.state.saved_quotes import SavedQuotes
from bot.state.sqlite.schema import migrations
from tests.state.stage import Clock, Stage


async def test_answers_members_and_servers_are_counted_each_once(
    database: Database, stage: Stage
) -> None:
    assert await amounts_in(database) == (0, 0, 0)
    game = await stage.start()
    for user_id in (1, 2):
        await stage.answer(game, user_id, 1)
    await SavedQuotes(database, Clock()).add(3, "boat", 4)
    assert await amounts_in(database) == (2, 3, 1)


async def test_a_copy_is_counted_before_it_is_packed(data_dir: Path, tmp_path: Path) -> None:
    copies: list[tuple[int, ...]] = []
    write_backup(
        data_dir, tmp_path / "copy.zip", look=lambda copy: copies.append(amounts_in_file(copy))
    )
    assert copies == [(0, 1, 0)]


def test_a_file_of_the_first_version_is_counted_too(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as state:
        state.executescript(migrations()[0][1])
        state.execute(
            "INSERT INTO saved (user_id, slug, number, saved_at) VALUES (7, 'boat', 1, 2)"
        )
        state.execute("INSERT INTO off_board (guild_id, user_id) VALUES (0, 7), (5, 8)")
    assert amounts_in_file(path) == (0, 2, 1)


def test_what_there_is_none_of_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "packs" / "mine").mkdir(parents=True)
    (tmp_path / "packs" / "mine" / "interview.toml").touch()
    assert spoken_content((3214, 57, 1), tmp_path) == (
        "3,214 answers, 57 members, 1 server, 1 loaded interview"
    )
    assert spoken_content((0, 0, 0), tmp_path / "nowhere") == "nothing from members yet"
