"""Which interviews doctor finds, shipped and loaded, with how much and from what."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.config import Settings
from bot.hosting.finding import Finding
from bot.hosting.interview_findings import interview_findings
from tests.packs import quote, write_pack


def found(folder: Path) -> Sequence[Finding]:
    env = {"DATA_DIR": str(folder / "var"), "PACKS_DIR": str(folder / "data")}
    return list(interview_findings(Settings.from_env(env, folder, needs_token=False)))


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "data" / "boat", quotes=[quote(1), quote(2)])


@pytest.fixture
def loaded(tmp_path: Path) -> Path:
    folder = write_pack(tmp_path / "var" / "packs" / "oven", quotes=[quote(n) for n in range(1, 4)])
    (folder / "transcript.md").touch()
    return folder


def test_what_is_shipped_and_loaded_is_counted(shipped: Path, loaded: Path, tmp_path: Path) -> None:
    first, second = found(tmp_path)
    assert str(first) == "ok       interviews: boat (2 quotes)"
    assert second.how.startswith(f"oven (3 quotes), from {loaded}/transcript.md, on 2")


def test_nothing_loaded_is_said(shipped: Path, tmp_path: Path) -> None:
    assert [finding.how for finding in found(tmp_path)] == ["boat (2 quotes)", "none yet"]


def test_a_damaged_one_is_named_and_the_others_are_still_told(
    shipped: Path, loaded: Path, tmp_path: Path
) -> None:
    (loaded / "interview.toml").write_text("title = ")
    well, problem = found(tmp_path)
    assert well.exit_code == 0
    assert (problem.what, problem.exit_code) == ("loaded", 78)
    assert problem.how == f"1 mistake in {loaded}, so members don't see it"
    assert f"encore check {loaded}" in problem.remedy
    assert f"encore load {loaded}/transcript.md --pack oven" in problem.remedy
    assert "encore load --undo --pack oven" in problem.remedy


def test_no_interview_at_all_is_a_problem(tmp_path: Path) -> None:
    (problem,) = found(tmp_path)
    assert problem.exit_code == 78
    assert "There's no interview in" in problem.how


def test_a_folder_without_interviews_is_set_with_packs_dir(tmp_path: Path) -> None:
    problem, *_others = found(tmp_path)
    assert problem.how == f"There's no interview in {tmp_path / 'data'}"
    assert problem.remedy.startswith("Set PACKS_DIR to a folder")
