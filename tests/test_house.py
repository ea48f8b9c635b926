"""How the house is built: small files and functions, each name once, each command found."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

import pytest

from bot.client import EXTENSIONS
from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess
from tests.end_to_end.test_hostile import TEXT_OPTIONS
from tests.end_to_end.test_languages import PRIVATE, PUBLIC
from tests.end_to_end.test_spoilers import COMMANDS

ROOT = Path(__file__).parents[1]
OWN_FOLDERS = ("bot", "cogs")
EACH_PROGRAM = pytest.mark.parametrize("folders", [OWN_FOLDERS, ("playground",)])
MAX_LINES = 400
MAX_MODULES_ON_TOP = 8
MEDIAN_LINES, MOST_LINES = 6, 22
ONLY_IN_SERVERS = {"leaderboard", "schedule", "settings"}
"""Commands that are not typed in direct messages, and so by the tests of a whole server only."""
IN_MANY_FOLDERS = {"__init__", "__main__", "_cog", "_cards", "_buttons", "engine", "schema"}
"""Files that each package may have, as cogs do, and the two engines of the state."""
NO_NAMES = re.compile(
    "asked|chosen|done|found|given|held|kept|known|made|meant|mine|ones?|said|seen|sent|shown"
    "|somebody|something|taken|them|these|this|those|told|wanted|yours"
)
"""Pronouns and bare participles, which tell what happened to a thing, and not what it is."""
STIFF = re.compile(r"\b(cannot|do not|does not|could not|is not|may not)\b", re.IGNORECASE)
"""What nobody says aloud."""
REASONS_TO_SKIP = re.compile("cannot be avoided|needs|not installed|comes with")
"""What a machine is, which CI lets pass, or what it lacks, which CI does not."""


def sources(folders: Sequence[str]) -> list[Path]:
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    assert len(paths) > 40
    return paths


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_bytes()))


def place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def names_given(node: ast.AST) -> Iterator[tuple[str, int]]:
    """List the variables, arguments and functions that a piece of code names."""
    match node:
        case ast.FunctionDef(name=name, lineno=line) | ast.AsyncFunctionDef(name=name, lineno=line):
            yield name, line
        case ast.arg(arg=name, lineno=line):
            yield name, line
        case ast.Name(id=name, ctx=ast.Store(), lineno=line):
            yield name, line
        case ast.Attribute(attr=name, ctx=ast.Store(), lineno=line):
            yield name, line
        case ast.MatchAs(name=str(name), lineno=line) | ast.MatchStar(name=str(name), lineno=line):
            yield name, line
        case _:
            return


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a body without its docstring."""
    body = function.body[ast.get_docstring(function) is not None :]
    last = function.end_lineno
    assert last is not None
    return last - body[0].lineno + 1 if body else 0


def test_every_cog_is_loaded() -> None:
    modules = {f"cogs.{path.parent.name}" for path in (ROOT / "cogs").glob("*/__init__.py")}
    assert set(EXTENSIONS) == modules, (
        "name each folder of cogs/ in EXTENSIONS of bot/client/bot.py"
    )


def test_no_command_is_forgotten_where_all_are_tried() -> None:
    every = {extension.removeprefix("cogs.") for extension in EXTENSIONS}
    commands = every - ONLY_IN_SERVERS
    assert {*PUBLIC, *PRIVATE} == every, "name it in PUBLIC or PRIVATE of test_languages.py"
    assert set(TEXT_OPTIONS) == commands, "name it in TEXT_OPTIONS of test_hostile.py"
    assert {name for name, _options in COMMANDS} == commands, "and in COMMANDS of test_spoilers.py"


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources(OWN_FOLDERS)
        if not ast.get_docstring(ast.parse(path.read_bytes()))
    ]
    assert silent == [], "begin each with a docstring of one line"


def test_no_file_outgrows_its_room() -> None:
    sizes = {path: len(path.read_text("utf-8").splitlines()) for path in sources(OWN_FOLDERS)}
    large = {path.name: size for path, size in sizes.items() if size > MAX_LINES}
    assert large == {}, "split each by what it is about"


def test_only_what_everything_stands_on_lies_at_the_top() -> None:
    modules = [path.name for path in (ROOT / "bot").glob("*.py") if path.stem != "__init__"]
    assert len(modules) <= MAX_MODULES_ON_TOP, f"move one of {sorted(modules)} into a room"


@EACH_PROGRAM
def test_a_file_name_is_used_once(folders: Sequence[str]) -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sources(folders):
        places[path.stem].append(str(path.relative_to(ROOT)))
    twice = {
        name: paths
        for name, paths in places.items()
        if len(paths) > 1 and name not in IN_MANY_FOLDERS
    }
    assert twice == {}, "say in each name what sets the file apart"


@EACH_PROGRAM
def test_a_class_name_is_used_once(folders: Sequence[str]) -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sources(folders):
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(place(path, node.lineno))
    twice = {name: lines for name, lines in places.items() if len(lines) > 1}
    assert twice == {}, "say in each name what sets the class apart"


@pytest.mark.parametrize("folder", [*OWN_FOLDERS, "playground"])
def test_names_say_what_a_thing_is(folder: str) -> None:
    bare = [
        f"{place(path, line)}: {name}"
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in nodes(path)
        for name, line in names_given(node)
        if NO_NAMES.fullmatch(name.strip("_"))
    ]
    assert bare == [], "name the thing: a quote, a row, matches, a locale"


def test_each_skip_says_whether_it_can_be_avoided() -> None:
    reasons = [
        (place(path, node.lineno), ast.unparse(keyword.value))
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith((".skipif", ".skip", ".importorskip"))
        for keyword in node.keywords
        if keyword.arg == "reason"
    ]
    assert len(reasons) > 10
    assert [where for where, reason in reasons if not REASONS_TO_SKIP.search(reason)] == []


def test_members_are_spoken_to() -> None:
    stiff = [
        (place(path, node.lineno), node.args[0].value)
        for path in sources(("cogs", "bot/ui", "bot/trivia", "bot/picture"))
        for node in nodes(path)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("_", "plural")
        and isinstance(node.args[0], ast.Constant)
        and STIFF.search(str(node.args[0].value))
    ]
    assert stiff == []


@EACH_PROGRAM
def test_functions_stay_short(folders: Sequence[str]) -> None:
    sizes = {
        f"{place(path, node.lineno)} {node.name}": lines_of(node)
        for path in sources(folders)
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    longest = sorted(sizes, key=lambda name: -sizes[name])[:10]
    assert median(sizes.values()) <= MEDIAN_LINES, f"split some, as of {longest}"
    assert quantiles(sizes.values(), n=20)[-1] <= MOST_LINES, f"split some, as of {longest}"


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
