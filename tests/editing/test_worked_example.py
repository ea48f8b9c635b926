"""`docs/packs.md` from beginning to end: what it shows is what its commands write and print."""

import asyncio
import io
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
import tomli

from bot.cli.command_line import encore
from bot.editing.check import count_rounds
from bot.editing.new_pack import NewPack
from bot.editing.picked_quotes import QuoteFields
from bot.editing.picking import Picking, SpokenPick
from bot.editing.spoken_answers import SpokenSource
from bot.interview.transcript import Decisions
from bot.trivia.kinds import Kind

GUIDE = (Path(__file__).parents[2] / "docs" / "packs.md").read_text("utf-8")
FOLDER = Path("data/oven-at-sea")
TALK, WITH_A_MISTAKE, WITHOUT = re.findall(r"```text\n(.*?)```", GUIDE, re.DOTALL)
QUOTE, FACT, QUESTION = re.findall(r"```toml\n(\[\[.*?)```", GUIDE, re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Do what the guide says, in a folder where it may be done."""
    monkeypatch.chdir(tmp_path)
    Path("talk.txt").write_text(TALK, "utf-8")
    pack = NewPack(Path("talk.txt"), FOLDER, picks=True)
    pack.write(pack.plan(pack.parse(Decisions())), Decisions())
    return FOLDER


def append(path: Path, text: str) -> None:
    path.write_text(f"{path.read_text('utf-8')}\n{text}", "utf-8")


def said_by_check(folder: Path, *options: str) -> str:
    told = io.StringIO()
    with redirect_stdout(told), redirect_stderr(told):
        encore.main(["check", str(folder), *options], "encore", standalone_mode=False)
    return told.getvalue()


def pick(folder: Path) -> None:
    picking = Picking(SpokenSource(folder), is_new=True)
    fields = QuoteFields(("boats", "rain"), "none", mature=False, drawn=True)
    asyncio.run(picking.add(SpokenPick(1, 0, [0, 1]), fields))


def test_the_quote_that_is_picked_is_the_one_that_is_shown(folder: Path) -> None:
    pick(folder)
    assert (folder / "quotes.toml").read_text("utf-8").endswith(f"\n\n{QUOTE}")
    interview = tomli.loads((folder / "interview.toml").read_text("utf-8"))
    assert (
        interview.items()
        >= {
            "title": "How an oven came to sea",
            "byline": "Cora Writer",
            "outlet": "The Harbour Post",
        }.items()
    )


def test_a_transcript_is_named_with_how_much_was_compared(folder: Path) -> None:
    pick(folder)
    with_it = said_by_check(folder, "--transcript", "talk.txt")
    assert "\n1 quote compared with talk.txt.\n" in f"\n{with_it}"
    assert "compared" not in said_by_check(folder)


def test_check_says_what_the_guide_shows(folder: Path) -> None:
    pick(folder)
    append(folder / "trivia.toml", QUESTION)
    append(folder / "facts.toml", FACT)
    assert said_by_check(folder) == WITH_A_MISTAKE
    facts = (folder / "facts.toml").read_text("utf-8")
    corrected = facts.replace('"Ben Sample"', '"ben-sample"')
    (folder / "facts.toml").write_text(corrected, "utf-8")
    assert said_by_check(folder) == WITHOUT
    (kinds,) = count_rounds([folder]).values()
    assert kinds[Kind.CURATED] == 1
    assert kinds[Kind.TRUE_OR_FALSE] == 1
