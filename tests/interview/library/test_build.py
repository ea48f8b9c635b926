"""The content database: built once, whole or not at all, the old one kept until then."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.interview.library.build import ensure_content
from bot.interview.library.library import open_library
from bot.interview.pack.mistakes import PackError
from tests.packs import quote, write_pack

ROOT = Path(__file__).parents[3]


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
    with pytest.raises(PackError, match="unknown speaker 'nobody'"):
        build(tmp_path)
    assert content_of(tmp_path) == {old.name}


def test_no_pack_at_all_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="There is no interview in"):
        build(tmp_path)


def test_a_data_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat")
    (tmp_path / "var").write_text("a file, not a folder")
    with pytest.raises(OperatorError, match="The content cannot be built in"):
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


def test_a_start_with_content_imports_nothing_that_validates(tmp_path: Path) -> None:
    write_pack(tmp_path / "data" / "boat")
    build(tmp_path)
    program = (
        "import sys; from pathlib import Path; from bot.interview.library.build import *;"
        "import bot.hosting.run;"
        "ensure_content(Path(sys.argv[1], 'var'), Path(sys.argv[1], 'data'));"
        "print('pydantic' in sys.modules, 'rapidfuzz' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.split() == ["False", "False"]
