"""What runs here, on what machine, and what its data folder is like."""

import errno
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.errors import UnavailableError
from bot.hosting.access import LOOPBACKS
from bot.hosting.ask_health import ask_health
from bot.hosting.finding import Finding
from bot.process.version import version
from bot.state.paths import state_path
from bot.text import spoken

_PYTHON: Final = (3, 11)
# What Debian 12 has; older ones lack STRICT tables and RETURNING.
_SQLITE: Final = (3, 40, 1)
# The library of a large interview, built anew beside the old one.
_LEAST_MB: Final = 200
_MAKE_ROOM: Final = f"Make room: at least {_LEAST_MB} MB"
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
# SQLite's write-ahead log needs shared memory, which these do not have.
_NETWORK: Final = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "ceph", "glusterfs")
_CONTAINERS: Final = (Path("/.dockerenv"), Path("/run/.containerenv"))
_GIT_SECONDS: Final = 5.0


def program_findings(root: Path) -> Iterator[Finding]:
    yield Finding("Encore", f"{version()}, {_installation(root)}")
    yield _python()
    yield _sqlite()


def env_file_findings(file: Path) -> Iterator[Finding]:
    """Note where others on this machine may read the file that holds the token."""
    if os.name == "posix" and file.is_file() and file.stat().st_mode & 0o077:
        how = f"others on this machine can read {file}, where the token is"
        yield Finding.note("permissions", how, f"Run: chmod 600 {file}")


def folder_findings(data_dir: Path) -> Iterator[Finding]:
    for what, look in _FOLDERS.items():
        yield _finding_on(what, look, data_dir)


def port_finding(port: int | None) -> Finding:
    """Say who answers where a bot would tell how it is."""
    what = "health port"
    if port is None:
        return Finding(what, "not used: HEALTH_PORT isn't set")
    fault = _fault_of(port)
    if fault is None:
        return Finding(what, f"{port} is free")
    if fault.errno != errno.EADDRINUSE:
        remedy = "Set HEALTH_PORT to another one, above 1023."
        return Finding(what, f"{port} can't be used ({fault.strerror})", remedy)
    is_well, words = ask_health(port)
    first = words.splitlines()[0].rstrip(".")
    if is_well:
        return Finding(what, f"a bot answers on {port}. {first}")
    remedy = "If that's another program, set HEALTH_PORT to a free one."
    return Finding(what, first, remedy, UnavailableError.exit_code)


def _fault_of(port: int) -> OSError | None:
    """Give what would keep a bot from a port; nothing listens there after it."""
    with closing(socket.socket()) as probe:
        if os.name == "posix":
            # As servers do, which others there let wait for connections that have ended.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACKS[0], port))
        except OSError as error:
            return error
        return None


def _finding_on(what: str, look: Callable[[Path], Finding], folder: Path) -> Finding:
    try:
        return look(folder)
    except (OSError, ValueError, sqlite3.Error) as error:
        remedy = f"Let the bot's user read and write in {folder}."
        return Finding(what, f"can't be checked ({spoken(error)})", remedy)


def _installation(root: Path) -> str:
    if (root / ".git").exists():
        commit = _commit(root)
        return f"a git checkout in {root}{commit and f' at {commit}'}"
    if any(sign.exists() for sign in _CONTAINERS) or "KUBERNETES_SERVICE_HOST" in os.environ:
        return "in a container"
    return f"unpacked in {root}"


def _commit(root: Path) -> str:
    """Name what is checked out; "" where there is no git, or it may not look."""
    command = ("git", "-C", str(root), "describe", "--always", "--dirty", "--tags")
    try:
        answer = subprocess.run(
            command, capture_output=True, text=True, timeout=_GIT_SECONDS, check=True
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip()


def _python() -> Finding:
    how = f"{'.'.join(map(str, sys.version_info[:3]))} ({sys.executable})"
    if sys.version_info >= _PYTHON:
        return Finding("Python", how)
    return Finding("Python", how, "Encore needs 3.11 or newer.")


def _sqlite() -> Finding:
    number = sqlite3.sqlite_version
    with closing(sqlite3.connect(":memory:")) as memory:
        options = {row[0] for row in memory.execute("PRAGMA compile_options")}
    if sqlite3.sqlite_version_info < _SQLITE:
        return Finding("SQLite", number, "Encore needs 3.40.1 or newer: use a newer Python.")
    if "ENABLE_FTS5" not in options:
        return Finding("SQLite", f"{number} without FTS5", "Use a Python whose SQLite has it.")
    return Finding("SQLite", f"{number} with FTS5")


def _existing(folder: Path) -> Path:
    """Give the folder, or the nearest above it that is there."""
    return next(place for place in (folder, *folder.absolute().parents) if os.path.exists(place))


def _writable(folder: Path) -> Finding:
    try:
        # What may be written is known only once it was: there are read-only disks, quotas, /proc.
        with tempfile.TemporaryDirectory(prefix=".doctor-", dir=_existing(folder)) as temporary:
            (Path(temporary) / "probe").write_bytes(bytes(4096))
    except OSError as error:
        act = _MAKE_ROOM if error.errno in _FULL else "Let the bot's user write there"
        remedy = f"{act}, or set DATA_DIR to another folder."
        return Finding("data folder", f"{folder} can't be written ({error.strerror})", remedy)
    return Finding("data folder", str(folder))


def _disk(folder: Path) -> Finding:
    usage = shutil.disk_usage(_existing(folder))
    if not usage.total:
        return Finding("disk", "nothing to check: there is none")
    free = usage.free >> 20
    if free >= _LEAST_MB:
        return Finding("disk", f"{free:,} MB free")
    return Finding("disk", f"{free} MB free", f"{_MAKE_ROOM}.")


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
            "permissions", f"others can read {path} ({mode:o})", f"Run: chmod 600 {path}"
        )
    return Finding("permissions", "only the bot's user can read the database")


_FOLDERS: Final[Mapping[str, Callable[[Path], Finding]]] = {
    "data folder": _writable,
    "disk": _disk,
    "file system": _file_system,
    "permissions": _private,
}
