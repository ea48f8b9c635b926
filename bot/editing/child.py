"""The bot as a process of its own, connected to a playground."""

import asyncio
import os
import signal
import subprocess
import sys
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playground import LoopbackDiscord
from playground.web import Notice, Page

_STOP_SECONDS: Final = 10.0
_LAST_LINES: Final = 12
# As EX_TEMPFAIL and EX_CONFIG, of which OperatorError makes use.
_BROKEN: Final = (75, 78)
"""Exit codes that say that a person has to do something."""
# A bot that lasted this long had started; one that did not would die again at once.
_CALM_SECONDS: Final = 5.0
_SETTINGS: Final = (
    "DATABASE_URL",
    "DISCORD_TOKEN_FILE",
    "DEV_GUILD_ID",
    "HEALTH_PORT",
    "HEALTH_TOKEN",
    "LOG_FORMAT",
    "PROCESSES",
    "SHARD_COUNT",
    "SHARD_IDS",
)
"""Those of the host's own bot, whose members and servers are none of the playground's."""


@dataclass
class Child:
    """The process; it is started again when it dies or its packs change."""

    discord: LoopbackDiscord
    page: Page
    root: Path
    data_dir: Path
    packs_dir: Path | None = None
    _process: asyncio.subprocess.Process | None = None
    _start_request: asyncio.Event = field(default_factory=asyncio.Event)
    _is_stopping: bool = False
    _starts: int = 0

    def start_with(self, packs_dir: Path) -> None:
        """Start the bot, or start it again, with these packs."""
        self.packs_dir = packs_dir
        self._start_request.set()
        self._end()

    async def keep(self) -> None:
        """Run the bot again and again until it is stopped."""
        while not self._is_stopping:
            await self._start_request.wait()
            self._start_request.clear()
            if self._is_stopping:
                return
            started_at = asyncio.get_running_loop().time()
            code, last_lines = await self._run()
            if self._is_stopping or self._start_request.is_set():
                continue
            if code in _BROKEN:
                self.page.set_notices([Notice("The bot can't start:", tuple(last_lines))])
                continue
            if asyncio.get_running_loop().time() - started_at < _CALM_SECONDS:
                # One that dies at once would only die again.
                await asyncio.sleep(1)
            self._start_request.set()

    async def stop(self) -> None:
        self._is_stopping = True
        self._start_request.set()
        process = self._process
        self._end()
        if process is not None and process.returncode is None:
            try:
                await asyncio.wait_for(process.wait(), _STOP_SECONDS)
            except TimeoutError:
                process.kill()

    def _end(self) -> None:
        """Ask the process to end, as Ctrl-C in a terminal of its own would."""
        if self._process is not None and self._process.returncode is None:
            stop = signal.SIGTERM if os.name == "posix" else getattr(signal, "CTRL_BREAK_EVENT", 0)
            self._process.send_signal(stop)

    async def _run(self) -> tuple[int, deque[str]]:
        """Run the bot once; its exit code and the last lines that it wrote."""
        if self._starts:
            self.page.count_restart()
        self._starts += 1
        # Ctrl-C in the terminal is for us; the bot is told by us, and once.
        is_posix = os.name == "posix"
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.editing.leashed_bot",
            "run",
            cwd=self.root,
            env=self._environment(),
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=is_posix,
            creationflags=0 if is_posix else getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        if self._is_stopping:
            # It was told to stop while the process was being made.
            self._end()
        assert self._process.stderr is not None
        last_lines: deque[str] = deque(maxlen=_LAST_LINES)
        async for line in self._process.stderr:
            text = line.decode("utf-8", "replace").rstrip()
            last_lines.append(text)
            sys.stderr.write(f"{text}\n")
        return await self._process.wait(), last_lines

    def _environment(self) -> dict[str, str]:
        """Give the bot its settings; what is empty also hides what stands in `.env`."""
        return {
            "LOG_LEVEL": "WARNING",
            **os.environ,
            **dict.fromkeys(_SETTINGS, ""),
            "DISCORD_TOKEN": self.discord.token,
            "DISCORD_API_URL": self.discord.url,
            "DATA_DIR": os.path.realpath(self.data_dir),
            "PACKS_DIR": os.path.realpath(self.packs_dir or "data"),
        }
