"""Processes share a bot by themselves: each takes a place, and one more waits for one."""

import asyncio
import json
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest

from playground import LoopbackDiscord
from tests.end_to_end.cluster import Hosts, large_discord
from tests.end_to_end.conftest import complaints
from tests.end_to_end.stage import ROOT, unused_port
from tests.postgresql import Server

SHARDS = 4
"""What two processes make of the three shards that Discord would like."""


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with large_discord(shards=SHARDS - 1, identify_seconds=0) as discord:
        yield discord
    assert complaints(discord, described=()) == []


@pytest.fixture(params=["sqlite", "postgresql"])
async def hosts(
    request: pytest.FixtureRequest, discord: LoopbackDiscord, content: Path, tmp_path: Path
) -> AsyncIterator[Hosts]:
    async with Hosts(discord, tmp_path, content, shard_count=SHARDS) as hosts:
        if request.param == "postgresql":
            hosts.database_url = request.getfixturevalue("database_url")
        yield hosts
    assert hosts.errors() == []


async def asked(port: int, path: str) -> tuple[int, str]:
    """Ask a process how it is, as soon as it can be asked."""
    async with aiohttp.ClientSession() as session:
        for _n in range(600):
            with suppress(aiohttp.ClientConnectionError):
                async with session.get(f"http://127.0.0.1:{port}{path}") as answer:
                    return answer.status, await answer.text()
            await asyncio.sleep(0.05)
    raise AssertionError


async def test_a_spare_waits_and_takes_the_place_of_who_dies(hosts: Hosts) -> None:
    first, second = await hosts.join(), await hosts.join()
    await hosts.until_whole()
    assert await hosts.until(lambda: all(hosts.owners().values()))
    assert sorted(map(sorted, (hosts.shards_of(first), hosts.shards_of(second)))) == [
        [0, 1],
        [2, 3],
    ]
    port = unused_port()
    spare = await hosts.join(HEALTH_PORT=str(port))
    assert await spare.logged("All 2 places are taken")
    status, body = await asked(port, "/health")
    report = json.loads(body)
    assert (status, report["lives"], report["is_spare"]) == (200, True, True)
    assert hosts.shards_of(spare) == set()
    orphans = hosts.shards_of(second)
    await hosts.kill(second)
    assert await hosts.until(lambda: hosts.shards_of(spare) == orphans, within=15)
    assert sum("places are taken" in line for line in spare.log) == 1
    for shard in range(SHARDS):
        assert (await hosts.use(shard, "quote")).status == "answered"
    status, body = await asked(port, "/health")
    assert status == 200
    assert [note["place"] for note in json.loads(body)["processes"]] == [0, 1]
    assert 'encore_process_up{content="' in (await asked(port, "/metrics"))[1]
    assert await hosts.stop() == [0, -9, 0]


async def test_who_would_share_differently_waits_until_the_others_have_ended(
    hosts: Hosts,
) -> None:
    first, second = await hosts.join(), await hosts.join()
    await hosts.until_whole()
    third = await hosts.join(4)
    assert await third.logged("runs with PROCESSES=2 and SHARD_COUNT=4, this one doesn't")
    assert hosts.shards_of(third) == set()
    assert await hosts.stop(first, second) == [0, 0]
    assert await hosts.until(lambda: hosts.shards_of(third) == {0}, within=15)


async def test_a_shard_that_somebody_serves_is_served_by_nobody_else(hosts: Hosts) -> None:
    extra = {"DATABASE_URL": hosts.database_url} if hosts.database_url else {}
    folders = ("var", "elsewhere") if hosts.database_url else ("var", "var")
    first = await hosts.launch(folders[0], SHARD_COUNT="4", SHARD_IDS="0,1,2", **extra)
    await hosts.until_whole({0, 1, 2})
    second = await hosts.launch(folders[1], SHARD_COUNT="4", SHARD_IDS="2,3", **extra)
    assert await second.ended() == 75
    assert "Shard 2 is already served by another process" in "\n".join(second.log)
    assert hosts.shards_of(first) == hosts.shards() == {0, 1, 2}


async def test_a_bot_that_would_serve_everything_does_not_start_beside_them(hosts: Hosts) -> None:
    await hosts.join()
    await hosts.until_whole({0, 1})
    extra = {"DATABASE_URL": hosts.database_url} if hosts.database_url else {}
    whole = await hosts.launch(**extra)
    assert await whole.ended() == 75
    assert "A bot is running on" in "\n".join(whole.log)


async def test_a_host_with_other_interviews_says_so_and_how_to_mend_it(
    hosts: Hosts, tmp_path: Path
) -> None:
    await hosts.join()
    await hosts.until_whole({0, 1})
    packs = tmp_path / "packs"
    shutil.copytree(ROOT / "data", packs)
    quotes = next(packs.rglob("quotes.toml"))
    quotes.write_text(quotes.read_text("utf-8") + "\n", "utf-8")
    other = await hosts.join(PACKS_DIR=str(packs))
    assert await other.logged("The interviews here differ from those on")
    warning = next(line for line in other.log if "interviews here differ" in line)
    assert '"WARNING"' in warning
    assert "copy DATA_DIR/packs there" in warning


async def test_a_database_that_is_started_again_changes_no_place(
    discord: LoopbackDiscord, content: Path, tmp_path: Path, database_url: str, server: Server
) -> None:
    async with Hosts(discord, tmp_path, content, shard_count=SHARDS) as hosts:
        hosts.database_url = database_url
        for _n in range(3):
            await hosts.join()
        await hosts.until_whole()
        assert await hosts.until(lambda: all(hosts.owners().values()))
        before = hosts.owners()
        server.kill()
        waits = next(bot for bot in hosts.bots if not hosts.shards_of(bot))
        assert await waits.logged("locks of the state database: not working for now")
        # What needs no state is answered all the same.
        assert (await hosts.use(0, "help")).status == "answered"
        server.start()
        for bot in hosts.bots:
            assert await bot.logged("locks of the state database: working again")
        await asyncio.sleep(2)
        assert hosts.owners() == before
        assert hosts.running() == hosts.bots
        assert (await hosts.use(3, "quote")).status == "answered"
        assert await hosts.stop() == [0, 0, 0]


async def test_a_process_that_was_replaced_while_it_slept_ends(
    discord: LoopbackDiscord, content: Path, tmp_path: Path, database_url: str, server: Server
) -> None:
    async with Hosts(discord, tmp_path, content, shard_count=SHARDS) as hosts:
        hosts.database_url = database_url
        sleeper = await hosts.join()
        assert await sleeper.logged("Serving shards 0,1 of 4: place 1 of 2.")
        await hosts.join()
        await hosts.until_whole()
        spare = await hosts.join()
        assert await spare.logged("All 2 places are taken")
        assert sleeper.process is not None
        sleeper.process.send_signal(signal.SIGSTOP)
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            f" WHERE application_name LIKE '%, process {sleeper.process.pid}'"
        )
        assert await spare.logged("Serving shards 0,1 of 4: place 1 of 2.")
        sleeper.process.send_signal(signal.SIGCONT)
        assert await sleeper.ended() == 75
        assert "has taken place 1." in "\n".join(sleeper.log)
        # Its sessions begin in turn, after those of who slept.
        await hosts.until_whole()
        assert (await hosts.use(0, "quote")).status == "answered"
