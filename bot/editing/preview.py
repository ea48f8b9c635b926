"""The playground with this bot in it: a child process, restarted when a pack changes."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.editing.check import check, folders_to_check
from bot.errors import OperatorError
from bot.interview.pack.files import pack_files
from bot.process.signals import stop_signals
from playground import LoopbackDiscord
from playground.web import Notice, Page
from playground.web.browser import free_port, open_browser

_POLL_SECONDS: Final = 0.5
_SETTLE_SECONDS: Final = 0.1
_STOP_SECONDS: Final = 10.0
_LAST_LINES: Final = 12
_BROKEN: Final = (75, 78)
"""Exit codes that say that a person has to do something."""
_CALM_SECONDS: Final = 5.0
_SETTINGS: Final = (
    "DISCORD_TOKEN_FILE",
    "DEV_GUILD_ID",
    "LOG_FORMAT",
    "SHARD_COUNT",
    "SHARD_IDS",
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What to show and where; without `packs` what the settings say."""

    root: Path
    packs_dir: Path
    port: int
    data_dir: Path | None = None
    pack: Path | None = None
    opens: bool = True
    locale: str = "en-US"
    """Of everybody and of every server, as Discord names it."""


def preview(wanted: Preview, tell: Callable[[str], None]) -> None:
    """Run the playground until Ctrl-C; `tell` is given lines for who started it."""
    asyncio.run(_serve(wanted, tell))


async def _serve(wanted: Preview, tell: Callable[[str], None]) -> None:
    told = asyncio.Event()
    with stop_signals(told), tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        discord = LoopbackDiscord(port=free_port(wanted.port))
        discord.world.speak(wanted.locale)
        page = Page(discord)
        async with discord:
            if discord.port != wanted.port:
                tell(f"Port {wanted.port} is in use; the playground is on {discord.port}.")
            child = Child(discord, page, wanted.root, wanted.data_dir or Path(temporary) / "var")
            async with _kept(child, wanted, Path(temporary), page):
                tell(f"The playground: {page.url}")
                tell("Type / there to see what the bot can do. Ctrl-C stops it.")
                if wanted.opens:
                    await open_browser(page.url)
                await told.wait()


@asynccontextmanager
async def _kept(
    child: "Child", wanted: Preview, temporary: Path, page: Page
) -> AsyncGenerator[None]:
    """Keep the bot running, with the packs as they are on the disk, and stop it at the end."""
    if wanted.pack is None:
        child.start_with(wanted.packs_dir)
        watching = asyncio.create_task(asyncio.sleep(0))
    else:
        packs = _Packs(wanted.pack, temporary)
        watching = asyncio.create_task(_watch(packs, child, page))
    keeping = asyncio.create_task(child.keep())
    try:
        yield
    finally:
        watching.cancel()
        await child.stop()
        await asyncio.gather(watching, keeping, return_exceptions=True)


async def _watch(packs: "_Packs", child: "Child", page: Page) -> None:
    """Check the packs whenever they change; the bot gets them when nothing is wrong."""
    seen: object = None
    while True:
        now = await asyncio.to_thread(packs.signature)
        if now != seen:
            # Several files may be written one after the other.
            await asyncio.sleep(_SETTLE_SECONDS)
            if now != await asyncio.to_thread(packs.signature):
                continue
            seen = now
            mistakes = await asyncio.to_thread(packs.mistakes)
            page.set_notices([Notice("This has to be mended first:", mistakes)] if mistakes else [])
            if not mistakes:
                child.start_with(await asyncio.to_thread(packs.copied))
        await asyncio.sleep(_POLL_SECONDS)


@dataclass
class _Packs:
    """The packs that are previewed, and the copy that the bot reads while they are edited."""

    folder: Path
    temporary: Path
    copies: int = 0

    def signature(self) -> object:
        """Sum up what would change when a file does."""
        try:
            folders = folders_to_check(self.folder)
            found = [(file, file.stat()) for folder in folders for file in pack_files(folder)]
        except (OperatorError, OSError) as error:
            return str(error)
        return [(file, stat.st_mtime_ns, stat.st_size) for file, stat in found]

    def mistakes(self) -> tuple[str, ...]:
        try:
            return tuple(map(str, check(folders_to_check(self.folder))))
        except (OperatorError, OSError) as error:
            return (str(error),)

    def copied(self) -> Path:
        """Copy the packs to a folder that holds nothing else."""
        self.copies += 1
        copy = self.temporary / f"packs-{self.copies}"
        for folder in folders_to_check(self.folder):
            shutil.copytree(folder, copy / folder.resolve().name)
        return copy


@dataclass
class Child:
    """The bot as a process; it is started again when it dies or its packs change."""

    discord: LoopbackDiscord
    page: Page
    root: Path
    data_dir: Path
    packs_dir: Path | None = None
    _process: asyncio.subprocess.Process | None = None
    _wanted: asyncio.Event = field(default_factory=asyncio.Event)
    _is_stopping: bool = False
    _started: int = 0

    def start_with(self, packs_dir: Path) -> None:
        """Start the bot, or start it again, with these packs."""
        self.packs_dir = packs_dir
        self._wanted.set()
        self._end()

    async def keep(self) -> None:
        """Run the bot again and again until it is stopped."""
        while not self._is_stopping:
            await self._wanted.wait()
            self._wanted.clear()
            if self._is_stopping:
                return
            began = asyncio.get_running_loop().time()
            code, last = await self._run()
            if self._is_stopping or self._wanted.is_set():
                continue
            if code in _BROKEN:
                self.page.set_notices([Notice("The bot cannot start:", tuple(last))])
                continue
            if asyncio.get_running_loop().time() - began < _CALM_SECONDS:
                # One that dies at once would only die again.
                await asyncio.sleep(1)
            self._wanted.set()

    async def stop(self) -> None:
        self._is_stopping = True
        self._wanted.set()
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
        if self._started:
            self.page.count_restart()
        self._started += 1
        # Ctrl-C in the terminal is for us; the bot is told by us, and once.
        is_posix = os.name == "posix"
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=self.root,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=is_posix,
            creationflags=0 if is_posix else getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        if self._is_stopping:
            # It was told to stop while the process was being made.
            self._end()
        assert self._process.stderr is not None
        last: deque[str] = deque(maxlen=_LAST_LINES)
        async for line in self._process.stderr:
            text = line.decode("utf-8", "replace").rstrip()
            last.append(text)
            sys.stderr.write(f"{text}\n")
        return await self._process.wait(), last

    def _environment(self) -> dict[str, str]:
        """Give the bot its settings; what is empty also hides what stands in `.env`."""
        return {
            "LOG_LEVEL": "WARNING",
            **os.environ,
            **dict.fromkeys(_SETTINGS, ""),
            "DISCORD_TOKEN": self.discord.token,
            "DISCORD_API_URL": self.discord.url,
            "DATA_DIR": str(self.data_dir.resolve()),
            "PACKS_DIR": str((self.packs_dir or Path("data")).resolve()),
        }
