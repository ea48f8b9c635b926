"""One bot for one data folder; several may share it where each has shards of its own.

They see each other by locks of files, which the system lets go of when a process ends.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Generator
from contextlib import (
    AbstractContextManager,
    ExitStack,
    asynccontextmanager,
    contextmanager,
    suppress,
)
from itertools import count
from pathlib import Path
from typing import Final

from bot.config import Settings
from bot.errors import OperatorError, UnavailableError
from bot.process.file_lock import LockedError, lock, locked
from bot.process.outages import Outages
from bot.process.sqlite_faults import is_of_the_disk
from bot.state.lock_names import FORGETTING, MIGRATING, PATIENCE, WHOLE, WORK, Lock, Locks
from bot.state.postgresql.driver import check_driver
from bot.text import _

_FOLDER: Final = "locks"
_ALL: Final = WHOLE.name
_INTERVIEWS: Final = ("content", "load")
_WORK: Final = (*_INTERVIEWS, *(lock.name for lock in WORK))
"""What is held beside it, also while a bot runs: by who builds the content, loads a file, opens the
state or forgets a member."""
_LOOK_SECONDS: Final = 0.05


class FileLocks:
    """Sees by files of a data folder who does what, of the processes of one machine."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    def held_folder(self, *, shares: bool) -> AbstractContextManager[None]:
        return _share_data(self._data_dir) if shares else hold_data(self._data_dir)

    @asynccontextmanager
    async def seat(self, outages: Outages, *, shares: bool) -> AsyncGenerator["FileSeat"]:
        # Files are away for nobody, and the folder is held before anything in it is opened.
        del outages, shares
        with ExitStack() as stack:
            seat = FileSeat(self._data_dir)
            stack.callback(seat.close)
            yield seat

    @asynccontextmanager
    async def at_work(self, lock: Lock, patience: float = PATIENCE) -> AsyncGenerator[None]:
        """Wait without a thread, which would go on where this is cancelled."""
        with ExitStack() as stack:
            loop = asyncio.get_running_loop()
            until = loop.time() + patience
            while not _is_taken(stack, self._data_dir, lock.name):
                if loop.time() >= until:
                    raise _conflict(self._data_dir, lock.name)
                await asyncio.sleep(_LOOK_SECONDS)
            yield


class FileSeat:
    """Holds files, which nobody can take away."""

    is_settled = True
    grace_seconds = 0.0

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._stacks: dict[Lock, ExitStack] = {}

    async def take(self, lock: Lock) -> bool:
        stack = ExitStack()
        if not _is_taken(stack, self._data_dir, lock.name):
            return False
        self._stacks[lock] = stack
        return True

    async def leave(self, lock: Lock) -> None:
        self._stacks.pop(lock).close()

    async def conflict(self, lock: Lock) -> UnavailableError:
        if lock.number < 0:
            return _conflict(self._data_dir, lock.name)
        return UnavailableError(
            _("Shard {shard} is already served by another process.", shard=lock.number),
            _("Stop it, or give each process shards of its own, as PROCESSES does."),
        )

    async def keep(self) -> None:
        await asyncio.Event().wait()

    def close(self) -> None:
        while self._stacks:
            self._stacks.popitem()[1].close()


def locks_of(settings: Settings) -> Locks:
    """Give the locks of the engine in which the state lies."""
    if settings.database_url is None:
        return FileLocks(settings.data_dir)
    check_driver()
    from bot.state.postgresql.advisory_locks import AdvisoryLocks

    return AdvisoryLocks(settings.database_url)


@contextmanager
def hold_data(data_dir: Path) -> Generator[None]:
    """Hold a data folder for a bot; raises UnavailableError where another one uses it.

    The system lets go of it when the process ends, however that comes about.
    """
    with ExitStack() as stack:
        _hold_whole(stack, data_dir)
        yield


@contextmanager
def hold_data_alone(data_dir: Path) -> Generator[None]:
    """Hold a data folder as a whole; raises UnavailableError where anything uses it."""
    with ExitStack() as stack:
        _hold_whole(stack, data_dir)
        for name in _WORK:
            _hold(stack, data_dir, name)
        yield


def is_in_use(data_dir: Path) -> bool:
    """Say whether a bot, or a restore, uses a data folder; makes no file in it."""
    for path in (data_dir / _FOLDER).glob("*"):
        if path.name in _WORK:
            continue
        try:
            with locked(path, 0):
                pass
        except LockedError:
            return True
    return False


@contextmanager
def hold_interviews(data_dir: Path) -> Generator[None]:
    """Keep away who reads the interviews of a folder, or loads one.

    Raises UnavailableError where somebody does.
    """
    with ExitStack() as stack:
        for name in _INTERVIEWS:
            _hold(stack, data_dir, name)
        yield


@contextmanager
def hold_forgetting(data_dir: Path) -> Generator[None]:
    """Keep a restore, which would bring them back, away from a folder while a member is forgotten.

    Raises UnavailableError during one.
    """
    with ExitStack() as stack:
        _hold(stack, data_dir, FORGETTING.name)
        yield


@asynccontextmanager
async def hold_opening(data_dir: Path) -> AsyncGenerator[None]:
    """Let one process after the other bring the state of a folder up to date.

    Raises UnavailableError where another one takes its time.
    """
    with ExitStack() as stack:
        with _explained(data_dir, MIGRATING.name):
            path = _lock_path(data_dir, MIGRATING.name)
            opening = asyncio.to_thread(stack.enter_context, locked(path, PATIENCE))
            # The thread goes on where this is cancelled, and what it locks is let go of then.
            entering = asyncio.ensure_future(opening)
            try:
                await asyncio.shield(entering)
            finally:
                await asyncio.wait([entering])
        yield


@contextmanager
def _share_data(data_dir: Path) -> Generator[None]:
    """Hold a folder with others, each of which has a file of its own for it."""
    with ExitStack() as stack:
        next(n for n in count() if _is_taken(stack, data_dir, f"shares-{n}"))
        # The other way round than who holds it whole: of the two one sees the other, at any moment.
        with ExitStack() as glance:
            _hold(glance, data_dir, _ALL)
        yield


def _hold_whole(stack: ExitStack, data_dir: Path) -> None:
    _hold(stack, data_dir, _ALL)
    names = {path.name for path in (data_dir / _FOLDER).glob("*")}
    for name in sorted(names - {_ALL, *_WORK}):
        _hold(stack, data_dir, name)


def _is_taken(stack: ExitStack, data_dir: Path, name: str) -> bool:
    """Take a file at once, or leave it to who has it."""
    with _explained(data_dir, name):
        try:
            stack.enter_context(locked(_lock_path(data_dir, name), 0))
        except LockedError:
            return False
        return True


def _hold(stack: ExitStack, data_dir: Path, name: str) -> None:
    with _explained(data_dir, name):
        path = _lock_path(data_dir, name)
        stack.enter_context(locked(path, PATIENCE))
        if name == _ALL and os.name == "posix":
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
            _("{folder} can't be used: {why}.", folder=data_dir, why=error),
            _("Check that the bot's user may write in the folder and that the disk isn't full."),
        ) from error


def _conflict(data_dir: Path, name: str) -> UnavailableError:
    if name in _WORK:
        return UnavailableError(
            _("Another command is working on {folder}.", folder=data_dir),
            _("Wait until it's done, then try again."),
        )
    return UnavailableError(
        _("A bot is running on {folder}.", folder=data_dir),
        _("Stop it first, or set DATA_DIR to another folder."),
    )


def _hold_folder(stack: ExitStack, data_dir: Path) -> None:
    """Hold the folder itself: a file can be deleted here by who thinks that it was left behind."""
    descriptor = os.open(data_dir, os.O_RDONLY)
    stack.callback(os.close, descriptor)
    # Some file systems cannot hold a folder; there the file has to do.
    with suppress(OSError):
        lock(descriptor, PATIENCE)
