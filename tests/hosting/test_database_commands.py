"""What a host asks for where the state lies in a PostgreSQL: the same, and with the same words."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time

import asyncpg
import pytest

from bot.errors import OperatorError, UnavailableError
from bot.hosting.backup import back_up
from bot.hosting.forget import forget
from bot.hosting.report_list import reported
from bot.hosting.restore import restore, what_came_back
from bot.interview.audience import SpoilerPolicy
from bot.state.bags import Bags
from bot.state.erasure import Erasure
from bot.state.lock_names import FORGETTING
from bot.state.members import Members
from bot.state.postgresql.advisory_locks import AdvisoryLocks
from bot.state.reports import Reason, Reports
from bot.state.store import open_state
from bot.text import Text, say
from tests.postgresql import Server

MEMBER = 0x0123456789ABCDEF


@pytest.fixture
async def data_dir(tmp_path: Path, database_url: str) -> Path:
    async with open_state(tmp_path / "var", database_url) as database:
        await Members(database).put_spoilers(MEMBER, SpoilerPolicy.HIDE)
        await Reports(database, time).put(MEMBER, "boat", "curated:7", Reason.SPELLING)
    return tmp_path / "var"


def _yes(_question: Text) -> bool:
    return True


async def _forget(data_dir: Path, url: str, user_id: int = MEMBER) -> str:
    sentence, is_well = await asyncio.to_thread(forget, data_dir, user_id, _yes, url)
    assert is_well
    return say(sentence)


async def test_a_member_is_forgotten_and_the_host_is_told_what_there_was(
    data_dir: Path, database_url: str
) -> None:
    sentence = await _forget(data_dir, database_url)
    about = f"Everything about {MEMBER} is deleted: 1 reported mistake, their own choices. "
    assert sentence.startswith(about)
    assert await _forget(data_dir, database_url) == f"Nothing is stored about {MEMBER}."


async def test_a_member_is_not_forgotten_while_a_copy_is_put_in_place(
    data_dir: Path, database_url: str
) -> None:
    async with AdvisoryLocks(database_url).at_work(FORGETTING):
        with pytest.raises(UnavailableError, match="Another process is working"):
            await _forget(data_dir, database_url)
    async with open_state(data_dir, database_url) as database:
        counts = await Erasure(database, time, Bags(database)).counts(MEMBER)
    assert counts["member_setting"] == 1


async def test_reports_are_listed(data_dir: Path, database_url: str) -> None:
    (item,) = await asyncio.to_thread(reported, Path("data"), data_dir, database_url)
    assert str(item) == "boat, curated 7 (no longer there): There's a typo (1 member)"
    assert item.as_json() == {
        "slug": "boat",
        "item": "curated:7",
        "reason": "spelling",
        "members": 1,
        "file": None,
        "line": None,
    }


async def test_a_copy_is_written_on_a_host_that_has_no_folder_yet(
    data_dir: Path, database_url: str, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    sentence = await asyncio.to_thread(back_up, elsewhere, None, database_url)
    (file,) = (elsewhere / "backups").iterdir()
    assert say(sentence).startswith(f"Wrote {file} (")
    assert say(sentence).endswith("): 1 member.")
    await _forget(data_dir, database_url)
    await asyncio.to_thread(restore, file, data_dir, database_url)
    told = await asyncio.to_thread(what_came_back, file, data_dir, database_url)
    assert say(told) == f"Restored {file}: nothing from members yet."
    assert await _forget(data_dir, database_url) == f"Nothing is stored about {MEMBER}."


async def test_a_database_that_cannot_be_reached_is_a_sentence(
    data_dir: Path, database_url: str, tmp_path: Path
) -> None:
    url = database_url.replace("5432", "5433").replace("encore@", "encore:secret@")
    for command in (
        lambda: back_up(data_dir, tmp_path / "copy.zip", url),
        lambda: reported(Path("data"), data_dir, url),
        lambda: forget(data_dir, MEMBER, _yes, url),
        lambda: restore(tmp_path / "copy.zip", data_dir, url),
    ):
        with pytest.raises(UnavailableError, match="can't be reached") as told:
            await asyncio.to_thread(command)
        assert "secret" not in str(told.value)


async def test_a_database_that_goes_while_a_copy_is_put_in_place_is_a_sentence(
    data_dir: Path, database_url: str, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def gone(_data_dir: Path) -> Iterator[None]:
        server.stop()
        yield

    monkeypatch.setattr("bot.hosting.restore.hold_interviews", gone)
    try:
        with pytest.raises(UnavailableError, match="can't be used right now"):
            await asyncio.to_thread(restore, data_dir / "copy.zip", data_dir, database_url)
    finally:
        server.start()


async def test_another_programs_database_is_left_alone(database_url: str, tmp_path: Path) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute("CREATE TABLE theirs (a INTEGER)")
    for command in (
        lambda: back_up(tmp_path / "var", None, database_url),
        lambda: restore(tmp_path / "copy.zip", tmp_path / "var", database_url),
        lambda: forget(tmp_path / "var", MEMBER, _yes, database_url),
    ):
        with pytest.raises(OperatorError, match="another program's database"):
            await asyncio.to_thread(command)
    assert (
        await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname='public'") == 1
    )
    await connection.close()
