"""Copies that can be trusted: whole, a day apart, and gone after a week but for the newest."""

import asyncio
import json
import os
import stat
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from time import time

import pytest

from bot.errors import OperatorError
from bot.hosting.restore import restore
from bot.interview.audience import SpoilerPolicy
from bot.process.outages import Outages, Part
from bot.state.copies.backups import (
    _workplace,
    dated_backups,
    delete_old_backups,
    keep_backups,
    make_todays_backup,
    todays_backup,
    write_backup,
)
from bot.state.members import Members
from bot.state.store import open_state
from tests.postgresql import Server
from tests.state.data_folder import MEMBER, chosen_in
from tests.waiting import until


async def test_a_backup_of_a_running_bot_is_restored_elsewhere(
    data_dir: Path, tmp_path: Path
) -> None:
    file = tmp_path / "copies" / "mine.zip"
    async with open_state(data_dir) as database:
        await Members(database).put_spoilers(MEMBER, SpoilerPolicy.OMIT)
        write_backup(data_dir, file)
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["mine.zip"], "nothing else is left"
    elsewhere = tmp_path / "other machine"
    assert restore(file, elsewhere).former is None
    assert await chosen_in(elsewhere) is SpoilerPolicy.OMIT
    loaded = elsewhere / "packs" / "mine" / "interview.toml"
    assert loaded.read_text() == "title = 'Mine'"


def _days(data_dir: Path) -> list[str]:
    return [
        path.name.removeprefix("encore-").removesuffix(".zip") for path in dated_backups(data_dir)
    ]


async def test_copies_come_once_a_day_by_the_clock_that_is_given(data_dir: Path) -> None:
    noon = datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp()
    for hours in (0, 5, 11, 12, 13, 36):
        make_todays_backup(data_dir, lambda hours=hours: noon + hours * 3600)
    assert _days(data_dir) == ["2026-11-26", "2026-11-27", "2026-11-28"]
    with zipfile.ZipFile(dated_backups(data_dir)[0]) as copy:
        assert json.loads(copy.read("manifest.json"))["made_at"] == "2026-11-26T12:00:00+00:00"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("11-18", "11-19", "11-20", "11-25", "11-26"), ("11-20", "11-25", "11-26")),
        (("01-01", "02-01", "03-01"), ("02-01", "03-01")),
        (("01-01",), ("01-01",)),
        # Those from the future were made under a wrong clock.
        (("11-25", "11-26", "12-30", "12-31"), ("11-25", "11-26")),
        (("11-18-060708-version-1", "11-25", "11-26", "11-27"), ("11-25", "11-26", "11-27")),
        ((), ()),
    ],
)
def test_old_copies_go_and_the_newest_two_stay_however_old(
    tmp_path: Path, days: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in days:
        (folder / f"encore-2026-{day}.zip").touch()
    (folder / "encore-mine.zip").touch()
    delete_old_backups(tmp_path, datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp())
    assert _days(tmp_path) == [f"2026-{day}" for day in expected]
    assert (folder / "encore-mine.zip").exists(), "what the host has named is the host's"


async def test_what_a_killed_backup_left_goes_and_what_is_under_way_stays(data_dir: Path) -> None:
    folder = data_dir / "backups"
    (folder / ".backup-killed").mkdir(parents=True)
    for name in ("lock", "state.sqlite3", "state.sqlite3-journal"):
        (folder / ".backup-killed" / name).write_bytes(b"somebody's")
    with _workplace(folder) as busy:
        make_todays_backup(data_dir)
        assert busy.exists()
        assert not (folder / ".backup-killed").exists()
    assert [path.name for path in folder.iterdir()] == [todays_backup(data_dir).name]


async def test_a_backup_leaves_alone_what_its_host_has_beside_it(
    data_dir: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    theirs = {
        home / ".backup-photos" / "holiday.jpg",
        home / ".backup-photos" / "state.sqlite3",
        home / ".backup-site" / "lock",
        home / ".backup-site" / "index.html",
        home / ".backup-list",
    }
    for path in theirs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (home / ".backup-empty").mkdir()
    write_backup(data_dir, home / "mine.zip")
    expected = theirs | {home / "mine.zip", home / ".backup-empty"}
    folders = {home / ".backup-photos", home / ".backup-site"}
    assert set(home.rglob("*")) == expected | folders


async def test_files_that_are_older_than_zip_are_copied(data_dir: Path, tmp_path: Path) -> None:
    pack = data_dir / "packs" / "mine" / "interview.toml"
    os.utime(pack, (0, 0))
    write_backup(data_dir, tmp_path / "copy.zip")
    restore(tmp_path / "copy.zip", tmp_path / "new")
    assert (tmp_path / "new" / "packs" / "mine" / "interview.toml").exists()


async def test_a_copy_that_fails_is_told_once_and_tried_again(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (data_dir / "backups").write_text("a file where a folder should be")
    outages = Outages()
    async with keep_backups(data_dir, time, outages):
        await until(lambda: Part.BACKUPS in outages.reasons)
        await asyncio.sleep(0)
        (data_dir / "backups").unlink()
        await until(lambda: Part.BACKUPS not in outages.reasons)
    assert todays_backup(data_dir).exists()
    assert "Traceback" not in caplog.text
    assert len([one for one in caplog.records if one.levelname == "WARNING"]) == 1


def test_nothing_to_back_up_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="There's nothing to back up"):
        write_backup(tmp_path, tmp_path / "copy.zip")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="cannot be avoided: root writes anywhere"
)
def test_a_folder_that_cannot_be_written_is_a_sentence(data_dir: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(OperatorError, match="No backup was made"):
        write_backup(data_dir, locked / "copy.zip")


async def test_copies_of_a_database_go_on_after_its_server_was_away(
    tmp_path: Path, database_url: str, server: Server
) -> None:
    outages = Outages()
    async with open_state(tmp_path, database_url):
        pass
    server.stop()
    try:
        async with keep_backups(tmp_path, time, outages, database_url):
            await until(lambda: Part.BACKUPS in outages.reasons)
            assert "can't be reached" in outages.reasons[Part.BACKUPS]
            server.start()
            await until(lambda: Part.BACKUPS not in outages.reasons)
            assert dated_backups(tmp_path)
    finally:
        server.restart()
