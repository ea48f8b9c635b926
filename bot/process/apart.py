"""Work in a process of its own, which takes its memory and its libraries with it when it ends."""

import os
import pickle
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from traceback import format_exc
from typing import NoReturn, ParamSpec

from bot.errors import UnavailableError
from bot.text import _

_P = ParamSpec("_P")


def run_apart(function: Callable[_P, None], *args: _P.args, **kwargs: _P.kwargs) -> None:
    """Run a function in a child, and raise what it raises; where none can be forked, run it here.

    The child ends with this process, however that ends. Raises UnavailableError where the child
    was ended from outside.
    """
    # A lock that another thread holds would be held in the child for ever.
    if not hasattr(os, "fork") or threading.active_count() > 1:
        function(*args, **kwargs)
        return
    parent, child = socket.socketpair()
    with child:
        pid = os.fork()
        if pid == 0:
            parent.close()
            _work(partial(function, *args, **kwargs), child)
    error = _outcome_of(pid, parent)
    if error is not None:
        raise error


def _outcome_of(pid: int, parent: socket.socket) -> Exception | None:
    """Wait for a child; whatever else ends the waiting ends the child."""
    try:
        with parent:
            message = b"".join(iter(partial(parent.recv, 65536), b""))
    finally:
        # Where nobody wants to know of children it is gone already.
        with suppress(ChildProcessError):
            os.waitpid(pid, 0)
    if not message:
        raise UnavailableError(
            _("A process that prepares the interviews was ended before it was done."),
            _("Perhaps memory ran out: close other programs, then start the bot again."),
        )
    return pickle.loads(message)


def _work(function: Callable[[], None], child: socket.socket) -> NoReturn:
    try:
        threading.Thread(target=_end_with_parent, args=[child], daemon=True).start()
        child.sendall(_message(function))
    finally:
        # Nothing that the parent has opened is closed here, or written out twice.
        os._exit(0)


def _end_with_parent(child: socket.socket) -> None:
    # Nobody writes there: it can be read once the other end is gone.
    child.recv(1)
    os._exit(0)


def _message(function: Callable[[], None]) -> bytes:
    """Give what a function raised, if it did, as another process can raise it."""
    try:
        function()
    except Exception as error:  # noqa: BLE001 - it is raised by the parent
        error.add_note(format_exc())
        try:
            pickle.loads(message := pickle.dumps(error))
        except Exception:  # noqa: BLE001 - whatever it is made of, its trace can be told
            return pickle.dumps(RuntimeError(format_exc()))
        return message
    return pickle.dumps(None)
