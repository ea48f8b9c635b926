"""What the bot needs from the machine and from its folders, a line each; changes nothing."""

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import aiohttp

from bot.config import Settings, SettingsError
from bot.editing.check import check, folders_to_check
from bot.errors import OperatorError
from bot.interview.pack.files import all_folders
from bot.process.clock import Clock
from bot.state.paths import state_path
from bot.state.schema import file_version, migrations

_PYTHON: Final = (3, 11)
# What Debian 12 has; older ones lack STRICT tables and RETURNING.
_SQLITE: Final = (3, 40, 1)
# The library of a large interview, built anew beside the old one.
_LEAST_MB: Final = 200
# SQLite's write-ahead log needs shared memory, which these do not have.
_NETWORK: Final = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "ceph", "glusterfs")
_API: Final = "https://discord.com/api/v10"
_WAIT_SECONDS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and how it is; where it is not well, `remedy` says what to do."""

    what: str
    how: str
    remedy: str = ""

    @property
    def is_well(self) -> bool:
        return not self.remedy

    def __str__(self) -> str:
        if self.is_well:
            return f"ok       {self.what}: {self.how}"
        return f"PROBLEM  {self.what}: {self.how}. {self.remedy}"


def examine(env: Mapping[str, str], root: Path) -> Iterator[Finding]:
    """Look at everything, one after the other; none of it keeps the others from being looked at."""
    yield _python()
    yield _sqlite()
    yield _settings(env, root)
    try:
        settings = Settings.from_env(env, root, needs_token=False)
    except SettingsError:
        return
    folder: Callable[[Path], Finding]
    for folder in (_writable, _disk, _file_system, _private, _state):
        yield folder(settings.data_dir)
    yield _packs(settings)
    yield asyncio.run(_clock(f"{settings.api_url}/api/v10" if settings.api_url else _API))


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= _PYTHON:
        return Finding("Python", version)
    return Finding("Python", version, "Encore needs 3.11 or newer.")


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version
    with closing(sqlite3.connect(":memory:")) as memory:
        options = {row[0] for row in memory.execute("PRAGMA compile_options")}
    if sqlite3.sqlite_version_info < _SQLITE:
        return Finding("SQLite", version, "Encore needs 3.40.1 or newer: use a newer Python.")
    if "ENABLE_FTS5" not in options:
        return Finding("SQLite", f"{version} without FTS5", "Use a Python whose SQLite has it.")
    return Finding("SQLite", f"{version} with FTS5")


def _settings(env: Mapping[str, str], root: Path) -> Finding:
    try:
        Settings.from_env(env, root)
    except SettingsError as error:
        return Finding("settings", "not all can be used", str(error))
    return Finding("settings", "complete, and the token looks like one")


def _existing(folder: Path) -> Path:
    """Give the folder, or the nearest above it that is there."""
    return next(place for place in (folder, *folder.absolute().parents) if place.exists())


def _writable(folder: Path) -> Finding:
    there = _existing(folder)
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return Finding("data folder", str(folder))
    remedy = "Let the bot's user write there, or set DATA_DIR to another folder."
    return Finding("data folder", f"{folder} cannot be written", remedy)


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(_existing(folder)).free >> 20
    if free >= _LEAST_MB:
        return Finding("disk", f"{free:,} MB free")
    return Finding("disk", f"{free} MB free", f"Make room: at least {_LEAST_MB} MB.")


def _file_system(folder: Path) -> Finding:
    kind = _kind_of(_existing(folder).resolve())
    if kind in _NETWORK:
        remedy = "SQLite needs a disk of this machine: set DATA_DIR to a folder on one."
        return Finding("file system", kind, remedy)
    return Finding("file system", kind)


def _kind_of(folder: Path) -> str:
    """Give the kind of file system, where Linux tells it."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return "of this machine"
    kinds = [line.split()[1:3] for line in mounts.read_text("utf-8").splitlines()]
    return max((place, kind) for place, kind in kinds if folder.is_relative_to(place))[1]


def _private(folder: Path) -> Finding:
    path = state_path(folder)
    if os.name != "posix" or not path.exists():
        return Finding("permissions", "nothing to say")
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        return Finding(
            "permissions", f"others may read {path} ({mode:o})", f"Run: chmod 600 {path}"
        )
    return Finding("permissions", "only the bot's user reads what members have done")


def _state(folder: Path) -> Finding:
    path = state_path(folder)
    if not path.exists():
        return Finding("database", "none yet, the first start makes it")
    try:
        version = file_version(path, is_thorough=True)
    except OperatorError as error:
        return Finding("database", "cannot be used", str(error))
    return Finding("database", f"whole, version {version} of {len(migrations())}")


def _packs(settings: Settings) -> Finding:
    folder = settings.packs_dir
    try:
        folders = all_folders(folder, settings.data_dir) or folders_to_check(folder)
        mistakes = list(check(folders))
    except OperatorError as error:
        return Finding("interviews", "cannot be checked", str(error))
    if mistakes:
        with_mistakes = sorted({str(mistake.path.parent) for mistake in mistakes})
        how = f"{len(mistakes)} mistakes, so {', '.join(with_mistakes)} is left out"
        return Finding("interviews", how, f"Run: python -m bot check {with_mistakes[0]}")
    return Finding("interviews", f"{len(folders)} without a mistake")


async def _clock(api: str) -> Finding:
    clock = Clock()
    timeout = aiohttp.ClientTimeout(total=_WAIT_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{api}/gateway") as answer,
        ):
            clock.compare(answer.headers.get("Date", ""))
    except (aiohttp.ClientError, OSError, TimeoutError):
        remedy = "The bot needs a way to discord.com."
        return Finding("Discord", "cannot be reached", remedy)
    if not clock.is_right:
        remedy = "Set the clock right, or daily posts and streaks wait."
        return Finding("clock", f"{clock.seconds_off:+.0f} s off Discord's", remedy)
    return Finding("clock", "that of Discord, which can be reached")
