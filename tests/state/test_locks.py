"""One bot for one data folder, unless each has shards of its own."""

import asyncio
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.errors import UnavailableError
from bot.state.locks import hold_data
from bot.state.sqlite.schema import migrations
from bot.state.store import open_state

WHOLE = None


def test_processes_share_a_folder_with_shards_of_their_own(tmp_path: Path) -> None:
    with hold_data(tmp_path, (0, 1)), hold_data(tmp_path, (2,)), hold_data(tmp_path, (3,)):
        held = {path.name for path in (tmp_path / "locks").iterdir() if path.name.isdecimal()}
    assert held == {"0", "1", "2", "3"}


@pytest.mark.parametrize(
    ("first", "second"), [(WHOLE, WHOLE), (WHOLE, (0,)), ((0,), WHOLE), ((0, 1), (3, 1))]
)
def test_two_that_would_answer_the_same_do_not_share_a_folder(
    tmp_path: Path, first: Sequence[int] | None, second: Sequence[int] | None
) -> None:
    with (
        hold_data(tmp_path, first),
        pytest.raises(UnavailableError, match="Another bot is using"),
        hold_data(tmp_path, second),
    ):
        pass
    with hold_data(tmp_path, second):
        pass


@pytest.mark.skipif(
    sys.platform == "win32", reason="what is open is not deleted there; cannot be avoided"
)
@pytest.mark.parametrize("second", [WHOLE, (0,)])
def test_deleting_the_lock_files_lets_nobody_in(
    tmp_path: Path, second: Sequence[int] | None
) -> None:
    with hold_data(tmp_path):
        shutil.rmtree(tmp_path / "locks")
        with (
            pytest.raises(UnavailableError, match="Another bot is using"),
            hold_data(tmp_path, second),
        ):
            pass


async def test_who_opens_a_state_at_once_brings_it_up_to_date_once(tmp_path: Path) -> None:
    async def version() -> int:
        async with open_state(tmp_path) as database:
            return (await database.read("PRAGMA user_version"))[0][0]

    versions = await asyncio.gather(*(version() for _n in range(4)))
    assert versions == [len(migrations())] * 4
