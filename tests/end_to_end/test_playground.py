"""`encore playground` as a newcomer and an editor use it, and alone with other bots."""

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.packs import quote, write_pack
from tests.waiting import until

ROOT = Path(__file__).parents[2]
Json = dict[str, Any]

SMALL_BOTS = {
    "view": """
import discord
from discord import app_commands

class Form(discord.ui.Modal, title="Form"):
    name = discord.ui.TextInput(label="Name", custom_id="name")

    async def on_submit(self, interaction):
        await interaction.response.send_message(f"Hello {self.name.value}")

class Ask(discord.ui.View):
    @discord.ui.button(label="Ask", custom_id="ask")
    async def ask(self, interaction, button):
        await interaction.response.send_modal(Form())

client = discord.Client(intents=discord.Intents.none())
tree = app_commands.CommandTree(client)

@tree.command(description="Ask for a name.")
async def ask(interaction):
    await interaction.response.send_message("Who are you?", view=Ask())

@client.event
async def setup_hook():
    await tree.sync()
""",
    "dynamic": """
import re
import discord
from discord.ext import commands

class Count(discord.ui.DynamicItem[discord.ui.Button], template="count:(?P<n>[0-9]+)"):
    def __init__(self, n):
        super().__init__(discord.ui.Button(label=str(n), custom_id=f"count:{n}"))
        self.n = n

    @classmethod
    async def from_custom_id(cls, interaction, item, match, /):
        return cls(int(match["n"]))

    async def callback(self, interaction):
        view = discord.ui.View(timeout=None)
        view.add_item(Count(self.n + 1))
        await interaction.response.edit_message(content=f"counted {self.n}", view=view)

class Bot(commands.Bot):
    async def setup_hook(self):
        self.add_dynamic_items(Count)
        await self.tree.sync()

client = Bot(command_prefix="!", intents=discord.Intents.default(), help_command=None)

@client.tree.command(description="Count presses.")
async def count(interaction):
    view = discord.ui.View(timeout=None)
    view.add_item(Count(1))
    await interaction.response.send_message("Press it.", view=view)
""",
}


@dataclass
class Playground:
    """The command as a process, and a page's socket on it."""

    arguments: tuple[str, ...]
    told: list[str] = field(default_factory=list)
    process: asyncio.subprocess.Process | None = None
    socket: aiohttp.ClientWebSocketResponse | None = None
    events: list[Json] = field(default_factory=list)
    asked: int = 0

    async def start(self, **env: str) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *self.arguments,
            "--no-open",
            cwd=ROOT,
            env={**kept, **env},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    async def address(self) -> str:
        """Read on until the address of the page is told."""
        assert self.process is not None
        assert self.process.stdout is not None
        async with asyncio.timeout(60):
            async for line in self.process.stdout:
                self.told.append(line.decode().rstrip())
                if found := re.search(r"http://\S+/play/\S+/", self.told[-1]):
                    return found[0]
        raise AssertionError(self.told)

    async def ask(self, do: str, **more: object) -> Json:
        assert self.socket is not None
        self.asked += 1
        await self.socket.send_json({"id": self.asked, "do": do, **more})
        while (told := await self._receive()).get("id") != self.asked:
            self.events.append(told)
        assert "error" not in told, told
        return told["result"]

    async def _receive(self) -> Json:
        assert self.socket is not None
        return json.loads(await self.socket.receive_str(timeout=60))

    async def event(self, kind: str, **expected: object) -> Json:
        """Wait for an event with these values; those before it are passed over."""
        while True:
            told = self.events.pop(0) if self.events else await self._receive()
            if told.get("event") == kind and expected.items() <= told.items():
                return told

    async def general(self) -> str:
        return (await self.ask("state"))["guilds"][0]["channels"][0]["id"]

    async def until_commands(self, name: str) -> str:
        """Wait until a command can be typed; the channel to type it in."""
        channel = await self.general()
        while name not in {
            one["name"] for one in (await self.ask("open", channel=channel))["commands"]
        }:
            await self.event("commands_changed")
        if not (await self.ask("state"))["bot"]["connected"]:
            await self.event("bot", connected=True)
        return channel

    async def use(self, command: str, **options: object) -> Json:
        """Type a command; the message that answers it."""
        channel = await self.until_commands(command)
        result = await self.ask("command", channel=channel, command=command, options=options)
        assert result["status"] == "answered", result
        assert result["refused"] == []
        return (await self.event("message_created"))["message"]["payload"]

    async def stop(self, number: int = signal.SIGINT) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        async with asyncio.timeout(60):
            code = await self.process.wait()
        assert self.process.stderr is not None
        assert "Traceback" not in (await self.process.stderr.read()).decode()
        return code


@asynccontextmanager
async def playground(*arguments: str, **env: str) -> AsyncIterator[Playground]:
    """Start it on any free port, and open its page."""
    house = Playground((*arguments, "--port", "0"))
    await house.start(**env)
    try:
        address = await house.address()
        origin = address.partition("/play/")[0]
        async with (
            aiohttp.ClientSession(headers={"Origin": origin}) as session,
            session.ws_connect(f"{address}socket") as house.socket,
        ):
            yield house
    finally:
        assert house.process is not None
        if house.process.returncode is None:
            house.process.kill()
            await house.process.communicate()


def texts(components: object) -> str:
    if isinstance(components, list):
        return "\n".join(texts(one) for one in components)
    if isinstance(components, dict):
        return f"{components.get('content', '')}\n{texts(components.get('components', []))}"
    return ""


def child_of(pid: int) -> int:
    """Find the bot that the playground has started."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        fields = path.read_text().rpartition(")")[2].split()
        if int(fields[1]) == pid:
            return int(path.parent.name)
    raise LookupError(pid)


async def test_a_newcomer_sees_a_quote_and_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    async with playground("bot", "playground", TMPDIR=str(tmp_path)) as house:
        shown = await house.use("quote")
        assert "Entertainment Weekly" in texts(shown["components"])
        assert list(tmp_path.iterdir())
        assert await house.stop() == 0
    assert list(tmp_path.iterdir()) == []


async def test_a_host_with_settings_of_their_own_is_left_alone(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    own = {"DISCORD_TOKEN_FILE": "/nowhere", "SHARD_COUNT": "4", "SHARD_IDS": "3"}
    running = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", unused_tcp_port)
    own |= {"HEALTH_PORT": str(unused_tcp_port), "HEALTH_TOKEN": "sixteen-signs-or-more"}
    shared = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/theirs", "PROCESSES": "4"}
    for number, settings in enumerate((own, shared)):
        data = tmp_path / f"kept-{number}"
        async with playground("bot", "playground", "--data", str(data), **settings) as house:
            await house.use("quote")
            assert await house.stop(signal.SIGTERM) == 0
            assert house.process is not None
            assert house.process.stdout is not None
            told = (await house.process.stdout.read()).decode()
        assert (data / "state.sqlite3").exists()
        assert ("DATABASE_URL" in told) is ("DATABASE_URL" in settings)
    running.close()


async def test_a_port_that_is_taken_is_said(unused_tcp_port: int) -> None:
    server = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", unused_tcp_port)
    async with server:
        house = Playground(("bot", "playground", "--port", str(unused_tcp_port)))
        await house.start()
        address = await house.address()
    assert f":{unused_tcp_port}/" not in address
    assert house.told[0].startswith(f"Port {unused_tcp_port} is in use; the playground is on ")
    assert await house.stop() == 0


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="cannot be avoided: processes are not in /proc"
)
async def test_a_bot_that_was_killed_comes_back_and_old_buttons_answer() -> None:
    async with playground("bot", "playground") as house:
        assert house.process is not None
        message = await house.use("quote", find="12")
        os.kill(child_of(house.process.pid), signal.SIGKILL)
        await house.event("bot", connected=False)
        assert (await house.event("bot", connected=True))["restarts"] == 1
        pressed = await house.ask(
            "press", message=message["id"], custom_id="quote:context:tiny-pretty-things:12"
        )
        assert pressed["status"] == "answered"
        assert await house.stop() == 0


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="cannot be avoided: processes are not in /proc"
)
async def test_the_bot_ends_with_a_playground_that_is_killed_or_loses_its_terminal() -> None:
    for number in (signal.SIGKILL, signal.SIGHUP):
        async with playground("bot", "playground") as house:
            assert house.process is not None
            await house.use("quote")
            bot = Path(f"/proc/{child_of(house.process.pid)}")
            house.process.send_signal(number)
            await until(lambda bot=bot: not bot.exists())


async def test_a_pack_is_previewed_while_it_is_edited(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "boat", quotes=[quote(1, speaker="nobody")])
    async with playground("bot", "playground", "--pack", str(folder)) as house:
        if not (notices := (await house.ask("state"))["notices"]):
            notices = (await house.event("notices"))["notices"]
        assert "nobody in interview.toml has the key 'nobody'" in notices[0]["lines"][0]
        write_pack(folder, quotes=[quote(1, text="The first loaf was made of rope and salt.")])
        assert (await house.event("notices"))["notices"] == []
        assert "rope and salt" in texts((await house.use("quote"))["components"])
        write_pack(folder, quotes=[quote(1, text="The second loaf was made of tar and rye.")])
        await house.event("bot", connected=False)
        await house.event("bot", connected=True)
        assert "tar and rye" in texts((await house.use("quote"))["components"])
        assert await house.stop() == 0


async def test_other_bots_of_the_usual_kinds_play_here(tmp_path: Path) -> None:
    """The printed lines, put before any discord.py bot, are enough."""
    for name, source in SMALL_BOTS.items():
        async with playground("playground") as house:
            lines = [line for line in house.told if line.startswith(("import ", "discord."))]
            token = next(line for line in house.told if "The token:" in line).split()[-1]
            assert len(lines) == 3
            script = tmp_path / f"{name}.py"
            script.write_text("\n".join([*lines, source, f"client.run({token!r})"]), "utf-8")
            bot = await asyncio.create_subprocess_exec(
                sys.executable, str(script), stderr=asyncio.subprocess.PIPE
            )
            try:
                await (plays_view if name == "view" else plays_dynamic)(house)
            finally:
                bot.kill()
                await bot.communicate()
            assert await house.stop() == 0


async def plays_view(house: Playground) -> None:
    message = await house.use("ask")
    opened = await house.ask("press", message=message["id"], custom_id="ask")
    assert opened["modal"]["title"] == "Form"
    values = {"name": "Ada"}
    await house.ask("submit", interaction=opened["interaction"], values=values)
    answer = (await house.event("message_created"))["message"]["payload"]
    assert answer["content"] == "Hello Ada"


async def plays_dynamic(house: Playground) -> None:
    message = await house.use("count")
    for n in (1, 2):
        await house.ask("press", message=message["id"], custom_id=f"count:{n}")
        edited = (await house.event("message_edited"))["message"]["payload"]
        assert edited["content"] == f"counted {n}"
