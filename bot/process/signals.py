"""What tells a process to stop: SIGTERM, Ctrl-C, a closed terminal and their Windows kin."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Generator, Iterator
from typing import Any, Final

_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGBREAK")
_HANGUP: Final = "SIGHUP"


@contextlib.contextmanager
def stop_signals(stop: asyncio.Event) -> Generator[None]:
    """Set the event when the process is told to stop."""
    loop = asyncio.get_running_loop()

    # Not add_signal_handler, which there is on POSIX only.
    def handle(_number: int, _frame: Any) -> None:
        loop.call_soon_threadsafe(stop.set)

    with _handled_by(handle):
        yield


@contextlib.contextmanager
def interrupting_signals() -> Generator[None]:
    """Raise KeyboardInterrupt when the process is told to stop, where nothing is awaited yet."""
    with _handled_by(signal.default_int_handler):
        yield


@contextlib.contextmanager
def _handled_by(handle: Callable[[int, Any], None]) -> Generator[None]:
    before = {number: signal.signal(number, handle) for number in list(_numbers())}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _numbers() -> Iterator[int]:
    for name in (*_SIGNALS, _HANGUP):
        number = getattr(signal, name, None)
        # `nohup` lets a process outlive its terminal.
        is_nohup = name == _HANGUP and number and signal.getsignal(number) is signal.SIG_IGN
        if number is not None and not is_nohup:
            yield number
