"""One bot for one data folder; several may share it where each has shards of its own."""

import os
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

import tenacity
from filelock import FileLock, Timeout, lock_descriptor

from bot.errors import UnavailableError
from bot.text import _

_FOLDER: Final = "locks"
_WHOLE: Final = "all"
_WORK: Final = ("content", "load")
"""What is held for moments beside it, also by a bot: building the content, loading a file."""
# For who only looks whether somebody has the whole folder.
_PATIENCE_SECONDS: Final = 1.0


@contextmanager
def hold_data(data_dir: Path, shard_ids: Sequence[int] | None = None) -> Generator[None]:
    """Hold a data folder, or some shards of it; raises UnavailableError where another bot does.

    The system lets go of it when the process ends, however that comes about.
    """
    with ExitStack() as stack:
        if shard_ids is None:
            _hold_whole(stack, data_dir)
        else:
            _hold_shards(stack, data_dir, [str(shard_id) for shard_id in shard_ids])
        yield


@contextmanager
def hold_data_alone(data_dir: Path) -> Generator[None]:
    """Hold a data folder as a whole; raises UnavailableError where anything uses it."""
    with ExitStack() as stack:
        _hold_whole(stack, data_dir)
        for name in _WORK:
            _hold(stack, data_dir, name)
        yield


def _hold_whole(stack: ExitStack, data_dir: Path) -> None:
    _hold(stack, data_dir, _WHOLE)
    shards = [path.name for path in (data_dir / _FOLDER).glob("*") if path.name.isdecimal()]
    for name in sorted(shards):
        _hold(stack, data_dir, name)


def _hold_shards(stack: ExitStack, data_dir: Path, names: Sequence[str]) -> None:
    for name in names:
        _hold(stack, data_dir, name)
    # The other way round than who holds it whole: of the two one sees the other, at any moment.
    with ExitStack() as glance:
        _hold(glance, data_dir, _WHOLE)


def _hold(stack: ExitStack, data_dir: Path, name: str) -> None:
    folder = data_dir / _FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        stack.enter_context(FileLock(folder / name, timeout=_PATIENCE_SECONDS))
        if name == _WHOLE and os.name == "posix":
            _hold_folder(stack, data_dir)
    except (Timeout, tenacity.RetryError):
        raise UnavailableError(
            _("Another bot uses {folder}.", folder=data_dir),
            _("Stop it, or set DATA_DIR to another folder."),
        ) from None
    except OSError as error:
        raise UnavailableError(
            _("{folder} cannot be used: {why}.", folder=data_dir, why=error),
            _("Check that the bot's user may write in the folder and that the disk is not full."),
        ) from error


def _hold_folder(stack: ExitStack, data_dir: Path) -> None:
    """Hold the folder itself: a file can be deleted here by who thinks that it was left behind."""
    descriptor = os.open(data_dir, os.O_RDONLY)
    stack.callback(os.close, descriptor)
    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_result(lambda is_held: not is_held),
        wait=tenacity.wait_fixed(0.05),
        stop=tenacity.stop_after_delay(_PATIENCE_SECONDS),
    )
    # Some file systems cannot hold a folder; there the file has to do.
    with suppress(OSError):
        retrying(lock_descriptor, descriptor, blocking=False)
