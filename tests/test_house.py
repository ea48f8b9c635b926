"""What stands in several places agrees: cogs, commands, documents."""

import ast
import re
from pathlib import Path

from bot.client import EXTENSIONS
from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess

ROOT = Path(__file__).parents[1]
OWN_FOLDERS = ("bot", "cogs")
MAX_LINES = 400


def test_every_cog_is_loaded() -> None:
    modules = {f"cogs.{path.parent.name}" for path in (ROOT / "cogs").glob("*/__init__.py")}
    assert set(EXTENSIONS) == modules


def test_every_package_and_public_class_says_what_it_is() -> None:
    files = [path for folder in OWN_FOLDERS for path in (ROOT / folder).rglob("*.py")]
    assert len(files) > 50
    silent = [path.name for path in files if not ast.get_docstring(ast.parse(path.read_bytes()))]
    assert silent == []


def test_no_file_outgrows_its_room() -> None:
    files = [path for folder in OWN_FOLDERS for path in (ROOT / folder).rglob("*.py")]
    sizes = {path: len(path.read_text("utf-8").splitlines()) for path in files}
    assert {path.name: size for path, size in sizes.items() if size > MAX_LINES} == {}


async def test_the_readme_lists_the_commands_and_their_options(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `/(\w+)` \|([^|]*)\|", readme, re.MULTILINE)
    described = {name: sorted(re.findall(r"`(\w+)`", options)) for name, options in rows}
    async with LoopbackDiscord() as discord:
        bot = BotProcess(discord, tmp_path)
        await bot.start()
        offered = discord.members.commands(discord.world.noor, discord.world.general)
        await bot.stop()
    slash = [command for command in offered if command["type"] == 1]
    assert described == {
        command["name"]: sorted(option["name"] for option in command.get("options", []))
        for command in slash
    }
