"""A bot as a process of its own, and what it costs."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playground import LoopbackDiscord

ROOT = Path(__file__).parents[2]
_CLOCK_OF_PROCESS = 2
"""The kernel's number for the time that a process has spent on a CPU, in user mode and not."""


_CPUS = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]


def leave_a_cpu() -> None:
    """Keep this process off the CPU on which the bots run, where there is more than one.

    Else the two compete, and a bot with several threads is moved about more than one with one.
    """
    if len(_CPUS) > 1:
        os.sched_setaffinity(0, _CPUS[1:])


def cpu_seconds_of(pid: int) -> float:
    """Give what all threads of a process have used so far, in user mode and in the kernel."""
    # As clock_getcpuclockid(3) makes it; /proc/<pid>/stat counts in steps of 10 ms only.
    return time.clock_gettime((~pid << 3) | _CLOCK_OF_PROCESS)


@dataclass(frozen=True)
class Memory:
    """Megabytes: all that is mapped in, and that with what is shared divided by its users."""

    rss: float
    pss: float


@dataclass
class Child:
    discord: LoopbackDiscord
    arguments: Sequence[str]
    """What stands after `python -m`."""
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None

    async def start(self) -> float:
        """Start the process; the seconds until Discord told it that it is READY."""
        await self.discord.platform.events.until(lambda: not self.discord.is_connected, 60)
        began = time.perf_counter()
        process = await self.launch()
        ready = asyncio.create_task(self.discord.wait_ready(60))
        ended = asyncio.create_task(process.wait())
        await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        seconds = time.perf_counter() - began
        ready.cancel()
        ended.cancel()
        if not self.discord.is_connected:
            raise RuntimeError(f"{self.arguments} did not start:\n{self.log()}")
        return seconds

    async def launch(self) -> asyncio.subprocess.Process:
        """Start the process on its CPU, and wait for nothing."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with self._log_path.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                *self.arguments,
                cwd=ROOT,
                env={
                    **kept,
                    "DISCORD_TOKEN": self.discord.token,
                    "DISCORD_API_URL": self.discord.url,
                    **self.environment,
                },
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        if len(_CPUS) > 1:
            os.sched_setaffinity(self.process.pid, _CPUS[:1])
        return self.process

    async def until_all_servers_are_there(self, within: float = 300) -> None:
        """Wait until Discord has told it of each server; raises RuntimeError where it does not."""
        for _look in range(round(within / 0.1)):
            if "ready as" in self.log():
                return
            if not self.is_running:
                break
            await asyncio.sleep(0.1)
        raise RuntimeError(f"{self.arguments} is not ready:\n{self.log()}")

    async def stop(self) -> None:
        if self.process is None or self.process.returncode is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(60):
                await self.process.wait()
        except TimeoutError:
            self.process.kill()
            await self.process.wait()

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.returncode is None

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def send_signal(self, number: int) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def cpu_seconds(self) -> float:
        """Give what all threads of the process have used so far, in user mode and in the kernel."""
        return cpu_seconds_of(self.pid)

    def main_thread_seconds(self) -> float:
        """Give what the main thread has used so far."""
        text = Path(f"/proc/{self.pid}/task/{self.pid}/schedstat").read_text()
        return int(text.split()[0]) / 1e9

    def memory(self) -> Memory:
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines()
        kilobytes = {words[0]: int(words[1]) for words in map(str.split, lines[1:])}
        return Memory(kilobytes["Rss:"] / 1024, kilobytes["Pss:"] / 1024)

    def peak_mb(self) -> float:
        """Give the most megabytes that the process ever held."""
        text = Path(f"/proc/{self.pid}/status").read_text()
        return int(text.partition("VmHWM:")[2].split()[0]) / 1024

    def log(self) -> str:
        return self._log_path.read_text("utf-8", "replace")

    def check_log(self) -> None:
        """Raise RuntimeError where something went wrong that nobody was told of."""
        if "Traceback" in self.log() or '"ERROR"' in self.log():
            raise RuntimeError(f"{self.arguments} wrote:\n{self.log()}")

    @property
    def _log_path(self) -> Path:
        return self.folder / "log.txt"
