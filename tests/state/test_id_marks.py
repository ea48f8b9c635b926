"""A mark stands for one id, tells it to nobody, and is the same as long as the key is kept."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.state.copies.backups import write_backup
from bot.state.id_marks import marker
from bot.state.store import open_state


def test_an_id_has_one_mark_in_a_data_folder_and_another_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    mark = marker(tmp_path)(4711)
    assert mark == marker(tmp_path)(4711) != marker(tmp_path)(4712)
    assert mark != marker(tmp_path / "other")(4711)
    assert "4711" not in mark


@pytest.mark.skipif(os.name != "posix", reason="cannot be avoided: modes of files")
def test_the_key_is_for_nobody_else(tmp_path: Path) -> None:
    marker(tmp_path)
    (key,) = tmp_path.iterdir()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_many_who_start_at_once_have_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        marks = {*pool.map(lambda _n: marker(tmp_path)(4711), range(32))}
    assert len(marks) == 1
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("size", [0, 5, 33])
def test_a_key_that_was_cut_short_is_made_anew(tmp_path: Path, size: int) -> None:
    marker(tmp_path)
    (key,) = tmp_path.iterdir()
    key.write_bytes(b"x" * size)
    mark = marker(tmp_path)(4711)
    assert mark == marker(tmp_path)(4711)
    assert key.read_bytes() != b"x" * size


async def test_the_key_is_in_no_copy(tmp_path: Path) -> None:
    async with open_state(tmp_path / "var"):
        pass
    write_backup(tmp_path / "var", tmp_path / "copy.zip")
    assert b"marks.key" not in (tmp_path / "copy.zip").read_bytes()
