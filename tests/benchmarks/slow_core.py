"""What members wait for a bot that has a fifth of a core, as on a small computer."""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

from tests.benchmarks.child import Child
from tests.benchmarks.measuring import QUICK, Size
from tests.benchmarks.pictures import typed
from tests.benchmarks.subject import Subject

SHARE: Final = 0.2
A_SECOND: Final = 5
_PERIOD_S: Final = 0.1
_LOOK_S: Final = 0.002
_GROUPS: Final = Path("/sys/fs/cgroup")
_MEMBERS: Final = "cgroup.procs"


async def waits_on_a_slow_core(subject: Subject, size: Size) -> list[float]:
    """Type commands at leisure; gives what each waited, in milliseconds."""
    await typed(subject)
    async with _slowed(subject.child):
        return await typed(subject, A_SECOND, 2 if size is QUICK else 60)


@asynccontextmanager
async def _slowed(child: Child) -> AsyncIterator[None]:
    with _limited(child) as is_limited:
        holding_up = None if is_limited else asyncio.create_task(_hold_up(child))
        try:
            yield
        finally:
            if holding_up is not None:
                holding_up.cancel()
                child.send_signal(signal.SIGCONT)


@contextmanager
def _limited(child: Child) -> Iterator[bool]:
    """Have the kernel limit a bot; gives False where we may not ask it to."""
    group = _GROUPS / f"encore-{child.pid}"
    if not _make(group):
        yield False
        return
    try:
        (group / _MEMBERS).write_text(str(child.pid))
        yield True
    finally:
        (_GROUPS / _MEMBERS).write_text(str(child.pid))
        group.rmdir()


def _make(group: Path) -> bool:
    try:
        if "cpu" in (_GROUPS / "cgroup.subtree_control").read_text().split():
            group.mkdir()
            (group / "cpu.max").write_text(f"{SHARE * _PERIOD_S * 1e6:.0f} {_PERIOD_S * 1e6:.0f}")
            return True
    except OSError:
        # Another kind of groups, or another's.
        pass
    return False


async def _hold_up(child: Child) -> None:
    """Stop a bot that has used its share of a period until the next one, as the kernel does."""
    end, most = 0.0, 0.0
    while True:
        await asyncio.sleep(_LOOK_S)
        if time.monotonic() >= end:
            child.send_signal(signal.SIGCONT)
            end, most = time.monotonic() + _PERIOD_S, child.cpu_seconds() + SHARE * _PERIOD_S
        elif child.cpu_seconds() >= most:
            child.send_signal(signal.SIGSTOP)
