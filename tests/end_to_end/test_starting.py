"""Starting and stopping: what is wrong is told, what runs is finished, nothing is left behind."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.stage import ROOT, BotProcess, answers
from tests.interview.loading.checkouts import FIRST, TALK
from tests.packs import quote, write_pack
from tests.waiting import until

POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has no SIGTERM; cannot be avoided"
)


async def run(*arguments: str, **env: str) -> tuple[int, str]:
    """Run a command of the bot with nothing in its environment; exit code and standard error."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=ROOT,
        env={**kept, "PYTHON_DOTENV_DISABLED": "1", **env},
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
    )
    _out, err = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    return process.returncode, err.decode()


async def test_all_mistakes_in_the_settings_are_told_at_once() -> None:
    code, told = await run(
        "run", DEV_GUILD_ID="home", LOG_LEVEL="LOUD", DISCORD_API_URL="https://discord.com"
    )
    assert code == 78
    for name in ("DISCORD_TOKEN", "DEV_GUILD_ID", "LOG_LEVEL", "DISCORD_API_URL"):
        assert name in told
    assert "encore playground" in told
    assert "Traceback" not in told


async def test_a_token_that_discord_refuses_is_a_sentence(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    wrong = own_discord.token[:-4] + "AAAA"
    own_bot.extra["DISCORD_TOKEN"] = wrong
    await own_bot.launch()
    assert await own_bot.ended() == 78
    told = "\n".join(own_bot.log)
    assert "Discord doesn't accept the token." in told
    assert "encore playground" in told
    assert "Traceback" not in told
    assert wrong not in told


async def test_the_token_can_stand_in_a_file(
    own_discord: LoopbackDiscord, own_bot: BotProcess, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text(own_discord.token + "\n")
    own_bot.extra |= {"DISCORD_TOKEN": "", "DISCORD_TOKEN_FILE": str(tmp_path / "token")}
    await own_bot.start()
    assert await own_bot.stop() == 0


async def test_the_token_is_in_no_log_line_at_any_level(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    own_bot.extra["LOG_LEVEL"] = "DEBUG"
    await own_bot.start()
    world = own_discord.world
    await own_discord.members.use_command(world.robin, world.general, "quote", {"find": "sesame"})
    await own_bot.stop()
    told = "\n".join(own_bot.log)
    assert own_discord.token not in told
    assert "sesame" not in told, "what members type is in no log"


@pytest.fixture(scope="module")
async def past(
    discord: LoopbackDiscord, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[BotProcess]:
    """Give a bot that was started and stopped."""
    bot = BotProcess(discord, tmp_path_factory.mktemp("var"))
    await bot.start()
    assert await bot.logged("invite the bot")
    await bot.stop()
    yield bot
    await bot.kill()


def test_the_invite_link_asks_for_what_is_needed_and_no_more(past: BotProcess) -> None:
    (link,) = re.findall(r"https://discord\.com/oauth2/authorize\S+?(?=\")", "\n".join(past.log))
    assert "scope=bot+applications.commands" in link
    assert "permissions=309237697536" in link


def test_only_servers_are_asked_for(past: BotProcess) -> None:
    assert [identify["intents"] for identify in past.discord.identified] == [1]


def test_every_log_line_is_one_event_in_json(past: BotProcess) -> None:
    lines = [line for line in past.log if line.startswith("{")]
    assert len(lines) > 3
    for line in lines:
        assert {"level", "logger", "message", "timestamp"} <= json.loads(line).keys()


@asynccontextmanager
async def relay_at_ipv6(discord: LoopbackDiscord) -> AsyncIterator[str]:
    """Bring what comes to ::1 to a Discord at 127.0.0.1; gives the address."""
    pumps: list[asyncio.Task[None]] = []

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            writer.write(data)
        writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", discord.port)
        pumps.append(asyncio.create_task(pump(reader, there_writer)))
        pumps.append(asyncio.create_task(pump(there_reader, writer)))

    async with await asyncio.start_server(connect, "::1", discord.port):
        yield f"http://[::1]:{discord.port}"
        for one in pumps:
            one.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)


@pytest.mark.skipif(not socket.has_ipv6, reason="this Python knows no IPv6: cannot be avoided")
async def test_a_discord_on_ipv6_loopback_is_found(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    async with relay_at_ipv6(own_discord) as url:
        own_bot.extra |= {"DISCORD_API_URL": url, "SHARD_COUNT": "1"}
        await own_bot.start()
        assert await answers(own_discord)
        assert await own_bot.stop() == 0


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_with_nothing_left_open(
    own_discord: LoopbackDiscord, own_bot: BotProcess, number: signal.Signals
) -> None:
    await own_bot.start()
    assert own_bot.process is not None
    own_bot.process.send_signal(number)
    assert await own_bot.ended() == 0
    assert not own_discord.is_connected
    left = {path.name for path in own_bot.data_dir.iterdir()}
    assert not [name for name in left if name.endswith(("-wal", "-shm", ".building"))]
    assert own_bot.errors() == []


@POSIX
async def test_what_is_being_answered_is_finished_before_the_end(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    world = own_discord.world
    answer = own_discord.faults.slow("*/callback", 1.0, times=1)
    asked = asyncio.create_task(
        own_discord.members.use_command(world.robin, world.general, "quote")
    )
    await until(lambda: answer.times == 0)
    assert await own_bot.stop() == 0
    assert (await asked).status == "answered"


@POSIX
async def test_while_it_stops_every_door_says_the_same_and_nothing_is_lost(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    world, members = own_discord.world, own_discord.members
    card = await members.use_command(world.robin, world.general, "quote")
    assert card.message is not None
    answer = own_discord.faults.slow("*/callback", 2.0, times=1)
    answering = asyncio.create_task(members.use_command(world.robin, world.general, "quote"))
    await until(lambda: answer.times == 0)
    stopping = asyncio.create_task(own_bot.stop())
    assert await own_bot.logged("stopping")
    doors = [
        members.use_command(world.mika, world.general, "quote"),
        members.press(world.mika, card.message, "Save"),
        members.press(world.robin, card.message, "Another"),
    ]
    for refused in await asyncio.gather(*doors):
        assert refused.text == "I'm restarting. Try again in a minute."
    assert (await answering).status == "answered"
    assert await stopping == 0
    assert not any("Session is closed" in line for line in own_bot.log)
    assert own_bot.errors() == []


@POSIX
async def test_presses_throughout_a_stop_break_nothing(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    world, members = own_discord.world, own_discord.members
    card = await members.use_command(world.robin, world.general, "quote")
    assert card.message is not None
    message = card.message

    async def press_on() -> None:
        while own_discord.is_connected:
            await members.press(world.mika, message, "Save")

    pressing = [asyncio.create_task(press_on()) for _n in range(8)]
    await asyncio.sleep(0.3)
    assert await own_bot.stop() == 0
    await asyncio.gather(*pressing)
    assert own_bot.errors() == []


async def test_commands_are_registered_only_when_something_differs(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    def registrations() -> int:
        return len(own_discord.record.find("PUT /applications/*/commands"))

    await own_bot.start()
    assert registrations() == 1
    await own_bot.restart()
    assert registrations() == 1, "nothing has changed"
    own_discord.platform.registry.scopes.clear()
    await own_bot.restart()
    assert registrations() == 2, "Discord has lost them"
    packs = own_bot.data_dir.parent / "packs"
    write_pack(packs / "boat")
    write_pack(packs / "ship", quotes=[quote(1)])
    own_bot.packs_dir = packs
    await own_bot.restart()
    assert registrations() == 3, "with two interviews each command has one more option"


async def test_with_two_interviews_one_can_be_chosen(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    packs = own_bot.data_dir.parent / "packs"
    write_pack(packs / "boat", quotes=[quote(1, text="Words about a boat that nobody wanted.")])
    write_pack(packs / "ship", quotes=[quote(1, text="Words about a ship that nobody missed.")])
    own_bot.packs_dir = packs
    await own_bot.start()
    world, members = own_discord.world, own_discord.members
    channel = world.dm(world.robin)
    bare = await members.use_command(world.robin, channel, "quote")
    chosen = await members.use_command(world.robin, channel, "quote", {"interview": "ship"})
    unknown = await members.use_command(world.robin, channel, "quote", {"interview": "raft"})
    assert "a boat" in bare.text
    assert "a ship" in chosen.text
    assert unknown.text.startswith("There's no interview called 'raft'")


async def test_a_pack_with_mistakes_is_told_line_by_line(own_bot: BotProcess) -> None:
    packs = own_bot.data_dir.parent / "packs"
    write_pack(packs / "boat", quotes=[quote(1, speaker="nobody"), quote(2, exchange=99)])
    own_bot.packs_dir = packs
    await own_bot.launch()
    assert await own_bot.ended() == 78
    told = "\n".join(own_bot.log)
    assert "quotes.toml:4:11: nobody in interview.toml has the key 'nobody'" in told
    assert "there's no exchange 99" in told
    assert "Traceback" not in told


async def test_a_transcript_is_loaded_from_the_command_line(tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text("POST: Why?\n\nADA EXAMPLE: Because.\n\nPOST: How?\n\nADA: Slowly.", "utf-8")
    asked, told = await run("load", str(talk), DATA_DIR=str(tmp_path / "var"))
    assert (asked, list(tmp_path.glob("var/packs/*"))) == (1, [])
    assert "--yes" in told
    assert (await run("load", str(talk), "--yes", DATA_DIR=str(tmp_path / "var")))[0] == 0
    assert (await run("check", str(tmp_path / "var" / "packs")))[0] == 0
    assert (await run("load", "--undo", DATA_DIR=str(tmp_path / "var")))[0] == 0
    assert list(tmp_path.glob("var/packs/[!.]*")) == []
    assert (await run("load", str(tmp_path / "gone.txt")))[0] == 78


async def test_a_load_asks_how_the_file_marks_who_speaks(tmp_path: Path) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text("POST: Why?\n\nADA EXAMPLE: Because.\n\nPOST: How?\n\nADA: Slowly.", "utf-8")
    code, told = await run("load", str(talk), "--dry-run", "--shape", "colon")
    assert (code, told) == (0, "")
    code, told = await run("load", str(talk), "--dry-run", "--shape", "knots")
    assert code == 78
    assert "colon" in told, "what there is, is named"


async def test_what_was_added_to_an_interview_is_checked_beside_it(tmp_path: Path) -> None:
    packs_dir = tmp_path / "packs"
    write_pack(packs_dir / "boat", quotes=[quote(1, speaker="ada-example", text=FIRST)])
    talk = tmp_path / "talk.txt"
    talk.write_text(TALK, "utf-8")
    folders = {"PACKS_DIR": str(packs_dir), "DATA_DIR": str(tmp_path / "var")}
    assert (await run("load", str(talk), "--yes", **folders))[0] == 0
    assert (await run("check", str(tmp_path / "var" / "packs" / "boat"), **folders)) == (0, "")


async def test_a_pack_is_checked_from_the_command_line(tmp_path: Path) -> None:
    assert (await run("check", "--count"))[0] == 0
    folder = write_pack(tmp_path / "boat", quotes=[quote(1, speaker="nobody")])
    code, told = await run("check", str(folder))
    assert (code, told) == (1, "1 mistake in 1 file.\n")
