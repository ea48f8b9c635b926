"""The playground with this bot in it, which gets a pack again whenever the pack changes."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from bot.editing.check import check, folders_to_check
from bot.editing.child import Child
from bot.errors import OperatorError
from bot.interview.library.build import ensure_content
from bot.interview.pack.files import pack_files
from bot.process.apart import run_beside
from bot.process.progress import Progress, Step, showing_in_task
from bot.process.signals import stop_signals
from bot.process.tasks import cancel
from playground import LoopbackDiscord
from playground.web import Notice, Page
from playground.web.browser import free_port, open_browser

_POLL_SECONDS: Final = 0.5
_SETTLE_SECONDS: Final = 0.1
_NOTICE_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class Preview:
    """What to show and where: one `pack` while it is edited, else those in `packs_dir`."""

    root: Path
    packs_dir: Path
    port: int
    data_dir: Path | None = None
    pack: Path | None = None
    opens: bool = True
    locale: str = "en-US"
    """Of everybody and of every server, as Discord names it."""
    has_database: bool = False
    """Whether the host's own bot keeps its state elsewhere, which is left alone."""


def show_preview(preview: Preview, tell: Callable[[str], None]) -> None:
    """Run the playground until Ctrl-C; `tell` is given lines for who started it.

    Raises OperatorError where there is no such pack.
    """
    if preview.pack is not None:
        folders_to_check(preview.pack)
    asyncio.run(_serve(preview, tell))


async def _serve(preview: Preview, tell: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    with stop_signals(stop), tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        discord = LoopbackDiscord(port=free_port(preview.port))
        discord.world.speak(preview.locale)
        page = Page(discord)
        async with discord:
            if preview.port not in (0, discord.port):
                tell(f"Port {preview.port} is in use; the playground is on {discord.port}.")
            child = Child(discord, page, preview.root, preview.data_dir or Path(temporary) / "var")
            async with _running(child, _feed(child, preview, Path(temporary), page)):
                tell(f"The playground: {page.url}")
                tell("Type / there to see what the bot can do. Ctrl-C stops it.")
                if preview.has_database:
                    tell("The database of DATABASE_URL is left alone. This is kept in a folder.")
                if preview.opens:
                    await open_browser(page.url)
                await stop.wait()


@asynccontextmanager
async def _running(child: Child, feed: Coroutine[Any, Any, None]) -> AsyncGenerator[None]:
    """Keep the bot running and its packs up to date; stop both at the end."""
    feeder = asyncio.create_task(feed)
    keeper = asyncio.create_task(child.keep())
    try:
        yield
    finally:
        feeder.cancel()
        # The keeper is not cancelled: it ends when its process has ended.
        await child.stop()
        await asyncio.gather(feeder, keeper, return_exceptions=True)


async def _feed(child: Child, preview: Preview, temporary: Path, page: Page) -> None:
    """Give the bot its packs: once, or whenever the one that is edited has changed."""
    if preview.pack is None:
        await _build(child, preview.packs_dir, page)
        child.start_with(preview.packs_dir)
    else:
        await _watch(_PackCopies(preview.pack, temporary), child, page)


async def _watch(packs: "_PackCopies", child: Child, page: Page) -> None:
    """Check the packs whenever they change; the bot gets them when nothing is wrong."""
    last_signature: object = None
    while True:
        signature = await asyncio.to_thread(packs.signature)
        if signature != last_signature:
            # Several files may be written one after the other.
            await asyncio.sleep(_SETTLE_SECONDS)
            if signature != await asyncio.to_thread(packs.signature):
                continue
            last_signature = signature
            async with _showing("Checking the interviews", page) as progress:
                mistakes = await run_beside(packs.mistakes, progress)
            page.set_notices([Notice("Fix this first:", mistakes)] if mistakes else [])
            if not mistakes:
                copy = await asyncio.to_thread(packs.copy)
                await _build(child, copy, page)
                child.start_with(copy)
        await asyncio.sleep(_POLL_SECONDS)


async def _build(child: Child, packs_dir: Path, page: Page) -> None:
    """Build what the bot would at its start, so that whoever waits sees how far that is."""
    build = partial(ensure_content, child.data_dir, packs_dir)
    async with _showing("Building the interviews", page) as progress:
        # The bot says it better.
        with suppress(OperatorError):
            await run_beside(build, progress)


@asynccontextmanager
async def _showing(name: str, page: Page) -> AsyncGenerator[Step]:
    """Show how far something has come, also on the page once it takes long."""
    async with showing_in_task(name) as step:
        task = asyncio.create_task(_show_on(page, step))
        try:
            yield step
        finally:
            await cancel([task])


async def _show_on(page: Page, step: Step) -> None:
    await asyncio.sleep(_NOTICE_SECONDS)
    try:
        while True:
            page.set_notices([Notice("One moment:", (step.line(),))])
            await asyncio.sleep(_NOTICE_SECONDS)
    finally:
        page.set_notices([])


@dataclass
class _PackCopies:
    """The packs that are previewed, and the copy that the bot reads while they are edited."""

    folder: Path
    temporary: Path
    copies: int = 0

    def signature(self) -> object:
        """Sum up what would change when a file does."""
        try:
            folders = folders_to_check(self.folder)
            stats = [(file, file.stat()) for folder in folders for file in pack_files(folder)]
        except (OperatorError, OSError) as error:
            return str(error)
        return [(file, stat.st_mtime_ns, stat.st_size) for file, stat in stats]

    def mistakes(self, progress: Progress) -> tuple[str, ...]:
        try:
            return tuple(map(str, check(folders_to_check(self.folder), progress=progress)))
        except (OperatorError, OSError) as error:
            return (str(error),)

    def copy(self) -> Path:
        """Copy the packs to a folder that holds nothing else."""
        self.copies += 1
        target = self.temporary / f"packs-{self.copies}"
        for folder in folders_to_check(self.folder):
            copy = target / folder.resolve().name
            copy.mkdir(parents=True)
            # Only what is read, whatever else lies there.
            for file in pack_files(folder):
                shutil.copyfile(file, copy / file.name)
        return target
