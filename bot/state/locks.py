"""One bot for one data folder; several may share it where each has shards of its own."""

import asyncio
import os
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Final

from bot.errors import OperatorError, UnavailableError
from bot.process.file_lock import LockedError, lock, locked
from bot.process.sqlite_faults import is_of_the_disk
from bot.text import _

_FOLDER: Final = "locks"
_WHOLE: Final = "all"
_OPENING: Final = "state"
_FORGETTING: Final = "forget"
_COMMANDS: Final = "commands"
_WORK: Final = ("content", "load", _OPENING, _FORGETTING)
"""What is held beside it, also while a bot runs: by who builds the content, loads a file, opens the
state or forgets a member."""
# For who only looks whether somebody has the whole folder.
_PATIENCE_SECONDS: Final = 1.0
_LOOK_SECONDS: Final = 0.2


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


@contextmanager
def hold_forgetting(data_dir: Path) -> Generator[None]:
    """Keep a restore, which would bring them back, away from a folder while a member is forgotten.

    Raises UnavailableError during one.
    """
    with ExitStack() as stack:
        _hold(stack, data_dir, _FORGETTING)
        yield


@asynccontextmanager
async def hold_opening(data_dir: Path) -> AsyncGenerator[None]:
    """Let one process after the other bring the state of a folder up to date.

    Raises UnavailableError where another one takes its time.
    """
    with ExitStack() as stack:
        with _explained(data_dir, _OPENING):
            path = _lock_path(data_dir, _OPENING)
            opening = asyncio.to_thread(stack.enter_context, locked(path, _PATIENCE_SECONDS))
            # The thread goes on where this is cancelled, and what it locks is let go of then.
            entering = asyncio.ensure_future(opening)
            try:
                await asyncio.shield(entering)
            finally:
                await asyncio.wait([entering])
        yield


@asynccontextmanager
async def hold_commands(data_dir: Path) -> AsyncGenerator[None]:
    """Let one process after the other register the commands, however long each takes."""
    with ExitStack() as stack:
        with _explained(data_dir, _COMMANDS):
            path = _lock_path(data_dir, _COMMANDS)
            while True:
                with suppress(LockedError):
                    stack.enter_context(locked(path, 0.0))
                    break
                await asyncio.sleep(_LOOK_SECONDS)
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
    with _explained(data_dir, name):
        path = _lock_path(data_dir, name)
        stack.enter_context(locked(path, _PATIENCE_SECONDS))
        if name == _WHOLE and os.name == "posix":
            _hold_folder(stack, data_dir)


def _lock_path(data_dir: Path, name: str) -> Path:
    folder = data_dir / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


@contextmanager
def _explained(data_dir: Path, name: str) -> Generator[None]:
    try:
        yield
    except LockedError:
        raise _conflict(data_dir, name) from None
    except OSError as error:
        kind = UnavailableError if is_of_the_disk(error) else OperatorError
        raise kind(
            _("{folder} cannot be used: {why}.", folder=data_dir, why=error),
            _("Check that the bot's user may write in the folder and that the disk is not full."),
        ) from error


def _conflict(data_dir: Path, name: str) -> UnavailableError:
    if name in _WORK:
        return UnavailableError(
            _("Another command is working on {folder}.", folder=data_dir),
            _("Wait until it's done, then try again."),
        )
    return UnavailableError(
        _("Another bot is using {folder}.", folder=data_dir),
        _("Stop it, or set DATA_DIR to another folder."),
    )


def _hold_folder(stack: ExitStack, data_dir: Path) -> None:
    """Hold the folder itself: a file can be deleted here by who thinks that it was left behind."""
    descriptor = os.open(data_dir, os.O_RDONLY)
    stack.callback(os.close, descriptor)
    # Some file systems cannot hold a folder; there the file has to do.
    with suppress(OSError):
        lock(descriptor, _PATIENCE_SECONDS)
