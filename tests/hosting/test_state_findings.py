"""What doctor finds where the state lies, on either engine, and that it shows no password."""

import re
from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from bot.config import Settings
from bot.hosting.finding import Finding
from bot.hosting.state_findings import state_findings
from bot.state.locks import hold_data
from bot.state.processes import Processes, ProcessNote
from tests.postgresql import Server, name_in
from tests.state_places import Place, PostgresqlPlace

NOTE = ProcessNote(
    id="one",
    host="alpha",
    pid=17,
    version="0.1.0",
    content="ab12",
    started_at=1_700_000_000,
    place=0,
    processes=2,
    shard_count=4,
    shard_ids=(0, 1),
)


def found(folder: Path, url: str | None = None) -> Sequence[Finding]:
    env = {"DATA_DIR": str(folder), **({"DATABASE_URL": url} if url else {})}
    return list(state_findings(Settings.from_env(env, folder, needs_token=False)))


def seen_in(place: Place, folder: Path) -> Sequence[Finding]:
    return found(folder, place.url if isinstance(place, PostgresqlPlace) else None)


async def test_processes_are_listed_and_well_where_they_show_the_same(
    place: Place, tmp_path: Path
) -> None:
    spare = replace(NOTE, id="two", host="beta", place=None, shard_count=None, shard_ids=())
    async with place.open() as database:
        for note in (spare, NOTE):
            await Processes(database).put(note)
    database_line, *others = map(str, await to_thread(seen_in, place, tmp_path))
    assert database_line.startswith("ok       database: ")
    assert others == [
        "ok       process: alpha (17): place 1 of 2, 2 shards; version 0.1.0, content ab12",
        "ok       process: beta (17): waits for a place; version 0.1.0, content ab12",
    ]


async def test_other_interviews_are_a_problem_with_a_way_out(place: Place, tmp_path: Path) -> None:
    async with place.open() as database:
        for note in (NOTE, replace(NOTE, id="two", host="beta", place=1, content="ff00")):
            await Processes(database).put(note)
    problem = (await to_thread(seen_in, place, tmp_path))[-1]
    assert str(problem).startswith("PROBLEM  interviews: the processes show different interviews.")
    assert "alpha, beta" in problem.remedy
    assert "copy DATA_DIR/packs" in problem.remedy
    assert problem.exit_code == 78


def test_a_database_that_is_empty_is_well(tmp_path: Path, database_url: str) -> None:
    finding, process = found(tmp_path, database_url)
    assert finding.exit_code == 0
    assert process.how == "none running"
    assert "the first start creates it" in finding.how
    assert name_in(database_url) in finding.how


async def test_a_database_tells_its_server_and_how_fast_it_is(
    server: Server, state_template: str, tmp_path: Path
) -> None:
    url = server.create_database(state_template)
    finding, _process = await to_thread(found, tmp_path, url)
    assert finding.exit_code == 0
    connection = await asyncpg.connect(url)
    number = str(await connection.fetchval("SHOW server_version")).partition(" ")[0]
    await connection.close()
    assert finding.how.startswith(f"PostgreSQL {number} at ")
    assert re.search(r"version (\d+) of \1, answers in ", finding.how)


async def test_a_database_that_takes_no_writes_is_a_problem(
    server: Server, state_template: str, tmp_path: Path
) -> None:
    url = server.create_database(state_template)
    server.execute(f"ALTER DATABASE {name_in(url)} SET default_transaction_read_only = on")
    (finding,) = await to_thread(found, tmp_path, url)
    assert finding.exit_code == 75
    assert "takes no writes" in finding.how
    assert "default_transaction_read_only" in finding.remedy


def test_a_database_that_is_away_may_come_back(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "postgresql://ada:hunter22@127.0.0.1:9/encore")
    assert finding.exit_code == 75
    assert "127.0.0.1:9/encore can't be reached" in str(finding)
    assert "hunter22" not in str(finding)


def test_a_database_that_is_not_there_is_a_problem(server: Server, tmp_path: Path) -> None:
    (finding,) = found(tmp_path, server.url("gone"))
    assert finding.exit_code == 78
    assert "There's no such database" in finding.how


async def test_another_programs_database_is_a_problem(tmp_path: Path, database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute("CREATE TABLE diary (line TEXT)")
    await connection.close()
    (finding,) = await to_thread(found, tmp_path, database_url)
    assert finding.exit_code == 78
    assert "is another program's database" in finding.how


@pytest.mark.parametrize("content", [b"", b"My dear diary. " * 500])
def test_a_file_that_is_no_state_is_a_problem(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state.sqlite3").write_bytes(content)
    assert (found(tmp_path)[0].exit_code == 78) is bool(content)


def test_a_bot_that_is_alone_is_seen_by_the_folder_that_it_holds(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite3").touch()
    with hold_data(tmp_path):
        assert found(tmp_path)[-1].how == "a bot is running on this data"
    assert found(tmp_path)[-1].how == "none running"
