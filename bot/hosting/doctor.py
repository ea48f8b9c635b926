"""What the bot needs from the machine and from its folders, a line each; changes nothing."""

import asyncio
import os
import shutil
import sqlite3
import ssl
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import aiohttp

from bot.config import Settings, SettingsError, load_env_file
from bot.editing.check import check, folders_to_check
from bot.errors import OperatorError
from bot.hosting.finding import Finding
from bot.hosting.state_findings import state_findings
from bot.interview.pack.files import all_folders, loaded_dir, pack_folders
from bot.process.clock import Clock
from bot.process.log import redact
from bot.process.progress import showing
from bot.process.reachability import unreachable
from bot.state.paths import state_path
from bot.text import ENCORE, Text, plural, say

_PYTHON: Final = (3, 11)
# What Debian 12 has; older ones lack STRICT tables and RETURNING.
_SQLITE: Final = (3, 40, 1)
# The library of a large interview, built anew beside the old one.
_LEAST_MB: Final = 200
# SQLite's write-ahead log needs shared memory, which these do not have.
_NETWORK: Final = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "ceph", "glusterfs")
_API: Final = "https://discord.com/api/v10"
_WAIT_SECONDS: Final = 5.0


def examine(env: Mapping[str, str], root: Path) -> Iterator[Finding]:
    """Look at everything, one after the other; none of it keeps the others from being looked at."""
    yield _python()
    yield _sqlite()
    try:
        load_env_file(root / ".env")
    except SettingsError as error:
        yield from map(_mistake, error.mistakes)
    settings, mistakes = Settings.read(env, root)
    yield from map(_mistake, mistakes)
    if not mistakes:
        yield Finding("settings", "complete, and the token looks right")
    for what, look in _FOLDERS.items():
        yield _looked(what, look, settings.data_dir)
    yield from state_findings(settings)
    yield _packs(settings)
    yield _proxy(settings.proxy)
    yield _certificates(env)
    yield asyncio.run(_discord(settings))


def _mistake(mistake: Text) -> Finding:
    return Finding("settings", "something needs fixing", say(mistake))


def _looked(what: str, look: Callable[[Path], Finding], folder: Path) -> Finding:
    try:
        return look(folder)
    except (OSError, ValueError, sqlite3.Error) as error:
        remedy = f"Let the bot's user read and write in {folder}."
        return Finding(what, f"can't be checked ({error})", remedy)


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


def _existing(folder: Path) -> Path:
    """Give the folder, or the nearest above it that is there."""
    return next(place for place in (folder, *folder.absolute().parents) if os.path.exists(place))


def _writable(folder: Path) -> Finding:
    try:
        # What may be written is known only once it was: there are read-only disks, quotas, /proc.
        with tempfile.TemporaryDirectory(prefix=".doctor-", dir=_existing(folder)) as temporary:
            (Path(temporary) / "probe").write_bytes(bytes(4096))
    except OSError as error:
        remedy = "Let the bot's user write there, or set DATA_DIR to another folder."
        return Finding("data folder", f"{folder} can't be written ({error.strerror})", remedy)
    return Finding("data folder", str(folder))


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(_existing(folder)).free >> 20
    if free >= _LEAST_MB:
        return Finding("disk", f"{free:,} MB free")
    return Finding("disk", f"{free} MB free", f"Make room: at least {_LEAST_MB} MB.")


def _file_system(folder: Path) -> Finding:
    kind = _kind_of(_existing(folder).resolve())
    if kind in _NETWORK:
        remedy = "SQLite needs a local disk: set DATA_DIR to a folder on one."
        return Finding("file system", kind, remedy)
    return Finding("file system", kind)


def _kind_of(folder: Path) -> str:
    """Give the kind of file system, where Linux tells it."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return "local"
    kinds = [line.split()[1:3] for line in mounts.read_text("utf-8").splitlines()]
    return max((place, kind) for place, kind in kinds if folder.is_relative_to(place))[1]


def _private(folder: Path) -> Finding:
    path = state_path(folder)
    if os.name != "posix" or not path.exists():
        return Finding("permissions", "nothing to check")
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        return Finding(
            "permissions", f"others may read {path} ({mode:o})", f"Run: chmod 600 {path}"
        )
    return Finding("permissions", "only the bot's user can read the database")


def _packs(settings: Settings) -> Finding:
    folder = settings.packs_dir
    try:
        folders = all_folders(folder, settings.data_dir) or folders_to_check(folder)
        with showing("Checking the interviews") as progress:
            mistakes = list(check(folders, progress=progress))
    except OperatorError as error:
        return Finding("interviews", "can't be checked", str(error))
    if mistakes:
        with_mistakes = sorted({str(mistake.path.parent) for mistake in mistakes})
        count = say(plural("1 mistake", "{count} mistakes", len(mistakes)))
        how = f"{count}, so {', '.join(with_mistakes)} is left out"
        return Finding("interviews", how, f"Run: {ENCORE} check {with_mistakes[0]}")
    loaded = len(pack_folders(loaded_dir(settings.data_dir)))
    return Finding("interviews", f"{len(folders)} without mistakes, {loaded} of them loaded")


def _proxy(proxy: str | None) -> Finding:
    return Finding("proxy", redact(proxy) if proxy else "none")


def _certificates(env: Mapping[str, str]) -> Finding:
    paths = ssl.get_default_verify_paths()
    file = env.get(paths.openssl_cafile_env) or paths.cafile
    try:
        authorities = ssl.create_default_context(cafile=file).cert_store_stats()["x509_ca"]
    except OSError as error:
        remedy = "Set SSL_CERT_FILE to a file of CA certificates, or leave it out."
        return Finding("certificates", f"{file} can't be used ({error.strerror or error})", remedy)
    if not (authorities or paths.capath):
        remedy = "Install ca-certificates, or set SSL_CERT_FILE to a file of them."
        return Finding("certificates", f"{ssl.OPENSSL_VERSION} has no CA certificates", remedy)
    source = file or paths.capath or "the system"
    return Finding("certificates", f"{ssl.OPENSSL_VERSION} with the CA certificates of {source}")


async def _discord(settings: Settings) -> Finding:
    clock = Clock()
    timeout = aiohttp.ClientTimeout(total=_WAIT_SECONDS)
    api = f"{settings.api_url}/api/v10" if settings.api_url else _API
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, raise_for_status=True) as session,
            # The library's own context was made before `.env` was read.
            session.get(
                f"{api}/gateway", proxy=settings.proxy, ssl=ssl.create_default_context()
            ) as answer,
        ):
            clock.compare(answer.headers.get("Date", ""))
            await answer.json()
    except (aiohttp.ClientError, OSError, ValueError) as error:
        fault = unreachable(error)
        remedy = say(fault.remedy) if fault.remedy else ""
        how = say(fault.text).removeprefix("Discord ").rstrip(".")
        return Finding("Discord", how, remedy, fault.exit_code)
    if not clock.is_right:
        remedy = "Set the clock; until then daily posts and streaks wait."
        return Finding("clock", f"{clock.seconds_off:+.0f} s off Discord's", remedy)
    return Finding("clock", "agrees with Discord's, which can be reached")


_FOLDERS: Final[Mapping[str, Callable[[Path], Finding]]] = {
    "data folder": _writable,
    "disk": _disk,
    "file system": _file_system,
    "permissions": _private,
}
