"""The real bot as a process of its own, against a Discord on loopback."""

import asyncio
import os
import re
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any, Final

import asyncpg

from playground import LoopbackDiscord

ROOT = Path(__file__).parents[2]
SURROUNDED = "tests.end_to_end.surroundings"
"""The module of a bot in surroundings that the test chooses; see there."""


# Below those that a system gives to whoever asks for any, and each process begins elsewhere: nobody
# else takes a port before it is opened.
_PORTS: Final = islice(cycle(range(20_000, 32_000)), os.getpid() * 97 % 12_000, None)


def unused_port() -> int:
    """Give a port that nobody has at the moment, and that nobody else is given."""
    for port in _PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError


@dataclass
class BotProcess:
    """`encore run`, pointed at a Discord and a data folder."""

    discord: LoopbackDiscord
    data_dir: Path
    packs_dir: Path = ROOT / "data"
    extra: dict[str, str] = field(default_factory=dict)
    module: str = "bot"
    database_url: str | None = None
    """Of the PostgreSQL in which the state lies; None for SQLite in the data folder."""
    process: asyncio.subprocess.Process | None = None
    log: list[str] = field(default_factory=list)
    _reading: asyncio.Task[None] | None = None

    def environment(self) -> dict[str, str]:
        names = ("PATH", "SYSTEMROOT", "PYTHONDEVMODE")
        kept = {name: os.environ[name] for name in names if name in os.environ}
        return kept | {
            "DISCORD_TOKEN": self.discord.token,
            "DISCORD_API_URL": self.discord.url,
            "DATA_DIR": str(self.data_dir),
            "PACKS_DIR": str(self.packs_dir),
            "LOG_FORMAT": "json",
            # discord.py imports it on 3.11 and 3.12.
            "PYTHONWARNINGS": "ignore:'audioop' is deprecated:DeprecationWarning",
            **({"DATABASE_URL": self.database_url} if self.database_url else {}),
            **self.extra,
        }

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    async def launch(self) -> None:
        """Start the process without waiting for anything."""
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            self.module,
            "run",
            cwd=ROOT,
            env=self.environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        self._reading = asyncio.create_task(self._read())

    async def start(self) -> None:
        """Start the process and wait until members can type its commands.

        Raises RuntimeError with its last words where it ends instead.
        """
        await self.launch()
        assert self.process is not None
        ready = asyncio.create_task(self._ready())
        ended = asyncio.create_task(self.process.wait())
        await asyncio.wait({ready, ended}, timeout=60, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not ready.done():
            ready.cancel()
            raise RuntimeError("\n".join(["the bot did not start:", *self.log[-10:]]))
        await ready

    async def _ready(self) -> None:
        await self.discord.wait_ready()
        await self.discord.wait_commands()

    async def _read(self) -> None:
        assert self.process is not None
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            self.log.append(line.decode().rstrip())

    async def ended(self, within: float = 60) -> int:
        """Wait for the process to end by itself; its exit code."""
        assert self.process is not None
        assert self._reading is not None
        async with asyncio.timeout(within):
            code = await self.process.wait()
            await self._reading
        return code

    async def stop(self) -> int:
        if self.process is None or self.process.returncode is not None:
            return 0 if self.process is None else self.process.returncode or 0
        self.process.send_signal(signal.SIGTERM)
        return await self.ended()

    async def kill(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.ended()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Let the process do nothing, as a machine that is put to sleep."""
        os.kill(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    def count(self, words: str) -> int:
        """Count the lines of the log that hold some words."""
        return sum(words in line for line in self.log)

    async def logged(self, words: str) -> bool:
        """Wait for a line of the log that holds some words."""
        for _n in range(1200):
            if self.count(words):
                return True
            await asyncio.sleep(0.05)
        return False

    def ask_state(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement on the state, with `?` for each value, behind the bot's back."""
        if self.database_url is None:
            path = self.data_dir / "state.sqlite3"
            with closing(sqlite3.connect(path, isolation_level=None)) as state:
                return state.execute(sql, values).fetchall()
        # Whoever asks may be in a loop already.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, _asked(self.database_url, sql, values)).result()

    def errors(self) -> list[str]:
        """List the log lines that should not be there."""
        return [line for line in self.log if '"ERROR"' in line or "Traceback" in line]


async def _asked(url: str, sql: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
    number = count(1)
    connection = await asyncpg.connect(url)
    try:
        return [
            tuple(row)
            for row in await connection.fetch(
                re.sub(r"\?", lambda _mark: f"${next(number)}", sql), *values
            )
        ]
    finally:
        await connection.close()


async def answers(discord: LoopbackDiscord) -> bool:
    """Say whether a command is answered by the connection that is open now."""
    world = discord.world
    channel = world.dm(world.robin)
    outcome = await discord.members.use_command(world.robin, channel, "quote")
    return outcome.status == "answered" and not outcome.refused
