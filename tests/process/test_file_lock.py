"""A lock is one process's, and nobody's once that has ended, however it did."""

import asyncio
import sys
from pathlib import Path

import pytest

from bot.process.file_lock import LockedError, locked

HOLDING = """
import sys, time
from pathlib import Path
from bot.process.file_lock import locked

with locked(Path(sys.argv[1]), 0):
    print("holding", flush=True)
    time.sleep(600)
"""


def test_what_is_locked_is_locked_for_all_others_until_it_is_let_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with locked(path, 0), pytest.raises(LockedError), locked(path, 0.1):
        pass
    with pytest.raises(KeyError), locked(path, 0):
        raise KeyError
    with locked(path, 0):
        pass


async def test_a_process_that_is_killed_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDING, str(path), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline()
    with pytest.raises(LockedError), locked(path, 0):
        pass
    process.kill()
    await process.communicate()
    with locked(path, 10):
        pass
