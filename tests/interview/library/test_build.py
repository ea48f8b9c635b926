"""The content database: built once, whole or not at all, the old one kept until then."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.interview.audience import SpoilerPolicy, audience
from bot.interview.library.build import ensure_content, rebuild_content
from bot.interview.library.opening import open_library
from bot.interview.pack.mistakes import PackError
from tests.full_disk import NO_BYTECODE
from tests.packs import INTERVIEW, quote, write_pack

ROOT = Path(__file__).parents[3]
SEES_ALL = audience(SpoilerPolicy.SHOW, allows_mature=True)


def build(folder: Path) -> Path:
    return ensure_content(folder / "var", folder / "data")


def content_of(folder: Path) -> set[str]:
    return {path.name for path in (folder / "var").glob("content-*")}


def test_the_same_packs_are_built_once(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat")
    path = build(tmp_path)
    before = path.stat()
    assert build(tmp_path) == path
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_an_edited_pack_gets_a_file_of_its_own_and_the_old_one_goes(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat")
    old = build(tmp_path)
    write_pack(tmp_path / "data" / "boat", quotes=[quote(1)])
    new = build(tmp_path)
    assert new != old
    assert content_of(tmp_path) == {new.name}


def test_an_edited_translation_gets_a_file_of_its_own(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "data" / "boat")
    old = build(tmp_path)
    (folder / "fr.toml").write_text('[topics]\nboats = "bateaux"', "utf-8")
    new = build(tmp_path)
    (folder / "fr.toml").write_text('[topics]\nboats = "barques"', "utf-8")
    assert len({old, new, build(tmp_path)}) == 3


def test_a_pack_with_mistakes_leaves_the_old_content(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat")
    old = build(tmp_path)
    write_pack(tmp_path / "data" / "boat", quotes=[quote(1, speaker="nobody")])
    with pytest.raises(PackError, match="has the key 'nobody'"):
        build(tmp_path)
    assert content_of(tmp_path) == {old.name}


def test_a_pack_with_mistakes_is_left_out_of_the_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_pack(tmp_path / "data" / "boat")
    summary = "x" * 672
    exchanges = [{**row, "summary": summary} for row in INTERVIEW["exchanges"]]
    write_pack(tmp_path / "data" / "ship", interview={**INTERVIEW, "exchanges": exchanges})
    write_pack(tmp_path / "data" / "tug", quotes=[quote(1, speaker="nobody"), quote(2)])

    async def started() -> list[str]:
        async with open_library(build(tmp_path)) as library:
            return list(library.interviews)

    for _start in range(2):
        caplog.clear()
        assert asyncio.run(started()) == ["boat"]
        ship, tug = [text for text in caplog.messages if "is left out" in text]
        assert "interview.toml:" in ship
        assert "summary has 672 characters; shorten it to 600 (and 5 more)" in ship
        assert "nobody in interview.toml has the key 'nobody'" in tug


def test_an_addition_to_an_interview_that_is_left_out_goes_with_it(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat")
    write_pack(tmp_path / "data" / "ship", quotes=[quote(1, exchange=99)])
    addition = tmp_path / "var" / "packs" / "ship"
    addition.mkdir(parents=True)
    (addition / "interview.toml").write_text('adds_to = "ship"', "utf-8")
    with closing(sqlite3.connect(build(tmp_path))) as content:
        assert content.execute("SELECT slug FROM interview").fetchall() == [("boat",)]
        assert content.execute("SELECT count(*) FROM left_out").fetchone() == (2,)


async def test_content_whose_packs_have_changed_waits_for_a_start(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat")
    path = build(tmp_path)
    rebuild = partial(rebuild_content, path, tmp_path / "data")
    write_pack(tmp_path / "data" / "boat", quotes=[quote(1)])
    with pytest.raises(OperatorError, match="have changed since the bot was started"):
        rebuild()


BUILDS = """
import sys
from pathlib import Path
from bot.interview.library.build import ensure_content
print(ensure_content(Path(sys.argv[1], "var"), Path(sys.argv[1], "data")).name)
"""


def test_processes_that_start_at_once_build_together(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat")
    builders = [
        subprocess.Popen(
            [sys.executable, "-c", BUILDS, str(tmp_path)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _n in range(3)
    ]
    names = {builder.communicate()[0].strip() for builder in builders}
    assert [builder.returncode for builder in builders] == [0, 0, 0]
    assert names == content_of(tmp_path)


def test_a_disk_that_is_full_is_a_sentence(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat", quotes=[quote(n) for n in range(1, 3000)])
    program = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n{BUILDS}"
    )
    builder = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, **NO_BYTECODE, "PYTHONPATH": str(ROOT)},
    )
    last = builder.stderr.splitlines()[-1]
    assert last.startswith("bot.errors.UnavailableError: The content can't be built in")
    assert "that the disk isn't full" in last
    assert content_of(tmp_path) == set()


def test_no_pack_at_all_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="There's no interview in"):
        build(tmp_path)


def test_a_data_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat")
    (tmp_path / "var").write_text("a file, not a folder")
    with pytest.raises(OperatorError, match="The content can't be built in"):
        build(tmp_path)


KILLED_WHILE_WRITING = """
import os, sys
from pathlib import Path
from bot.interview.library import writer
from bot.interview.library.build import ensure_content

def die(*_arguments):
    os._exit(9)

setattr(writer._PackWriter, sys.argv[2], die)
folder = Path(sys.argv[1])
ensure_content(folder / "var", folder / "data")
"""


@pytest.mark.parametrize("at", ["_write_quotes", "_write_facts", "_document"])
def test_a_crash_leaves_the_old_content_and_the_next_start_cleans_up(
    tmp_path: Path, at: str
) -> None:
    write_pack(tmp_path / "data" / "boat")
    old = build(tmp_path)
    write_pack(tmp_path / "data" / "boat", quotes=[quote(1), quote(2)])
    crashed = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_WRITING, str(tmp_path), at],
        cwd=ROOT,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert crashed.returncode == 9
    assert old.name in content_of(tmp_path)
    assert len(content_of(tmp_path)) == 2
    new = build(tmp_path)
    assert content_of(tmp_path) == {new.name}


async def test_content_that_is_in_use_does_not_stop_a_rebuild(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat")
    async with open_library(build(tmp_path)) as library:
        write_pack(tmp_path / "data" / "boat", quotes=[quote(1)])
        build(tmp_path)
        assert list(library.interviews) == ["boat"]
