"""What a host types: doctor, backup, restore, forget, health, each as a process of its own."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import ROOT
from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess, unused_port


class Host:
    """Whoever types the commands, with a data folder."""

    def __init__(self, data_dir: Path, api_url: str = "http://127.0.0.1:9") -> None:
        self.data_dir = data_dir
        self.env = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(data_dir),
            "DISCORD_TOKEN": "MTIzNDU2Nzg5MDEyMzQ1Njc4.abcdef.abcdefghijklmnopqrstuvwxyz0",
            "DISCORD_API_URL": api_url,
        }

    def type(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=ROOT,
            env=self.env | more,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path / "var")


async def _live(discord: LoopbackDiscord, data_dir: Path) -> None:
    """Let a member save a quote, and the bot stop."""
    bot = BotProcess(discord, data_dir)
    await bot.start()
    mika, general = discord.world.mika, discord.world.general
    quote = await discord.members.use_command(mika, general, "quote")
    assert quote.message is not None
    await discord.members.press(mika, quote.message, "Save")
    await bot.stop()


@pytest.fixture(scope="module")
async def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder in which a bot has lived."""
    async with LoopbackDiscord() as discord:
        await _live(discord, folder := tmp_path_factory.mktemp("var"))
    return folder


async def test_an_installation_moves_to_another_machine(tmp_path: Path) -> None:
    async with LoopbackDiscord() as discord:
        here, there = Host(tmp_path / "here"), Host(tmp_path / "there")
        await _live(discord, here.data_dir)
        file = tmp_path / "encore.zip"
        assert here.type("backup", str(file)).stdout.startswith("Wrote")
        assert there.type("restore", str(file)).stdout.startswith("Restored")
        bot = BotProcess(discord, there.data_dir)
        await bot.start()
        mika, general = discord.world.mika, discord.world.general
        saved = await discord.members.use_command(mika, general, "saved")
        assert "What you saved: 1" in saved.text
        refused = there.type("restore", str(file))
        assert refused.returncode == 75
        assert "Another bot uses" in refused.stderr
        examined = await asyncio.to_thread(there.type, "doctor", DISCORD_API_URL=discord.url)
        assert examined.returncode == 0, examined.stdout
        second = BotProcess(discord, there.data_dir)
        await second.launch()
        assert await second.ended() == 75
        forgotten = there.type("forget", str(mika.id))
        assert forgotten.stdout.strip() == f"Everything about {mika.id} is deleted."
        saved = await discord.members.use_command(mika, general, "saved")
        assert "You have saved nothing yet." in saved.text
        await bot.stop()


def test_doctor_says_what_is_wrong_and_changes_nothing(host: Host) -> None:
    found = host.type("doctor", DISCORD_TOKEN="mine")
    assert found.returncode == 78
    problems = [line for line in found.stdout.splitlines() if line.startswith("PROBLEM")]
    assert "The token does not look like a bot's token" in problems[0]
    assert "Discord: cannot be reached" in problems[1]
    assert len(problems) == 2
    assert not host.data_dir.exists()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda path: path.write_bytes(b"x" * 8192), "file is not a database"),
        (lambda path: path.write_bytes(path.read_bytes()[:5000]), "database"),
        (lambda path: _pragma(path, "application_id = 1"), "is another program's"),
        (lambda path: _pragma(path, "user_version = 999"), "written by a newer version"),
        (lambda path: path.chmod(0o644), "others may read"),
    ],
)
async def test_doctor_looks_into_the_database(
    host: Host, lived_in: Path, spoil: object, told: str
) -> None:
    shutil.copytree(lived_in, host.data_dir)
    async with LoopbackDiscord() as discord:
        host.env["DISCORD_API_URL"] = discord.url
        assert callable(spoil)
        spoil(host.data_dir / "state.sqlite3")
        outcome = await asyncio.to_thread(host.type, "doctor")
    (problem,) = [line for line in outcome.stdout.splitlines() if line.startswith("PROBLEM")]
    assert told in problem


def _pragma(path: Path, pragma: str) -> None:
    with closing(sqlite3.connect(path)) as state:
        state.execute(f"PRAGMA {pragma}")


def test_forgetting_where_nothing_is_stored_makes_no_file(host: Host) -> None:
    assert host.type("forget", "4711").stdout.strip() == "Nothing is stored about anybody yet."
    assert not host.data_dir.exists()


def test_health_without_a_bot(host: Host) -> None:
    unset = host.type("health")
    assert unset.returncode == 78
    assert "HEALTH_PORT is not set. Set it" in unset.stderr
    asked = host.type("health", HEALTH_PORT="9")
    assert asked.returncode == 1
    assert "does not answer on port 9" in asked.stdout


async def test_health_and_metrics_of_a_running_bot(tmp_path: Path) -> None:
    port = unused_port()
    async with LoopbackDiscord() as discord:
        bot = BotProcess(discord, tmp_path, extra={"HEALTH_PORT": str(port)})
        await bot.start()
        mika, general = discord.world.mika, discord.world.general
        quote = await discord.members.use_command(mika, general, "quote")
        assert quote.message is not None
        await discord.members.press(mika, quote.message, "Context")
        await discord.members.use_command(mika, general, "quote", {"find": "#999"})
        page = await asyncio.to_thread(
            lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read().decode()
        )
        assert 'encore_answers_total{asked="quote",outcome="ok"} 2.0' in page
        assert 'encore_answers_total{asked="quote",outcome="refused"} 1.0' in page
        assert "encore_answer_seconds_count 3.0" in page
        assert "encore_guilds 1.0" in page
        assert str(mika.id) not in page
        other = BotProcess(discord, tmp_path / "b", extra={"HEALTH_PORT": str(port)})
        await other.launch()
        assert await other.ended() == 75
        assert any("is taken" in line for line in other.log)
        discord.faults.break_connections()
        asked = await asyncio.to_thread(Host(tmp_path).type, "health", HEALTH_PORT=str(port))
        assert asked.returncode == 0, "a Discord that is away is no reason to start again"
        await bot.stop()
