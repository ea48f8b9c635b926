"""What /health tells, to whom, and in which words `encore health` says it."""

import asyncio
import json
import resource
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

import aiohttp
import pytest

from bot.hosting import health
from bot.hosting.health import serve_health
from bot.hosting.presence import Presence
from bot.process.file_lock import locked
from bot.process.outages import Outages, Part
from bot.state.processes import ProcessNote
from playground import LoopbackDiscord
from tests.end_to_end.stage import ROOT, BotProcess, unused_port
from tests.full_disk import NO_BYTECODE
from tests.packs import quote, write_lines, write_pack
from tests.waiting import until


@dataclass
class Watched:
    """A bot with a port for its health."""

    bot: BotProcess
    port: int

    def _get(self, path: str, host: str, address: str) -> tuple[int, str]:
        with closing(HTTPConnection(address, self.port, timeout=60)) as connection:
            connection.request("GET", path, headers={"Host": host})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    async def get(
        self, path: str = "/health", host: str = "localhost", address: str = "127.0.0.1"
    ) -> tuple[int, str]:
        return await asyncio.to_thread(self._get, path, host, address)

    async def report(self) -> tuple[int, Any]:
        status, body = await self.get()
        return status, json.loads(body)

    async def first_report(self) -> tuple[int, Any]:
        """Ask until anybody answers."""
        for _n in range(600):
            try:
                return await self.report()
            except ConnectionError:
                await asyncio.sleep(0.1)
        raise AssertionError(self.bot.log)

    async def until(self, *, lives: bool) -> Any:
        """Ask until it lives, or does not; gives what it then tells."""
        for _n in range(600):
            _status, report = await self.report()
            if report["lives"] is lives:
                return report
            await asyncio.sleep(0.1)
        raise AssertionError(self.bot.log)

    async def command(self, *words: str) -> tuple[int, str]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "health", *words),
            cwd=ROOT,
            # A proxy is not asked about this machine.
            env=self.bot.environment() | {"http_proxy": "http://127.0.0.1:9"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        assert err == b""
        assert process.returncode is not None
        return process.returncode, out.decode()


@pytest.fixture(scope="module")
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as discord:
        yield discord


@pytest.fixture
async def watched(discord: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Watched]:
    port = unused_port()
    bot = BotProcess(discord, tmp_path, extra={"HEALTH_PORT": str(port), **NO_BYTECODE})
    await bot.start()
    assert await bot.logged("ready as")
    yield Watched(bot, port)
    await bot.kill()
    assert bot.errors() == []


async def test_a_well_bot_says_so_in_words(watched: Watched) -> None:
    assert (await watched.report())[1]["outages"] == {}
    assert await watched.command() == (0, "Healthy: connected, 1 server\n")


async def test_a_discord_that_is_away_is_told_and_no_reason_to_start_again(
    tmp_path: Path,
) -> None:
    async with LoopbackDiscord() as discord:
        extra = {"HEALTH_PORT": str(unused_port()), "DISCORD_API_URL": "http://127.0.0.1:9"}
        bot = BotProcess(discord, tmp_path, extra=extra)
        watched = Watched(bot, int(extra["HEALTH_PORT"]))
        await bot.launch()
        assert await bot.logged("Discord can't be reached")
        code, words = await watched.command()
        assert code == 0
        assert words.startswith("Healthy: not connected to Discord, 0 servers\n")
        assert "Discord: not working for now: Discord can't be reached" in words
        assert (await watched.report())[0] == 200
        assert await bot.stop() == 0


async def test_a_locked_state_is_seen_and_passes(watched: Watched) -> None:
    path = watched.bot.data_dir / "state.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, report = await watched.report()
        assert status == 503
        # What looks into it by itself may have noticed as well.
        assert "state database" in report["outages"]
        code, words = await watched.command()
        assert code == 1
        assert words.startswith(
            "Not healthy: connected, 1 server\nstate database: not working for now"
        )
    await watched.until(lives=True)
    assert await watched.bot.stop() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="cannot be avoided: limits of a process")
async def test_a_full_disk_is_seen_and_passes(watched: Watched) -> None:
    assert watched.bot.process is not None
    pid = watched.bot.process.pid
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, before[1]))
    report = await watched.until(lives=False)
    assert "state database" in report["outages"]
    resource.prlimit(pid, resource.RLIMIT_FSIZE, before)
    assert (await watched.until(lives=True))["outages"] == {}
    assert await watched.bot.stop() == 0


async def test_a_damaged_state_is_seen(watched: Watched) -> None:
    path = watched.bot.data_dir / "state.sqlite3"
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(b"My dear diary. " * (path.stat().st_size // 15))
    report = await watched.until(lives=False)
    assert "state database" in report["outages"]
    assert await watched.bot.stop() == 0


async def test_a_bot_that_builds_its_interviews_is_well_and_says_so(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    port = unused_port()
    watched = Watched(BotProcess(discord, tmp_path, extra={"HEALTH_PORT": str(port)}), port)
    (tmp_path / "locks").mkdir()
    with locked(tmp_path / "locks" / "content", 0):
        # It waits for another who builds them; nothing of Discord or the state is there yet.
        await watched.bot.launch()
        status, report = await watched.first_report()
        assert status == 200
        assert report["lives"] is True
        assert report["starting"] == "building the interviews"
        assert await watched.command() == (
            0,
            "Healthy, and starting: building the interviews\n",
        )
        assert "# HELP" in (await watched.get("/metrics"))[1]
        assert (await watched.get("/"))[0] == 303
        assert "<p>Building the interviews</p>" in (await watched.get("/stats"))[1]
    assert await watched.bot.logged("ready as")
    assert "starting" not in (await watched.report())[1]
    assert await watched.bot.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM; cannot be avoided")
async def test_a_signal_while_the_interviews_are_built_leaves_nothing_behind(
    discord: LoopbackDiscord, tmp_path: Path, number: signal.Signals
) -> None:
    pack = write_pack(tmp_path / "data" / "boat", quotes=[])
    write_lines(pack / "quotes.jsonl", (quote(n) for n in range(1, 100_000)))
    bot = BotProcess(discord, tmp_path / "var", tmp_path / "data")
    await bot.launch()
    await until(lambda: list(bot.data_dir.glob("content-*.building")))
    assert bot.process is not None
    bot.process.send_signal(number)
    assert await bot.ended() == 0
    assert list(bot.data_dir.glob("content-*")) == []
    assert bot.count("built the content") == 0
    assert bot.errors() == []


async def test_a_page_that_gives_its_name_our_address_learns_nothing(watched: Watched) -> None:
    for path in ("/health", "/metrics"):
        for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "::1", ""):
            status, body = await watched.get(path, host)
            assert status in (400, 421)
            assert "lives" not in body
            assert "encore" not in body
        for name in ("localhost", "127.0.0.1:1", f"[::1]:{watched.port}", "LOCALHOST"):
            assert (await watched.get(path, name))[0] == 200


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not _has_ipv6(), reason="this machine has no ::1; cannot be avoided")
async def test_both_loopbacks_answer(watched: Watched) -> None:
    assert (await watched.get(address="::1"))[0] == 200


ALONE = Presence(
    None,
    ProcessNote(id="me", host="here", pid=1, version="1", content="x", started_at=0),
    Outages(),
)


class Shards:
    """A bot that is watched for hours, and knows when it was asked whether it is there."""

    def __init__(self) -> None:
        self.now = 0.0
        self.is_there = True
        self.was_asked = asyncio.Event()
        self.latency, self.guilds, self.outages = 0.1, (), Outages()
        self.state = SimpleNamespace(pulse=SimpleNamespace(beat=AsyncMock()))

    @property
    def is_connected(self) -> bool:
        self.was_asked.set()
        return self.is_there

    async def pass_by(self, seconds: float) -> None:
        """Let time pass in which nobody asks for /health."""
        self.now += seconds
        for _n in range(2):
            self.was_asked.clear()
            await self.was_asked.wait()


async def test_only_a_long_silence_that_nobody_can_explain_is_death(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shards: Any = Shards()
    monkeypatch.setattr(health, "monotonic", lambda: shards.now)
    monkeypatch.setattr(health, "_LISTEN_SECONDS", 0.01)
    port = unused_port()

    async def status() -> int:
        async with session.get(f"http://127.0.0.1:{port}/health") as answer:
            return answer.status

    async with serve_health(shards, ALONE, port), aiohttp.ClientSession() as session:
        await shards.pass_by(3600)
        shards.is_there = False
        await shards.pass_by(1)
        assert await status() == 200, "a second into a reconnect, and an hour after the last look"
        for shard_id in range(16):
            shards.outages.begin(Part.DISCORD, "the brake", shard_id)
            await shards.pass_by(410)
            shards.outages.end(Part.DISCORD, shard_id)
            await shards.pass_by(1)
            assert await status() == 200
        await shards.pass_by(3600)
        assert await status() == 503


async def test_a_program_is_told_all_that_the_bot_says(watched: Watched) -> None:
    code, document = await watched.command("--json")
    assert code == 0
    _status, report = await watched.report()
    told = json.loads(document)
    assert told.keys() == report.keys()
    assert (told["lives"], told["is_connected"], told["servers"]) == (True, True, 1)
