"""What tells a process to stop: SIGTERM, Ctrl-C and their Windows kin."""

import asyncio
import contextlib
import signal
from collections.abc import Generator
from typing import Any, Final

_SIGNALS: Final = ("SIGINT", "SIGTERM", "SIGBREAK")


@contextlib.contextmanager
def stop_signals(stop: asyncio.Event) -> Generator[None]:
    """Set the event when the process is told to stop."""
    loop = asyncio.get_running_loop()

    # Not add_signal_handler, which there is on POSIX only.
    def handle(_number: int, _frame: Any) -> None:
        loop.call_soon_threadsafe(stop.set)

    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
