"""What the documents name is there: files, functions, commands, layers."""

import os
import re
import shutil
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.cli.command_line import HELP, encore

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/architecture.md",
    "docs/hosting.md",
    "docs/loading.md",
    "docs/packs.md",
    "docs/scaling.md",
)
ARCHITECTURE = ROOT / "docs" / "architecture.md"
EXAMPLES = ("my-interview", "oven-at-sea", "locales/de/", "<command>")
"""What stands for names that a reader chooses."""
_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_PATH = re.compile(r"(?<![\w./<])(?:[\w.-]+/)+[\w.<>-]*")
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)#?([^)\s]*)\)|src=\"(?!https?:)([^\"]+)\"")
_PLACE = re.compile(r"`(\w+)` in `([\w/]+\.py)`")
_ROW = re.compile(r"^\| `([\w/]+\.py)` \| (.+?) \|", re.MULTILINE)
_RUN = re.compile(r"\buv run (?:--(?:extra|group) [\w-]+ |--[\w-]+ )*([\w-]+)")
_EXTRA = re.compile(r"--extra ([\w-]+)")
_MODULE = re.compile(r"\bpython -m ([\w.]+)((?: +[^\s`#]+)*)")


def _text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _code(name: str) -> str:
    return "\n".join(_CODE.findall(_text(name)))


def _defines(path: str, name: str) -> bool:
    pattern = rf"^ *(?:(?:async )?def|class) {name}\b|^ *{name}\b.* = "
    return re.search(pattern, _text(path), re.MULTILINE) is not None


def _slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_that_a_document_names_is_there(name: str) -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()} - {"var"}
    paths = {path for path in _PATH.findall(_code(name)) if path.partition("/")[0] in folders}
    chosen = {path for path in paths if any(example in path for example in EXAMPLES)}
    assert sorted(path for path in paths - chosen if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    dead: list[str] = []
    for target, heading, source in _LINK.findall(_text(name)):
        path = (ROOT / name).parent / (target or source) if target or source else ROOT / name
        if not path.exists():
            dead.append(target or source)
        elif heading:
            headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
            dead += [heading] if heading not in map(_slug, headings) else []
    assert dead == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_stands_in_a_file_by_name_is_defined_there(name: str) -> None:
    gone = [f"{what} in {path}" for what, path in _PLACE.findall(_text(name))]
    assert [one for one in gone if not _defines(*reversed(one.split(" in ")))] == []


def test_the_walks_go_through_functions_that_there_are() -> None:
    rows = [
        (path, name)
        for path, names in _ROW.findall(ARCHITECTURE.read_text("utf-8"))
        for name in re.findall(r"`(\w+)`", names)
    ]
    assert len(rows) > 30
    assert [row for row in rows if not _defines(*row)] == []


def test_the_layers_are_those_that_are_held() -> None:
    described = re.findall(
        r"^\| `(bot\.\w+|cogs)` \|", ARCHITECTURE.read_text("utf-8"), re.MULTILINE
    )
    contracts = tomllib.loads(_text("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert described == [room for layer in layers for room in layer.split(" | ")]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_that_a_document_names_can_be_typed(name: str) -> None:
    code = _code(name)
    beside = str(Path(sys.executable).parent)
    tools = set(_RUN.findall(code))
    assert {tool for tool in tools if not shutil.which(tool, path=beside)} == set()
    for module, _words in _MODULE.findall(code):
        assert find_spec(f"{module}.__main__"), module
    for words in _typed(code):
        _check_words(words)


def _typed(code: str) -> list[list[str]]:
    """List the commands of the bot in some code, word by word."""
    by_module = [words for module, words in _MODULE.findall(code) if module == "bot"]
    by_script = re.findall(r"\buv run encore((?: +[^\s`#]+)+)", code)
    return [words.split() for words in (*by_module, *by_script) if words.split()]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_extra_that_a_document_names_can_be_installed(name: str) -> None:
    extras = tomllib.loads(_text("pyproject.toml"))["project"]["optional-dependencies"]
    assert set(_EXTRA.findall(_code(name))) <= set(extras)


def _check_words(words: list[str]) -> None:
    """Hold a command line of the bot against its commands, and their options."""
    assert words[0] in encore.commands, words
    known = {name for option in encore.commands[words[0]].params for name in option.opts}
    known |= set(HELP)
    assert [word for word in words if word.startswith("--") and word not in known] == []


def test_ci_runs_the_checks_that_a_contributor_runs() -> None:
    assert re.search(r"^scripts/check --thorough", _text(".ci/run"), re.MULTILINE)
    for script in ("scripts/check", ".ci/run"):
        assert os.name == "nt" or os.access(ROOT / script, os.X_OK)
