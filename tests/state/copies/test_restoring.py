"""A copy takes the place of what is there: whole, interrupted anywhere, without the forgotten."""

import shutil
import sqlite3
import time
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import OperatorError, UnavailableError
from bot.hosting.restore import restore
from bot.interview.audience import SpoilerPolicy
from bot.state.bag import Bag
from bot.state.bags import BagKey, Bags
from bot.state.copies import restoring
from bot.state.copies.backups import make_todays_backup, write_backup
from bot.state.copies.restoring import delete_former_data, finish_restoring, unpack
from bot.state.erasure import LEFT_GUILD_DAYS, Erasure
from bot.state.locks import FileLocks
from bot.state.members import Members
from bot.state.paths import state_path
from bot.state.questions import Questions, StoredQuestion
from bot.state.scores import Scores
from bot.state.sqlite.schema import MIGRATIONS, migrations
from bot.state.store import open_state
from tests.state.data_folder import MEMBER, choose, chosen_in

OTHER, DM, GUILD = 4711, 0x0123456789ABCD00, 77 << 22


async def test_what_was_there_before_is_kept(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.zip"
    write_backup(data_dir, file)
    await choose(data_dir, SpoilerPolicy.OMIT)
    (data_dir / "packs" / "mine" / "interview.toml").write_text("title = 'Changed'")
    kept = restore(file, data_dir).former
    assert await chosen_in(data_dir) is SpoilerPolicy.HIDE
    assert kept is not None
    assert await chosen_in(kept) is SpoilerPolicy.OMIT
    assert (kept / "packs" / "mine" / "interview.toml").read_text() == "title = 'Changed'"


async def test_who_goes_back_to_an_older_version_goes_back_to_its_copy(
    data_dir: Path, tmp_path: Path
) -> None:
    file = tmp_path / "copy.zip"
    write_backup(data_dir, file)
    await choose(data_dir, SpoilerPolicy.OMIT)
    with closing(sqlite3.connect(state_path(data_dir))) as database:
        database.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    with pytest.raises(OperatorError, match="written by a newer version"):
        await chosen_in(data_dir)
    kept = restore(file, data_dir).former
    assert await chosen_in(data_dir) is SpoilerPolicy.HIDE
    assert kept is not None
    assert state_path(kept).exists()


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
        (_damaged, "copy.zip is damaged or not a database"),
        (_cut, "it's damaged, or not a backup"),
        (Path.unlink, "doesn't exist"),
        (lambda file: file.write_text("a letter"), "it's damaged, or not a backup"),
        (lambda file: zipfile.ZipFile(file, "w").close(), "it's damaged, or not a backup"),
    ],
)
async def test_a_file_that_is_no_use_changes_nothing(
    data_dir: Path, tmp_path: Path, spoil: object, told: str
) -> None:
    file = tmp_path / "copy.zip"
    write_backup(data_dir, file)
    assert callable(spoil)
    spoil(file)
    before = _files(data_dir)
    with pytest.raises(OperatorError, match=told):
        restore(file, data_dir)
    assert _files(data_dir) == before
    assert await chosen_in(data_dir) is SpoilerPolicy.HIDE


def _files(data_dir: Path) -> set[Path]:
    locks = data_dir / "locks"
    return {path for path in data_dir.rglob("*") if not path.is_relative_to(locks)}


def test_a_restore_beside_a_running_bot_is_refused(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "copy.zip"
    write_backup(data_dir, file)
    for shares in (False, True):
        with (
            FileLocks(data_dir).held_folder(shares=shares),
            pytest.raises(UnavailableError, match="A bot is running on"),
        ):
            restore(file, data_dir)
    restore(file, data_dir)


async def _remember(bag: Bag) -> tuple[Bag, tuple[str, ...]]:
    return Bag({}, (*bag.recent, "quote:1")), bag.recent


async def _live(data_dir: Path) -> None:
    """Leave something of two members, of direct messages and of a server."""
    async with open_state(data_dir) as database:
        for user_id in (MEMBER, OTHER):
            await Members(database).put_spoilers(user_id, SpoilerPolicy.HIDE)
            await Scores(database, time.time).set_off_board(GUILD, user_id, is_off=True)
        await Erasure(database, time.time, Bags(database)).note_dm(DM, MEMBER)
        bags = Bags(database)
        await bags.draw(BagKey(DM, "boat", "quote"), _remember)
        await bags.close()
        await Questions(database, time.time).add(DM, StoredQuestion("text", 4, 1, "text"))


async def _forget(data_dir: Path, user_id: int, at: float | None = None) -> None:
    async with open_state(data_dir) as database:
        await Erasure(database, lambda: at or time.time(), Bags(database)).forget_member(user_id)


async def _counts(data_dir: Path, user_id: int) -> dict[str, int]:
    async with open_state(data_dir) as database:
        counts = await Erasure(database, time.time, Bags(database)).counts(user_id)
        return {table: count for table, count in counts.items() if count}


async def test_who_was_forgotten_since_a_copy_was_made_does_not_come_back(tmp_path: Path) -> None:
    data_dir, file = tmp_path / "var", tmp_path / "copy.zip"
    await _live(data_dir)
    write_backup(data_dir, file)
    await _forget(data_dir, MEMBER)
    for _time in range(2):
        restore(file, data_dir)
        state = state_path(data_dir).read_bytes()
        assert not state_path(data_dir).with_name("state.sqlite3-wal").exists()
        for snowflake in (MEMBER, DM):
            assert snowflake.to_bytes(8) not in state, "also before a bot has opened it"
            assert str(snowflake).encode() not in state
        assert await _counts(data_dir, MEMBER) == {"forgotten_mark": 1, "off_board_mark": 1}
        assert await _counts(data_dir, OTHER) == {"member_setting": 1, "off_board": 1}


async def test_whom_a_moderator_took_off_since_a_copy_was_made_stays_off(tmp_path: Path) -> None:
    data_dir, file = tmp_path / "var", tmp_path / "copy.zip"
    async with open_state(data_dir) as database:
        await Members(database).put_spoilers(MEMBER, SpoilerPolicy.HIDE)
    write_backup(data_dir, file)
    await _live(data_dir)
    await _forget(data_dir, MEMBER)
    for _time in range(2):
        restore(file, data_dir)
        async with open_state(data_dir) as database:
            assert (await Scores(database, time.time).hiding(GUILD, MEMBER)).is_hidden
            assert not (await Scores(database, time.time).hiding(GUILD, OTHER)).is_hidden


async def test_who_played_again_after_they_were_forgotten_keeps_what_a_later_copy_has(
    tmp_path: Path,
) -> None:
    data_dir, file = tmp_path / "var", tmp_path / "copy.zip"
    await _live(data_dir)
    await _forget(data_dir, MEMBER, at=time.time() - 60)
    async with open_state(data_dir) as database:
        await Members(database).put_spoilers(MEMBER, SpoilerPolicy.OMIT)
    write_backup(data_dir, file)
    restore(file, data_dir)
    assert (await _counts(data_dir, MEMBER))["member_setting"] == 1


async def test_a_server_that_was_forgotten_does_not_come_back(tmp_path: Path) -> None:
    data_dir, file = tmp_path / "var", tmp_path / "copy.zip"
    await _live(data_dir)
    write_backup(data_dir, file)
    async with open_state(data_dir) as database:
        await Erasure(database, time.time, Bags(database)).guild_left(GUILD)
        later = time.time() + LEFT_GUILD_DAYS * 86_400 + 1
        assert await Erasure(database, lambda: later, Bags(database)).forget_left_guilds() == 1
    restore(file, data_dir)
    async with open_state(data_dir) as database:
        assert await Erasure(database, time.time, Bags(database)).guilds() == set()


async def test_a_copy_of_the_first_version_is_brought_up_to_date_and_forgets_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir, file, old = tmp_path / "var", tmp_path / "copy.zip", tmp_path / "first"
    old.mkdir()
    shutil.copy(MIGRATIONS / "0001_state.sql", old)
    with monkeypatch.context() as patch:
        patch.setattr("bot.state.sqlite.schema.MIGRATIONS", old)
        for user_id in (MEMBER, OTHER):
            async with open_state(data_dir) as database:
                await Members(database).put_spoilers(user_id, SpoilerPolicy.HIDE)
        write_backup(data_dir, file)
    await _forget(data_dir, MEMBER)
    restore(file, data_dir)
    assert MEMBER.to_bytes(8) not in state_path(data_dir).read_bytes()
    assert await _counts(data_dir, OTHER) == {"member_setting": 1}


@pytest.mark.parametrize("content", [b"", b"no database " * 999, None])
async def test_a_state_that_is_damaged_or_gone_keeps_nobody_from_restoring(
    data_dir: Path, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "copy.zip"
    write_backup(data_dir, file)
    state_path(data_dir).unlink()
    if content is not None:
        state_path(data_dir).write_bytes(content)
    restore(file, data_dir)
    assert await chosen_in(data_dir) is SpoilerPolicy.HIDE


@pytest.mark.parametrize("is_there", [True, False])
async def test_who_was_forgotten_is_also_known_from_a_later_copy(
    tmp_path: Path, is_there: bool
) -> None:
    data_dir, file = tmp_path / "var", tmp_path / "copy.zip"
    await _live(data_dir)
    write_backup(data_dir, file)
    await _forget(data_dir, MEMBER)
    make_todays_backup(data_dir)
    (data_dir / "backups" / "encore-2030-01-01.zip").write_bytes(b"damaged")
    state_path(data_dir).unlink()
    if is_there:
        state_path(data_dir).write_bytes(b"damaged" * 999)
    restore(file, data_dir)
    assert await _counts(data_dir, MEMBER) == {"forgotten_mark": 1, "off_board_mark": 1}
    assert MEMBER.to_bytes(8) not in state_path(data_dir).read_bytes()


async def test_what_a_killed_restore_left_goes_with_the_next_one(
    data_dir: Path, tmp_path: Path
) -> None:
    write_backup(data_dir, tmp_path / "copy.zip")
    left = data_dir / ".restoring-abc" / "whole"
    left.mkdir(parents=True)
    (left / "state.sqlite3").write_bytes(MEMBER.to_bytes(8))
    restore(tmp_path / "copy.zip", data_dir)
    assert not list(data_dir.glob(".restoring-*"))


def test_former_data_goes_after_a_while_and_what_the_host_named_stays(tmp_path: Path) -> None:
    now = datetime(2026, 11, 26, 12, tzinfo=UTC).timestamp()
    names = (
        "before-2026-11-19-115959-000000",
        "before-2026-11-19-120001-000000",
        "before-2026-10-01-000000",
        "before-i-forget",
    )
    for name in names:
        (tmp_path / name / "packs").mkdir(parents=True)
    delete_former_data(tmp_path, now - 7 * 86_400)
    assert sorted(path.name for path in tmp_path.iterdir()) == [names[1], names[3]]


async def test_former_data_is_named_so_that_it_goes(data_dir: Path, tmp_path: Path) -> None:
    write_backup(data_dir, tmp_path / "copy.zip")
    former = restore(tmp_path / "copy.zip", data_dir).former
    assert former is not None
    delete_former_data(data_dir, time.time() - 60)
    assert former.exists()
    delete_former_data(data_dir, time.time() + 60)
    assert not former.exists()
