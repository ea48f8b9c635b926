"""How far something has come that takes a while, and telling whoever waits for it."""

import asyncio
import logging
import os
import sys
import threading
from collections.abc import AsyncGenerator, Generator, Iterable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Final, Protocol, TypeVar

T = TypeVar("T")

log = logging.getLogger(__name__)

_PATIENCE_SECONDS: Final = 2.0
"""For which nobody minds that nothing is said."""
_LINE_SECONDS: Final = 5.0
_FRAME_SECONDS: Final = 0.1
_STRIDE: Final = 1000
DUMB: Final = ("dumb", "unknown")
"""Terminals that know no colours, and cannot go back to the beginning of a line."""


class Progress(Protocol):
    """Whoever wants to know how far something has come."""

    def advance(self, count: int, total: int) -> None: ...


class _Nobody:
    def advance(self, count: int, total: int) -> None: ...


NOBODY: Final[Progress] = _Nobody()


class Meter:
    """Counts what goes by, of a total, and reports it now and then."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._count = 0

    def over(self, items: Iterable[T]) -> Iterator[T]:
        for item in items:
            yield item
            self._count += 1
            if self._count % _STRIDE == 0:
                self._progress.advance(self._count, self._total)


UNSEEN: Final = Meter(NOBODY, 0)


@dataclass(slots=True)
class Step:
    """What is being done, in words, and how far it has come."""

    name: str
    started_at: float = field(default_factory=monotonic)
    count: int = 0
    total: int = 0
    """Nothing where nobody can tell."""

    def advance(self, count: int, total: int) -> None:
        self.count, self.total = min(count, total), total

    def line(self) -> str:
        if self.total:
            return f"{self.name}: {self.count:,} of {self.total:,}"
        return f"{self.name}: {monotonic() - self.started_at:.0f} seconds so far"

    def sentence(self) -> str:
        """Say it within another sentence, in short."""
        name = self.name[:1].lower() + self.name[1:]
        return f"{name}, {100 * self.count // self.total} %" if self.total else name


@contextmanager
def showing(name: str) -> Generator[Step]:
    """Show how far something has come once it takes longer, in a thread beside it."""
    step, ended = Step(name), threading.Event()
    thread = threading.Thread(target=_keep_showing, args=[step, ended], daemon=True)
    thread.start()
    try:
        yield step
    finally:
        ended.set()
        thread.join()


def _keep_showing(step: Step, ended: threading.Event) -> None:
    with closing(_frames(step)) as frames:
        for pause in frames:
            if ended.wait(pause):
                return


@asynccontextmanager
async def showing_in_task(name: str) -> AsyncGenerator[Step]:
    """Show the same in a task: beside a thread no process could be forked."""
    step = Step(name)
    task = asyncio.create_task(_show(step))
    try:
        yield step
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _show(step: Step) -> None:
    with closing(_frames(step)) as frames:
        for pause in frames:
            await asyncio.sleep(pause)


def _frames(step: Step) -> Generator[float]:
    """Show a step again and again; gives the seconds until the next time."""
    return _bar(step) if _is_lively() else _lines(step)


def _is_lively() -> bool:
    return sys.stderr.isatty() and os.environ.get("TERM") not in DUMB


def _bar(step: Step) -> Generator[float]:
    """Draw a bar on the terminal, which is gone again at the end."""
    yield _PATIENCE_SECONDS
    # Only who has waited for so long pays for the import.
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Bar(
        *columns,
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,
        # Whatever else is written goes where it belongs.
        redirect_stdout=False,
        redirect_stderr=False,
    ) as bar:
        task = bar.add_task(step.name, total=None)
        while True:
            bar.update(task, completed=step.count, total=step.total or None, refresh=True)
            yield _FRAME_SECONDS


def _lines(step: Step) -> Generator[float]:
    """Write a line now and then: to the log, where there is one."""
    while True:
        yield _LINE_SECONDS
        if logging.root.hasHandlers():
            log.info("%s", step.line())
        else:
            # What is done goes on where nobody reads how far it has come.
            with suppress(OSError):
                sys.stderr.write(f"{step.line()}\n")
