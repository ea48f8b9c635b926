"""What members did is seen on the page and on a terminal, whether the bot runs or not."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.conftest import BOTH, PATIENCE_SECONDS
from tests.end_to_end.stage import ROOT, BotProcess, unused_port
from tests.end_to_end.tables import new_channel
from tests.postgresql import new_database

COLOURS = {"TERM": "xterm-256color", "COLUMNS": "100"}


@pytest.fixture(scope="module", params=BOTH)
async def played(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    """Let a bot with a port run, at which two members have asked and answered."""
    with ExitStack() as stack:
        url = None
        if request.param == "postgresql":
            url = stack.enter_context(new_database(request.getfixturevalue("server")))
        async with LoopbackDiscord(first_answer_seconds=PATIENCE_SECONDS) as discord:
            extra = {"HEALTH_PORT": str(unused_port())}
            bot = BotProcess(discord, tmp_path_factory.mktemp("var"), extra=extra, database_url=url)
            await bot.start()
            await _play(discord)
            assert await bot.logged("ready as")
            yield bot
            await bot.stop()
            assert bot.errors() == []


async def _play(discord: LoopbackDiscord) -> None:
    """Ask for four quotes, of which one is none, and a question; answer twice, and report it."""
    world, members = discord.world, discord.members
    channel = new_channel(discord)
    for _n in range(3):
        await members.use_command(world.mika, channel, "quote")
    await members.use_command(world.mika, channel, "quote", {"find": "xylophone zebra"})
    asked = await members.use_command(world.robin, channel, "trivia", {"kind": "curated"})
    assert asked.message is not None
    for user in (world.mika, world.robin):
        verdict = await members.press(user, asked.message, asked.message.custom_ids[0])
    assert verdict.message is not None
    sheet = (await members.press(world.robin, verdict.message, "Report")).message
    assert sheet is not None
    await members.select(world.robin, sheet, sheet.custom_ids[0], ["spelling"])


def _page(bot: BotProcess, path: str = "/stats") -> str:
    with closing(HTTPConnection("127.0.0.1", int(bot.extra["HEALTH_PORT"]), timeout=60)) as asking:
        asking.request("GET", path)
        return asking.getresponse().read().decode()


async def type_stats(
    bot: BotProcess, *words: str, **more: str
) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bot", "stats", *words]
    return await asyncio.to_thread(
        subprocess.run,
        command,
        cwd=ROOT,
        env=bot.environment() | more,
        capture_output=True,
        text=True,
        check=False,
    )


async def figures(bot: BotProcess, **more: str) -> Any:
    told = await type_stats(bot, "--json", **more)
    assert (told.returncode, told.stderr) == (0, "")
    return json.loads(told.stdout)


async def test_what_was_just_done_is_on_the_page_and_then_on_the_terminal(
    played: BotProcess,
) -> None:
    # An answer is counted once it is sent, and told a moment later.
    for _n in range(100):
        page = await asyncio.to_thread(_page, played)
        if "9 answers in 30 days" in page:
            break
        await asyncio.sleep(0.5)
    assert "9 answers in 30 days" in page
    assert "reported: There's a typo (1 member)" in page
    told = await figures(played)
    # Midnight may have come in between.
    kinds = ("answers", "ok", "refused")
    assert [sum(day.get(kind, 0) for day in told["days"]) for kind in kinds] == [9, 8, 1]
    assert [(one["subject"], one["answers"]) for one in told["commands"]] == [
        ("trivia", 5),
        ("quote", 4),
    ]
    assert max(week["players"] for week in told["weeks"]) == 2
    (question,) = told["questions"]
    assert (question["answered"], question["reports"]) == (2, {"spelling": 1})
    lines = Path(question["file"]).read_text("utf-8").splitlines()
    assert lines[question["line"] - 1] == "[[questions]]"
    assert f"curated:{lines[question['line']].removeprefix('number = ')}" == question["item"]
    assert question["text"].endswith("?")
    assert told["live"]["servers"] == 1
    assert told["live"]["is_connected"] is True


async def test_prometheus_is_told_the_same(played: BotProcess) -> None:
    numbers = dict(
        line.rsplit(" ", 1)
        for line in (await asyncio.to_thread(_page, played, "/metrics")).splitlines()
        if not line.startswith("#")
    )
    assert float(numbers["encore_players_this_week"]) == 2
    assert float(numbers["encore_posts_due"]) == float(numbers["encore_posts_overdue"]) == 0
    if sys.platform == "linux":
        assert 20e6 < float(numbers["process_resident_memory_bytes"]) < 1e9
        dashboard = (ROOT / "deploy" / "grafana-dashboard.json").read_text("utf-8")
        asked = set(re.findall(r"\b(?:encore|process)_\w+", dashboard))
        told = {name.partition("{")[0] for name in numbers}
        assert asked - told == set(), "each panel has something to show, of a single bot too"


async def test_in_a_pipe_it_is_plain(played: BotProcess) -> None:
    told = await type_stats(played, FORCE_COLOR="1", **COLOURS)
    assert (told.returncode, told.stderr) == (0, "")
    assert "\x1b" not in told.stdout
    assert told.stdout.isascii()
    assert "reported: There's a typo (1 member)" in told.stdout
    assert "Half came within" in told.stdout


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no such terminals; cannot be avoided"
)
@pytest.mark.parametrize("is_plain", [False, True])
async def test_on_a_terminal_it_is_drawn(played: BotProcess, is_plain: bool) -> None:
    terminal, theirs = os.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "stats"),
        cwd=ROOT,
        env=played.environment() | COLOURS | ({"NO_COLOR": "1"} if is_plain else {}),
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    told = (await asyncio.to_thread(_read_all, terminal)).decode()
    assert await process.wait() == 0
    assert "█" in told
    assert ("\x1b[35m" in told) is not is_plain
    # In January the year is told too.
    axis = r"  \d+ [A-Z][a-z]{2}( \d{4})? +today, \d+ [A-Z][a-z]{2}"
    assert re.search(axis, told), "an axis has ends"
    assert "trivia.toml:" in told, "where an editor has to look is never cut"


def _read_all(terminal: int) -> bytes:
    told = b""
    # Linux says so where nobody writes any more.
    with suppress(OSError):
        while part := os.read(terminal, 65_536):
            told += part
    os.close(terminal)
    return told


async def test_without_a_port_or_a_bot_the_sums_are_told_and_what_is_missing(
    played: BotProcess,
) -> None:
    without = await type_stats(played, HEALTH_PORT="")
    assert "Set HEALTH_PORT to see servers, memory" in without.stdout
    silent = await type_stats(played, HEALTH_PORT="9")
    assert "No bot answers on port 9, so servers and memory are unknown" in silent.stdout
    for told in (without, silent):
        assert told.returncode == 0
        assert "Servers" not in told.stdout
        assert "Posts overdue" in told.stdout
    assert (await figures(played, HEALTH_PORT=""))["live"] is None


async def test_sums_outlive_the_bot(tmp_path: Path) -> None:
    async with LoopbackDiscord() as discord:
        bot = BotProcess(discord, tmp_path)
        for answers in (3, 6):
            await bot.start()
            for _n in range(3):
                await discord.members.use_command(discord.world.mika, new_channel(discord), "fact")
            assert await bot.stop() == 0
            # Midnight may have come in between.
            days = (await figures(bot))["days"]
            assert sum(day["answers"] for day in days) == answers
        assert bot.errors() == []


async def test_where_no_bot_has_run_that_is_said(tmp_path: Path) -> None:
    async with LoopbackDiscord() as discord:
        told = await type_stats(BotProcess(discord, tmp_path / "var"))
    assert told.returncode == 78
    assert told.stderr == (
        "No bot has run here yet, so there's nothing to count. Start one with: encore run\n"
    )
    assert not (tmp_path / "var").exists()
