"""A copy that the host asks for is made where there is none, and its size is told."""

from pathlib import Path

import pytest

from bot.errors import OperatorError
from bot.hosting.backup import back_up
from bot.state.copies.backups import dated_backups, todays_backup
from bot.state.store import open_state
from bot.text import say


@pytest.fixture
async def data_dir(tmp_path: Path) -> Path:
    async with open_state(tmp_path / "var"):
        pass
    return tmp_path / "var"


def test_what_is_there_already_is_left_as_it_is(data_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("My dear,")
    with pytest.raises(OperatorError, match="already exists"):
        back_up(data_dir, file)
    assert file.read_text() == "My dear,"


def test_a_copy_into_a_folder_gets_a_name(data_dir: Path, tmp_path: Path) -> None:
    sentence = say(back_up(data_dir, tmp_path))
    file = tmp_path / todays_backup(data_dir).name
    size = f"{file.stat().st_size / 1000:,.1f} kB"
    assert sentence == f"Wrote {file} ({size}): nothing from members yet."
    with pytest.raises(OperatorError, match="already exists"):
        back_up(data_dir, tmp_path)


@pytest.mark.parametrize("name", ["a" * 300, "letter.txt/copy.zip"])
def test_a_name_that_cannot_be_is_a_sentence(data_dir: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "letter.txt").touch()
    with pytest.raises(OperatorError, match="No backup was made"):
        back_up(data_dir, tmp_path / name)


def test_a_copy_of_this_morning_stays_beside_a_new_one(data_dir: Path) -> None:
    back_up(data_dir, None)
    (morning,) = dated_backups(data_dir)
    was_there = morning.read_bytes()
    sentence = say(back_up(data_dir, None))
    before, after = dated_backups(data_dir)
    assert {morning, *(path for path in (before, after) if str(path) in sentence)} == {
        before,
        after,
    }
    assert (morning, morning.read_bytes()) == (todays_backup(data_dir), was_there)
