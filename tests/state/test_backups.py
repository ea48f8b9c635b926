"""Copies that can be trusted, and a way back that loses nothing wherever it is interrupted."""

import os
import shutil
import sqlite3
import stat
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import OperatorError, UnavailableError
from bot.hosting.restore import restore
from bot.interview.audience import SpoilerPolicy
from bot.state import restoring
from bot.state.backups import (
    BACKUP_DAYS,
    dated_backups,
    delete_old_backups,
    make_todays_backup,
    todays_backup,
    write_backup,
)
from bot.state.locks import hold_data
from bot.state.members import Members
from bot.state.restoring import finish_restoring, unpack
from bot.state.schema import migrations
from bot.state.store import open_state

MEMBER = 4711


async def choose(data_dir: Path, policy: SpoilerPolicy) -> None:
    async with open_state(data_dir) as database:
        await Members(database).put_spoilers(MEMBER, policy)


async def chosen_in(data_dir: Path) -> SpoilerPolicy | None:
    async with open_state(data_dir) as database:
        return await Members(database).spoilers(MEMBER)


@pytest.fixture
async def data_dir(tmp_path: Path) -> Path:
    """Give a data folder in which a member has chosen and an interview was loaded."""
    folder = tmp_path / "var"
    await choose(folder, SpoilerPolicy.HIDE)
    (folder / "packs" / "mine").mkdir(parents=True)
    (folder / "packs" / "mine" / "interview.toml").write_text("title = 'Mine'")
    return folder


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
    assert restore(file, elsewhere) is None
    assert await chosen_in(elsewhere) is SpoilerPolicy.OMIT
    loaded = elsewhere / "packs" / "mine" / "interview.toml"
    assert loaded.read_text() == "title = 'Mine'"


async def test_what_was_there_before_is_kept(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.zip"
    write_backup(data_dir, file)
    await choose(data_dir, SpoilerPolicy.OMIT)
    (data_dir / "packs" / "mine" / "interview.toml").write_text("title = 'Changed'")
    kept = restore(file, data_dir)
    assert await chosen_in(data_dir) is SpoilerPolicy.HIDE
    assert kept is not None
    assert await chosen_in(kept) is SpoilerPolicy.OMIT
    assert (kept / "packs" / "mine" / "interview.toml").read_text() == "title = 'Changed'"


@pytest.mark.parametrize("steps", range(6))
async def test_a_restore_that_is_interrupted_goes_on_at_the_next_start(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    file = tmp_path / "copy.zip"
    write_backup(data_dir, file)
    await choose(data_dir, SpoilerPolicy.OMIT)
    left = steps
    replace, remove = Path.replace, shutil.rmtree

    def step() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt

    def replace_or_die(path: Path, target: Path) -> Path:
        step()
        return replace(path, target)

    def remove_or_die(path: Path) -> None:
        step()
        remove(path)

    unpack(file, data_dir)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_or_die)
        patch.setattr(restoring.shutil, "rmtree", remove_or_die)
        try:
            finish_restoring(data_dir)
        except KeyboardInterrupt:
            assert steps < 5
    assert await chosen_in(data_dir) is SpoilerPolicy.HIDE
    (kept,) = data_dir.glob("before-*")
    assert await chosen_in(kept) is SpoilerPolicy.OMIT
    assert (data_dir / "packs" / "mine").is_dir()
    assert (kept / "packs" / "mine").is_dir()
    assert not list(data_dir.glob("*restoring*"))


def _of_another_program(file: Path) -> None:
    state = file.with_suffix(".db")
    with closing(sqlite3.connect(state)) as database:
        database.execute("CREATE TABLE theirs (a)")
    _with_state(file, state.read_bytes())


def _newer(file: Path) -> None:
    with zipfile.ZipFile(file) as whole:
        state = file.with_suffix(".db")
        state.write_bytes(whole.read("state.sqlite3"))
    with closing(sqlite3.connect(state)) as database:
        database.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    _with_state(file, state.read_bytes())


def _damaged(file: Path) -> None:
    with zipfile.ZipFile(file) as whole:
        state = bytearray(whole.read("state.sqlite3"))
    state[4096:12_000] = b"x" * (12_000 - 4096)
    _with_state(file, bytes(state))


def _with_state(file: Path, state: bytes) -> None:
    with zipfile.ZipFile(file, "w") as whole:
        whole.writestr("manifest.json", '{"format": 1}')
        whole.writestr("state.sqlite3", state)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_of_another_program, "copy.zip is another program's database. Nothing was changed"),
        (_newer, "copy.zip was written by a newer version of Encore. Nothing was changed"),
        (_damaged, "copy.zip is damaged or no database"),
        (_cut, "it is damaged, or no backup"),
        (Path.unlink, "is not there"),
        (lambda file: file.write_text("a letter"), "it is damaged, or no backup"),
        (lambda file: zipfile.ZipFile(file, "w").close(), "it is damaged, or no backup"),
    ],
)
async def test_a_file_that_is_no_use_changes_nothing(
    data_dir: Path, tmp_path: Path, spoil: object, told: str
) -> None:
    file = tmp_path / "copy.zip"
    write_backup(data_dir, file)
    assert callable(spoil)
    spoil(file)
    before = sorted(data_dir.rglob("*"))
    with pytest.raises(OperatorError, match=told):
        restore(file, data_dir)
    locks = data_dir / "locks"
    assert [
        path for path in sorted(data_dir.rglob("*")) if not path.is_relative_to(locks)
    ] == before
    assert await chosen_in(data_dir) is SpoilerPolicy.HIDE


def test_a_backup_that_leads_out_of_the_folder_stays_within(tmp_path: Path, data_dir: Path) -> None:
    file = tmp_path / "copy.zip"
    write_backup(data_dir, file)
    with zipfile.ZipFile(file, "a") as whole:
        whole.writestr("packs/../../../outside.txt", "hello")
        whole.writestr("other.txt", "hello")
    restore(file, tmp_path / "new" / "var")
    assert not list(tmp_path.rglob("other.txt"))
    assert not (tmp_path / "outside.txt").exists()
    assert not (tmp_path.parent / "outside.txt").exists()


def test_a_restore_beside_a_running_bot_is_refused(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.zip"
    write_backup(data_dir, file)
    for shards in (None, (3,)):
        with (
            hold_data(data_dir, shards),
            pytest.raises(UnavailableError, match="Another bot uses"),
        ):
            restore(file, data_dir)
    restore(file, data_dir)


async def test_copies_come_once_a_day_and_go_after_a_week(data_dir: Path) -> None:
    make_todays_backup(data_dir)
    today = todays_backup(data_dir)
    made = today.stat().st_mtime_ns
    old = today.with_name("encore-2026-01-01.zip")
    shutil.copy(today, old)
    long_ago = time.time() - BACKUP_DAYS * 86_400 - 1
    os.utime(old, (long_ago, long_ago))
    make_todays_backup(data_dir)
    assert dated_backups(data_dir) == [today]
    assert today.stat().st_mtime_ns == made


def test_nothing_to_back_up_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="There is nothing to back up"):
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
