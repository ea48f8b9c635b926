"""Where the time of a row goes."""

import asyncio
import io
import pstats
import signal
from pathlib import Path

from tests.benchmarks.measuring import Size, batch
from tests.benchmarks.rows import Row
from tests.benchmarks.subject import Subject

_LINES = 25
_OWN = r"/(bot|cogs|benchmarks)/|aiosqlite"


async def profile_of(subject: Subject, row: Row, size: Size) -> str:
    """Profile the main thread of a bot that was started through `profiled`, for one batch."""
    count = size.answers
    output = profile_path(subject.child.folder)
    output.unlink(missing_ok=True)
    await batch(subject, row, size.warm_up)
    cpu, main = subject.child.cpu_seconds(), subject.child.main_thread_seconds()
    await batch(subject, row, count)
    cpu, main = subject.child.cpu_seconds() - cpu, subject.child.main_thread_seconds() - main
    subject.child.send_signal(signal.SIGUSR1)
    await batch(subject, row, count)
    subject.child.send_signal(signal.SIGUSR2)
    await _written(output)
    written = io.StringIO()
    stats = pstats.Stats(str(output), stream=written).sort_stats("cumulative")
    stats.print_stats(_LINES)
    stats.print_stats(_OWN, _LINES)
    return (
        f"{row.title}: {count} answers; without the profiler {cpu * 1000 / count:.3f} ms an answer,"
        f" {main * 1000 / count:.3f} of it in the main thread\n{written.getvalue()}"
    )


async def _written(path: Path) -> None:
    for _attempt in range(100):
        if path.exists():
            return
        await asyncio.sleep(0.1)
    raise RuntimeError("the bot wrote no profile")


def profile_path(folder: Path) -> Path:
    return folder / "profile"
