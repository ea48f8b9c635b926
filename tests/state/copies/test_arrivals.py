"""A state moves to a PostgreSQL and back: all of it or nothing, and without the forgotten."""

import asyncio
import json
import os
import shutil
import signal
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest

from bot.errors import OperatorError, UnavailableError
from bot.hosting.restore import Restored, restore
from bot.interview.audience import SpoilerPolicy
from bot.process.outages import Outages
from bot.state.bags import Bags
from bot.state.copies import arrivals, copying
from bot.state.copies.backups import dated_backups, make_todays_backup, write_backup
from bot.state.copies.restoring import delete_former_data
from bot.state.erasure import ROWS_OF_MEMBER, Erasure
from bot.state.members import Members
from bot.state.paths import state_path
from bot.state.postgresql import schema
from bot.state.postgresql.advisory_locks import AdvisoryLocks
from bot.state.scores import Scores
from bot.state.sqlite.schema import MIGRATIONS, migrations
from bot.state.store import open_state
from tests.full_disk import full_disk
from tests.postgresql import Server, name_in
from tests.state.any_state import Kinds, make_state, rows_in
from tests.state.data_folder import MEMBER, choose

OTHER, GUILD = 4711, 77 << 22
RESTORE = """
import sys
from pathlib import Path
from bot.hosting.restore import restore
restore(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
"""


class Host:
    """A machine on which bots use a database, and keep their interviews in a folder."""

    def __init__(self, data_dir: Path, url: str) -> None:
        self.data_dir = data_dir
        self.url = url

    async def choose(self, policy: SpoilerPolicy, *members: int) -> None:
        async with open_state(self.data_dir, self.url) as database:
            for user_id in members or (MEMBER,):
                await Members(database).put_spoilers(user_id, policy)

    async def chosen(self, user_id: int = MEMBER) -> SpoilerPolicy | None:
        async with open_state(self.data_dir, self.url) as database:
            return await Members(database).spoilers(user_id)

    async def forget(self, user_id: int = MEMBER) -> None:
        async with open_state(self.data_dir, self.url) as database:
            await Erasure(database, time.time, Bags(database)).forget_member(user_id)

    async def stored(self, user_id: int = MEMBER) -> dict[str, int]:
        async with open_state(self.data_dir, self.url) as database:
            counts = await Erasure(database, time.time, Bags(database)).counts(user_id)
            return {table: count for table, count in counts.items() if count}

    async def back_up(self, file: Path) -> Path:
        await asyncio.to_thread(write_backup, self.data_dir, file, database_url=self.url)
        return file

    async def restore(self, file: Path) -> Restored:
        return await asyncio.to_thread(restore, file, self.data_dir, self.url)

    def load(self, title: str) -> None:
        folder = self.data_dir / "packs" / "mine"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "interview.toml").write_text(title)

    @property
    def title(self) -> str:
        return (self.data_dir / "packs" / "mine" / "interview.toml").read_text()


@pytest.fixture
def host(database_url: str, tmp_path: Path) -> Host:
    return Host(tmp_path / "host", database_url)


@pytest.fixture
async def lively(host: Host) -> Host:
    """Give a host on which a member has chosen and an interview was loaded."""
    await host.choose(SpoilerPolicy.HIDE)
    host.load("old")
    return host


@pytest.fixture
async def kinds(lively: Host) -> Kinds:
    connection = await asyncpg.connect(lively.url)
    rows = await connection.fetch(
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'public'"
    )
    await connection.close()
    return {(table, column): kind for table, column, kind in rows}


@pytest.mark.parametrize("seed", range(3))
async def test_a_state_goes_there_and_back_row_by_row(
    host: Host, kinds: Kinds, tmp_path: Path, seed: int
) -> None:
    here, back = tmp_path / "here", tmp_path / "back"
    make_state(state_path(here), kinds, seed)
    before = rows_in(state_path(here))
    (here / "packs").mkdir()
    (here / "packs" / "mine.txt").write_text("mine")
    write_backup(here, tmp_path / "copy.zip")
    await host.restore(tmp_path / "copy.zip")
    restore(await host.back_up(tmp_path / "back.zip"), back)
    assert rows_in(state_path(back)) == before
    assert (back / "packs" / "mine.txt").read_text() == "mine"


async def test_what_was_there_before_is_kept_for_a_while(lively: Host, tmp_path: Path) -> None:
    file = await lively.back_up(tmp_path / "copy.zip")
    await lively.choose(SpoilerPolicy.OMIT)
    lively.load("new")
    former = (await lively.restore(file)).former
    assert (await lively.chosen(), lively.title) == (SpoilerPolicy.HIDE, "old")
    assert former is not None
    assert former.parent == lively.data_dir
    await lively.restore(former)
    assert (await lively.chosen(), lively.title) == (SpoilerPolicy.OMIT, "new")
    delete_former_data(lively.data_dir, time.time() - 60)
    assert former.exists()
    delete_former_data(lively.data_dir, time.time() + 60)
    assert not list(lively.data_dir.glob("before-*"))


async def test_where_nothing_was_nothing_is_kept(host: Host, tmp_path: Path) -> None:
    await choose(tmp_path / "here", SpoilerPolicy.OMIT)
    write_backup(tmp_path / "here", tmp_path / "copy.zip")
    assert (await host.restore(tmp_path / "copy.zip")).former is None
    assert await host.chosen() is SpoilerPolicy.OMIT
    assert not list(host.data_dir.glob("before-*"))


async def test_a_copy_of_the_first_version_is_brought_up_to_date(
    lively: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, here = tmp_path / "first", tmp_path / "here"
    old.mkdir()
    shutil.copy(MIGRATIONS / "0001_state.sql", old)
    with monkeypatch.context() as patch:
        patch.setattr("bot.state.sqlite.schema.MIGRATIONS", old)
        await choose(here, SpoilerPolicy.OMIT)
        write_backup(here, tmp_path / "copy.zip")
    await lively.restore(tmp_path / "copy.zip")
    assert await lively.chosen() is SpoilerPolicy.OMIT


async def test_a_restore_beside_a_running_bot_is_refused(lively: Host, tmp_path: Path) -> None:
    file = await lively.back_up(tmp_path / "copy.zip")
    async with AdvisoryLocks(lively.url).seat(Outages(), shares=True):
        with pytest.raises(UnavailableError, match="A bot is running on"):
            await lively.restore(file)
    await lively.restore(file)


@pytest.mark.parametrize("content", [b"a letter", b""])
async def test_a_file_that_is_no_use_changes_nothing(
    lively: Host, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "copy.zip").write_bytes(content)
    with pytest.raises(OperatorError, match="it's damaged, or not a backup"):
        await lively.restore(tmp_path / "copy.zip")
    assert (await lively.chosen(), lively.title) == (SpoilerPolicy.HIDE, "old")
    assert not list(lively.data_dir.glob("before-*"))


class Kill(BaseException):
    """Ends whatever goes on at that moment, as a process that is killed."""


@pytest.mark.parametrize("has_arrived", [False, True])
async def test_a_restore_that_dies_is_settled_by_who_opens_the_state_next(
    lively: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_arrived: bool
) -> None:
    file = await lively.back_up(tmp_path / "copy.zip")
    await lively.choose(SpoilerPolicy.OMIT)
    lively.load("new")
    copy_from_file, settle = copying.copy_from_file, arrivals._settle
    settled: list[Path] = []

    async def die(*arguments: object) -> None:
        if has_arrived:
            await copy_from_file(*arguments)
        raise Kill

    async def settle_once(data_dir: Path, url: str) -> None:
        # The second one would be after the kill.
        settled.append(data_dir)
        if len(settled) == 1:
            await settle(data_dir, url)

    async with open_state(lively.data_dir, lively.url):
        pass
    with monkeypatch.context() as patch:
        patch.setattr(copying, "copy_from_file", die)
        patch.setattr(arrivals, "_settle", settle_once)
        with pytest.raises(Kill):
            await arrivals.arrive(file, lively.data_dir, lively.url)
    assert lively.title == "new"
    assert list(lively.data_dir.glob("arriving-*"))
    expected = (SpoilerPolicy.HIDE, "old") if has_arrived else (SpoilerPolicy.OMIT, "new")
    assert (await lively.chosen(), lively.title) == expected
    assert not list(lively.data_dir.glob("arriving-*"))


@pytest.mark.parametrize("steps", range(3))
async def test_interviews_come_in_place_whenever_that_is_interrupted(
    lively: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    file = await lively.back_up(tmp_path / "copy.zip")
    lively.load("new")
    left = steps
    replace, remove = Path.replace, shutil.rmtree

    def step() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Kill

    def replace_or_die(path: Path, target: Path) -> Path:
        if path.name == "packs":
            step()
        return replace(path, target)

    def remove_or_die(path: Path, **options: object) -> None:
        if Path(path).name.startswith("arriving-"):
            step()
        remove(path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_or_die)
        patch.setattr(arrivals.shutil, "rmtree", remove_or_die)
        with pytest.raises(Kill):
            await arrivals.arrive(file, lively.data_dir, lively.url)
    await lively.chosen()
    assert lively.title == "old"
    assert not list(lively.data_dir.glob("arriving-*"))


@pytest.mark.skipif(os.name != "posix", reason="cannot be avoided: signals")
async def test_a_restore_that_is_killed_while_it_writes_changes_nothing(
    lively: Host, tmp_path: Path
) -> None:
    file = await lively.back_up(tmp_path / "copy.zip")
    await lively.choose(SpoilerPolicy.OMIT)
    lively.load("new")
    connection = await asyncpg.connect(lively.url)
    async with connection.transaction():
        # Here it has to wait, in the middle of what it does.
        await connection.execute("LOCK TABLE saved IN ROW EXCLUSIVE MODE")
        command = [sys.executable, "-c", RESTORE, file, lively.data_dir, lively.url]
        process = await asyncio.create_subprocess_exec(*command)
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        while not await connection.fetchval(waiting):
            assert process.returncode is None
            await asyncio.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        await process.wait()
    await connection.close()
    assert (await lively.chosen(), lively.title) == (SpoilerPolicy.OMIT, "new")
    await lively.restore(file)
    assert (await lively.chosen(), lively.title) == (SpoilerPolicy.HIDE, "old")


async def test_a_database_that_goes_away_meanwhile_changes_nothing(
    lively: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = await lively.back_up(tmp_path / "copy.zip")
    await lively.choose(SpoilerPolicy.OMIT)
    note = copying._note

    async def lose(connection: asyncpg.Connection, arrival: copying.Arrival) -> None:
        await note(connection, arrival)
        connection.terminate()

    with monkeypatch.context() as patch:
        patch.setattr(copying, "_note", lose)
        with pytest.raises(OperatorError):
            await lively.restore(file)
    assert await lively.chosen() is SpoilerPolicy.OMIT
    assert not list(lively.data_dir.glob("arriving-*"))


async def test_a_full_disk_is_told_and_changes_nothing(lively: Host, tmp_path: Path) -> None:
    file = await lively.back_up(tmp_path / "copy.zip")
    await lively.choose(SpoilerPolicy.OMIT)
    with full_disk():
        with pytest.raises(UnavailableError, match="No backup was made"):
            await asyncio.to_thread(make_todays_backup, lively.data_dir, database_url=lively.url)
        with pytest.raises(OperatorError):
            await lively.restore(file)
    assert await lively.chosen() is SpoilerPolicy.OMIT
    assert not list(lively.data_dir.glob("*.zip"))


async def test_who_was_forgotten_since_does_not_come_back(lively: Host, tmp_path: Path) -> None:
    await lively.choose(SpoilerPolicy.HIDE, OTHER)
    async with open_state(lively.data_dir, lively.url) as database:
        await Scores(database, time.time).set_off_board(GUILD, MEMBER, is_off=True)
    file = await lively.back_up(tmp_path / "copy.zip")
    await lively.forget()
    for _time in range(2):
        await lively.restore(file)
        assert await lively.stored() == {"forgotten_mark": 1, "off_board_mark": 1}
        assert await lively.stored(OTHER) == {"member_setting": 1}


async def test_who_was_forgotten_in_a_file_does_not_come_back_in_a_database(
    host: Host, tmp_path: Path
) -> None:
    """The same data folder has both, as it has where its host sets DATABASE_URL."""
    await choose(host.data_dir, SpoilerPolicy.HIDE)
    write_backup(host.data_dir, tmp_path / "copy.zip")
    async with open_state(host.data_dir) as database:
        await Erasure(database, time.time, Bags(database)).forget_member(MEMBER)
    restored = await host.restore(tmp_path / "copy.zip")
    assert restored.forgotten == 1
    assert await host.stored() == {"forgotten_mark": 1}
    assert state_path(host.data_dir).exists(), "what DATABASE_URL does without is left alone"


async def test_marks_keep_their_meaning_in_a_database_that_had_another_key(
    lively: Host, tmp_path: Path
) -> None:
    """Bots began anew in a database, of whom the folder that moves to it knows nothing."""
    await lively.choose(SpoilerPolicy.HIDE, OTHER)
    mover = Host(tmp_path / "mover", lively.url)
    async with open_state(mover.data_dir) as database:
        for user_id in (MEMBER, OTHER):
            await Members(database).put_spoilers(user_id, SpoilerPolicy.HIDE)
        await Erasure(database, time.time, Bags(database)).forget_member(MEMBER)
    write_backup(mover.data_dir, tmp_path / "copy.zip")
    await lively.forget(OTHER)
    await mover.restore(tmp_path / "copy.zip")
    assert await mover.stored() == {"forgotten_mark": 1}
    assert await mover.stored(OTHER) == {"forgotten_mark": 1}


@pytest.mark.parametrize("brings_key", [True, False])
async def test_marks_keep_their_meaning_on_another_host_if_their_key_comes_along(
    lively: Host, tmp_path: Path, caplog: pytest.LogCaptureFixture, brings_key: bool
) -> None:
    await lively.forget()
    here, there = Host(tmp_path / "elsewhere", lively.url), tmp_path / "there"
    # It has a key of its own, and is told that of the database with the copy.
    file = await here.back_up(tmp_path / "copy.zip")
    there.mkdir()
    if brings_key:
        (key,) = here.data_dir.glob("marks-*.key")
        shutil.copy(key, there)
    restore(file, there)
    async with open_state(there) as database:
        counts = await Erasure(database, time.time, Bags(database)).counts(MEMBER)
    assert counts["forgotten_mark"] == brings_key
    assert ("can't be recognized here" in caplog.text) is not brings_key


async def test_the_key_is_in_no_copy_of_a_database(lively: Host, tmp_path: Path) -> None:
    await lively.forget()
    file = await lively.back_up(tmp_path / "copy.zip")
    (folder := tmp_path / "all").mkdir()
    shutil.unpack_archive(file, folder)
    key = (await copying.memory_of(lively.url)).mark_key
    for path in (file, *folder.rglob("*")):
        content = path.read_bytes() if path.is_file() else b""
        assert key not in content
        assert key.hex().encode() not in content


async def test_a_member_who_is_forgotten_is_in_no_table(lively: Host, kinds: Kinds) -> None:
    await lively.forget()
    connection = await asyncpg.connect(lively.url)
    for table, column in kinds:
        sql = f'SELECT count(*) FROM "{table}" WHERE CAST("{column}" AS TEXT) LIKE $1'
        assert await connection.fetchval(sql, f"%{MEMBER}%") == 0, (table, column)
    await connection.close()
    assert {*ROWS_OF_MEMBER} <= {table for table, _column in kinds}


async def test_a_database_that_is_migrated_is_copied_before(
    lively: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, release: Callable[[str], None]
) -> None:
    """Both engines get a table, and nobody has to think of it for copies."""
    folder = tmp_path / "there"
    shutil.copytree(schema._FOLDER, folder)
    monkeypatch.setattr(schema, "_FOLDER", folder)
    former = len(migrations())
    release("CREATE TABLE later (id INTEGER PRIMARY KEY, is_later INTEGER) STRICT;")
    later = "CREATE TABLE later (id BIGINT PRIMARY KEY, is_later BOOLEAN);"
    number = len([*folder.glob("*.sql")]) + 1
    (folder / f"{number:04}_later.sql").write_text(later)
    async with open_state(lively.data_dir, lively.url) as database:
        await database.write("INSERT INTO later (id, is_later) VALUES (1, true), (2, NULL)")
    (before,) = dated_backups(lively.data_dir)
    with zipfile.ZipFile(before) as archive:
        assert json.loads(archive.read("manifest.json"))["version"] == former
    file = await lively.back_up(tmp_path / "copy.zip")
    await lively.restore(before)
    async with open_state(lively.data_dir, lively.url) as database:
        assert await database.read("SELECT * FROM later") == []
    await lively.restore(file)
    async with open_state(lively.data_dir, lively.url) as database:
        rows = await database.read("SELECT id, is_later FROM later ORDER BY id")
    assert [tuple(row) for row in rows] == [(1, True), (2, None)]
    assert await lively.chosen() is SpoilerPolicy.HIDE


async def test_a_member_who_is_forgotten_is_in_no_file_once_the_server_has_cleared_up(
    lively: Host, server: Server
) -> None:
    """A server does so when it likes; what its host copies elsewhere is the host's."""
    await lively.choose(SpoilerPolicy.HIDE, *range(1000, 1200), MEMBER)
    connection = await asyncpg.connect(server.url(name_in(lively.url), "postgres"))
    number = await connection.fetchval(
        "SELECT oid FROM pg_database WHERE datname = current_database()"
    )
    files = server.home / "data" / "base" / str(number)
    await connection.execute("CHECKPOINT")
    assert _has_traces(files)
    await lively.forget()
    await connection.execute("VACUUM FULL ANALYZE")
    await connection.execute("CHECKPOINT")
    await connection.close()
    assert not _has_traces(files)


def _has_traces(files: Path) -> bool:
    """Look for the id of the member in files, as numbers and texts are written in them."""
    traces = (MEMBER.to_bytes(8, sys.byteorder), str(MEMBER).encode())
    return any(trace in path.read_bytes() for path in files.iterdir() for trace in traces)
