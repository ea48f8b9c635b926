"""The life of the process: what is opened, what stops it, what it closes again."""

import asyncio
import contextlib
import ctypes
import importlib
import logging
import os
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import discord

from bot.client import Bot
from bot.config import Settings
from bot.errors import (
    ContentUnavailableError,
    StateUnavailableError,
    UnavailableError,
)
from bot.hosting.graph import Surroundings, build_bot
from bot.hosting.housekeeping import forget_what_is_old
from bot.hosting.login import connect, explained
from bot.hosting.places import Seating
from bot.hosting.presence import Presence, presence_of
from bot.interview.library.build import ensure_content, rebuild_content
from bot.interview.library.library import Library
from bot.interview.library.opening import open_library
from bot.process import discord_api
from bot.process.apart import run_apart
from bot.process.gateway import keep_steady
from bot.process.log import redact
from bot.process.outages import Outages, Part
from bot.process.persistence import persist
from bot.process.progress import Progress, Step, showing_in_task
from bot.process.signals import interrupting_signals, stop_signals
from bot.process.sqlite_faults import is_of_the_disk
from bot.process.tasks import run_until_one_ends
from bot.state.copies.backups import keep_backups
from bot.state.database import Database
from bot.state.lock_names import Locks, Seat
from bot.text import _, say

log = logging.getLogger(__name__)

# A program that looks into the state does so for seconds or minutes.
_LONGEST_PAUSE: Final = 10.0
# M_ARENA_MAX of its malloc.h.
_ARENA_MAX: Final = -8
_BUILDING: Final = "Building the interviews"


@dataclass(slots=True)
class _Start:
    """What a process begins with, and what it does before it serves anybody."""

    settings: Settings
    surroundings: Surroundings
    locks: Locks
    outages: Outages
    step: Step = field(default_factory=partial(Step, _BUILDING))


def run(settings: Settings, surroundings: Surroundings | None = None) -> None:
    """Run the bot until it is told to stop; raises OperatorError when it cannot go on."""
    surroundings = surroundings or Surroundings()
    locks, outages = surroundings.locks_of(settings), Outages()
    # What members have done is for nobody else who uses the machine.
    os.umask(0o077)
    # It never speaks, and need not say so at each start.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    _share_one_heap()
    if settings.api_url:
        discord_api.point_at(settings.api_url)
    if settings.proxy:
        log.info("reaching Discord through the proxy %s", redact(settings.proxy))
    with (
        contextlib.suppress(KeyboardInterrupt),
        # Until the first await.
        interrupting_signals(),
        locks.held_folder(shares=settings.shares_state),
        asyncio.Runner(loop_factory=_loop_factory()) as runner,
    ):
        start = _Start(settings, surroundings, locks, outages)
        runner.run(_until_told(_serve(start)))
    log.info("stopped")


def _share_one_heap() -> None:
    """Keep glibc from giving each thread a heap of its own, which stays as large as it ever was."""
    # Other systems' libraries have no such function, and no such heaps.
    with contextlib.suppress(AttributeError):
        if sys.platform == "linux":
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    # There is no wheel of it for Windows, PyPy and rare processors.
    with contextlib.suppress(ImportError):
        return importlib.import_module("uvloop").new_event_loop
    return None


async def _until_told(serving: Coroutine[Any, Any, None]) -> None:
    """Serve until the process is told to stop, whatever is being waited for then."""
    stop = asyncio.Event()
    running, waiting = asyncio.create_task(serving), asyncio.create_task(stop.wait())
    with stop_signals(stop):
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if running.done():
            await running
        else:
            await _stop(running)


async def _stop(running: asyncio.Task[None]) -> None:
    log.info("stopping")
    running.cancel()
    (error,) = await asyncio.gather(running, return_exceptions=True)
    if isinstance(error, Exception):
        log.warning("stopping, though not everything could be closed: %s", error)


async def _serve(start: _Start) -> None:
    """Serve for as long as nobody else takes what this process holds."""
    keep_steady(start.outages)
    async with contextlib.AsyncExitStack() as starting:
        await starting.enter_async_context(_starting_health(start))
        content = await _content(start)
        start.step = Step("Opening the interviews")
        rebuild = partial(_rebuild, start, content)
        async with (
            open_library(content, rebuild, start.outages) as library,
            _seat(start) as seat,
        ):
            share = _serve_share(start, library, content.name, seat, starting)
            await run_until_one_ends(seat.keep(), share)


async def _content(start: _Start) -> Path:
    """Have the content built; waits for room on the disk."""
    settings = start.settings
    # Its libraries would stay in memory for as long as the bot runs, and no later start has them.
    ensure = partial(_ensure_content, settings.data_dir, settings.packs_dir)

    async def attempt() -> tuple[Path, Sequence[str]]:
        async with showing_in_task(_BUILDING) as start.step:
            return await run_apart(ensure, start.step)

    content, news = await persist(
        attempt, start.outages, Part.CONTENT, longest_pause=_LONGEST_PAUSE
    )
    for line in news:
        log.info("%s", line)
    return content


def _ensure_content(
    data_dir: Path, packs_dir: Path, progress: Progress
) -> tuple[Path, Sequence[str]]:
    """Build the content where it is missing; gives what to log once no bar is in the way."""
    news: list[str] = []
    try:
        return ensure_content(data_dir, packs_dir, progress, news.append), news
    except UnavailableError as error:
        if is_of_the_disk(error.__cause__):
            raise ContentUnavailableError(str(error)) from error
        raise


async def _rebuild(start: _Start, content: Path) -> None:
    start.step = Step(_BUILDING)
    await run_apart(partial(rebuild_content, content, start.settings.packs_dir), start.step)


async def _serve_share(
    start: _Start,
    library: Library,
    content: str,
    seat: Seat,
    starting: contextlib.AsyncExitStack,
) -> None:
    """Serve the shards that are this process' own, once there are some; ends what is `starting`."""
    settings, surroundings, outages = start.settings, start.surroundings, start.outages
    start.step = Step("Opening the database")
    async with (
        _state(surroundings, settings, outages) as database,
        presence_of(settings, database, content) as presence,
    ):
        await starting.aclose()
        seating = Seating(settings, start.locks, seat, presence, outages)
        with explained():
            settings = await seating.settle(partial(_spare_health, presence, outages, settings))
        async with (
            _backups(settings, surroundings, outages),
            build_bot(settings, surroundings, library, database, outages) as bot,
            forget_what_is_old(bot.state, settings.data_dir, bot.clock, outages),
            _health(bot, presence, settings),
        ):
            with explained():
                await connect(bot, settings.token)


@contextlib.asynccontextmanager
async def _seat(start: _Start) -> AsyncGenerator[Seat]:
    """Use the state beside other processes, or alone; waits for a server that is away."""
    outages = start.outages
    async with contextlib.AsyncExitStack() as stack:

        async def attempt() -> Seat:
            seat = start.locks.seat(outages, shares=start.settings.shares_state)
            return await stack.enter_async_context(seat)

        yield await persist(attempt, outages, Part.LOCKS, longest_pause=_LONGEST_PAUSE)


@contextlib.asynccontextmanager
async def _state(
    surroundings: Surroundings, settings: Settings, outages: Outages
) -> AsyncGenerator[Database]:
    """Open the state; waits for a program that has locked it."""
    async with contextlib.AsyncExitStack() as stack:

        async def attempt() -> Database:
            try:
                state = surroundings.open_state(settings.data_dir, settings.database_url)
                return await stack.enter_async_context(state)
            except UnavailableError as error:
                sentence = _("{why} I'll keep trying.", why=error.text)
                raise StateUnavailableError(say(sentence)) from error

        database = await persist(attempt, outages, Part.STATE, longest_pause=_LONGEST_PAUSE)
        database.outages = outages
        yield database


def _backups(
    settings: Settings, surroundings: Surroundings, outages: Outages
) -> AbstractAsyncContextManager[None]:
    """Make a copy a day; of a database one process does, which has what is outside of servers."""
    if settings.database_url is not None and not settings.is_ours(0):
        return contextlib.nullcontext()
    return keep_backups(settings.data_dir, surroundings.now, outages, settings.database_url)


def _health(bot: Bot, presence: Presence, settings: Settings) -> AbstractAsyncContextManager[None]:
    if settings.health_port is None:
        return contextlib.nullcontext()
    # A server of web pages, which most bots do without.
    from bot.hosting.health import serve_health

    return serve_health(bot, presence, settings.health_port, settings.health_token)


def _starting_health(start: _Start) -> AbstractAsyncContextManager[None]:
    settings = start.settings
    if settings.health_port is None:
        return contextlib.nullcontext()
    from bot.hosting.early_health import serve_starting_health

    port, token = settings.health_port, settings.health_token
    return serve_starting_health(lambda: start.step, start.outages, port, token)


def _spare_health(
    presence: Presence, outages: Outages, settings: Settings
) -> AbstractAsyncContextManager[None]:
    if settings.health_port is None:
        return contextlib.nullcontext()
    from bot.hosting.early_health import serve_spare_health

    return serve_spare_health(presence, outages, settings.health_port, settings.health_token)
