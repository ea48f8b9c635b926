"""What the other tests count on: databases of their own, and a server that comes back and goes."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import pytest

from tests.postgresql import ROLE, Server, new_database
from tests.waiting import until

ROOT = Path(__file__).parents[3]
NOTE = "CREATE TABLE note (id BIGINT); INSERT INTO note VALUES (1)"
KILLED = """
import os, signal
from tests.postgresql import running_server
with running_server() as server:
    print(server.home, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


async def run(url: str, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        if ";" in statement:
            await connection.execute(statement)
            return []
        return await connection.fetch(statement)
    finally:
        await connection.close()


async def test_two_databases_know_nothing_of_each_other(server: Server, database_url: str) -> None:
    await run(database_url, NOTE)
    with new_database(server) as other, pytest.raises(asyncpg.UndefinedTableError):
        await run(other, "SELECT id FROM note")


async def test_the_bot_has_no_rights_but_in_its_database(database_url: str) -> None:
    rows = await run(database_url, "SELECT * FROM pg_roles WHERE rolname = current_user")
    assert rows[0]["rolname"] == ROLE
    assert not any(rows[0][name] for name in ("rolsuper", "rolcreatedb", "rolcreaterole"))


async def test_a_killed_server_comes_back_with_all_that_was_committed(
    server: Server, database_url: str
) -> None:
    await run(database_url, NOTE)
    server.kill()
    with pytest.raises((FileNotFoundError, ConnectionRefusedError)):
        await run(database_url, "SELECT id FROM note")
    server.start()
    assert [row["id"] for row in await run(database_url, "SELECT id FROM note")] == [1]


async def test_nothing_is_left_of_a_server_whose_tests_were_killed(server: Server) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, cwd=ROOT, stdout=subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert process.returncode == -signal.SIGKILL
    home = Path(os.fsdecode(output).strip())
    assert home.parent == server.home.parent
    await until(lambda: not home.exists())
