"""Work in a process of its own, which takes its memory and its libraries with it when it ends."""

import asyncio
import os
import pickle
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from traceback import format_exc
from typing import Any, Final, NamedTuple, NoReturn, TypeVar

from bot.errors import UnavailableError
from bot.process.progress import Progress
from bot.text import _

T = TypeVar("T")

# Bytes in which the length of a message stands.
_HEAD: Final = 8
_TIDY_SECONDS: Final = 0.5


async def run_apart(function: Callable[[Progress], T], progress: Progress) -> T:
    """Run a function in a child, or in a thread where none can be forked; gives what it gives.

    The child ends with this process, however that ends; whoever cancels this has it tidy up first.
    Raises what the function raises, UnavailableError where the child was ended from outside.
    """
    # A lock that another thread holds would be held in the child for ever.
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return await run_beside(function, progress)
    parent, child = socket.socketpair()
    with child:
        pid = os.fork()
        if pid == 0:
            parent.close()
            _work(function, child)
    outcome = await _outcome_of(pid, parent, progress)
    if outcome.error is not None:
        raise outcome.error
    return outcome.result


class _Return(NamedTuple):
    result: Any = None
    error: Exception | None = None


class _EndedError(Exception):
    """Nobody waits any more for what is being done."""


class _Leash:
    """Passes on how far a thread has come, and ends it at the next step once nobody waits."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.has_ended = False

    def advance(self, count: int, total: int) -> None:
        if self.has_ended:
            raise _EndedError
        self._progress.advance(count, total)


async def run_beside(function: Callable[[Progress], T], progress: Progress) -> T:
    """Run a function in a thread, which ends soon after this was cancelled."""
    leash = _Leash(progress)
    try:
        return await asyncio.to_thread(function, leash)
    finally:
        leash.has_ended = True


async def _outcome_of(pid: int, parent: socket.socket, progress: Progress) -> _Return:
    """Wait for a child; whatever else ends the waiting ends the child."""
    reader, writer = await asyncio.open_unix_connection(sock=parent)
    try:
        return await _heard(reader, progress)
    except asyncio.CancelledError:
        await _tidied(pid, reader)
        raise
    finally:
        writer.close()
        _bury(pid)


def _bury(pid: int) -> None:
    """End a child, whatever it still does: a long statement of SQLite's listens to nobody."""
    # Where nobody wants to know of children it is gone already.
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


async def _heard(reader: asyncio.StreamReader, progress: Progress) -> _Return:
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            length = int.from_bytes(await reader.readexactly(_HEAD))
            message = pickle.loads(await reader.readexactly(length))
            if isinstance(message, _Return):
                return message
            progress.advance(*message)
    raise UnavailableError(
        _("A process preparing the interviews was ended before it had finished."),
        _("Memory may have run out: close other programs, then start the bot again."),
    )


async def _tidied(pid: int, reader: asyncio.StreamReader) -> None:
    """Let a child take away what it has begun."""
    with suppress(ProcessLookupError, TimeoutError, ConnectionError):
        os.kill(pid, signal.SIGTERM)
        async with asyncio.timeout(_TIDY_SECONDS):
            await reader.read()


class _Wire:
    """What a child tells its parent."""

    def __init__(self, child: socket.socket) -> None:
        self._child = child

    def advance(self, count: int, total: int) -> None:
        self.send(pickle.dumps((count, total)))

    def send(self, message: bytes) -> None:
        self._child.sendall(len(message).to_bytes(_HEAD) + message)


def _work(function: Callable[[Progress], T], child: socket.socket) -> NoReturn:
    try:
        _take_orders()
        threading.Thread(target=_end_with_parent, args=[child], daemon=True).start()
        wire = _Wire(child)
        wire.send(_message(function, wire))
    finally:
        # Nothing that the parent has opened is closed here, or written out twice.
        os._exit(0)


def _take_orders() -> None:
    """Leave Ctrl-C, which a terminal tells every process, to the parent, who says when to end."""
    # The parent's loop would be woken.
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _end_with_parent(child: socket.socket) -> None:
    # Nobody writes there: it can be read once the other end is gone.
    child.recv(1)
    os._exit(0)


def _message(function: Callable[[Progress], Any], progress: Progress) -> bytes:
    """Give what a function gave or raised, as another process can read it."""
    try:
        return pickle.dumps(_Return(function(progress)))
    except Exception as error:  # noqa: BLE001 - it is raised by the parent
        error.add_note(format_exc())
        try:
            pickle.loads(message := pickle.dumps(_Return(error=error)))
        except Exception:  # noqa: BLE001 - whatever it is made of, its trace can be told
            return pickle.dumps(_Return(error=RuntimeError(format_exc())))
        return message
