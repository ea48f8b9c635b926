"""Copies of the state and the loaded interviews: one zip file each, that any tool can open."""

import asyncio
import json
import logging
import os
import shutil
import sqlite3
import tempfile
import time
import zipfile
import zlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bot.errors import OperatorError
from bot.state.paths import backups_path, packs_path, state_path
from bot.state.schema import file_version
from bot.text import Text, _

log = logging.getLogger(__name__)

BACKUP_DAYS: Final = 7
"""How long a copy is kept; a member who was deleted is gone from all of them after that."""
_FORMAT: Final = 1
_MANIFEST, _STATE = "manifest.json", "state.sqlite3"
_RESTORING: Final = "restoring-"
_LOOK_SECONDS: Final = 3600.0
_A_DAY: Final = 86_400.0


def todays_backup(data_dir: Path) -> Path:
    return backups_path(data_dir) / f"encore-{datetime.now(UTC):%Y-%m-%d}.zip"


def before_migration(data_dir: Path, version: int) -> Path:
    """Name the copy that is made before the state is brought up to date."""
    stamp = f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    return backups_path(data_dir) / f"encore-{stamp}-version-{version}.zip"


def dated_backups(data_dir: Path) -> list[Path]:
    """List the copies that were made by themselves, the oldest first."""
    return sorted(backups_path(data_dir).glob("encore-*.zip"))


def write_backup(data_dir: Path, file: Path) -> None:
    """Copy the state and the loaded interviews to a file, also while the bot runs.

    The copy is whole and has been checked before it gets its name. Raises OperatorError where there
    is nothing to copy, the state is damaged or the disk is full.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
            state = Path(folder) / _STATE
            version = _copy_state(state_path(data_dir), state)
            whole = Path(folder) / "whole.zip"
            with os.fdopen(os.open(whole, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as target:
                _pack(target, state, packs_path(data_dir), version)
                target.flush()
                os.fsync(target.fileno())
            whole.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise OperatorError(
            _("No backup was made: {why}.", why=error),
            _("Check the disk and the permissions, then try again."),
        ) from error


def _copy_state(path: Path, copy: Path) -> int:
    """Copy a database that is in use, and hold the copy against damage; gives its version."""
    if not path.exists():
        raise OperatorError(
            _("There is nothing to back up: {path} is not there.", path=path),
            _("Start the bot once, or set DATA_DIR to its folder."),
        )
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as state:
        state.execute("PRAGMA busy_timeout = 5000")
        state.execute("VACUUM INTO ?", (str(copy),))
    return file_version(copy, name=path, is_thorough=True)


def _no_use(sentence: Text) -> OperatorError:
    return OperatorError(sentence, _("Nothing was changed; try another one."))


def _pack(target: Any, state: Path, packs: Path, version: int) -> None:
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = {"format": _FORMAT, "version": version, "made_at": made_at}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_MANIFEST, json.dumps(manifest))
        archive.write(state, _STATE)
        for path in sorted(packs.rglob("*")):
            if path.is_file():
                archive.write(path, f"packs/{path.relative_to(packs).as_posix()}")


def unpack(file: Path, data_dir: Path) -> None:
    """Put a copy beside what it is going to replace, once it was found to be whole.

    From then on `finish_restoring` brings it in place, whenever that is interrupted.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data_dir, prefix=".restoring-") as temporary:
        folder = Path(temporary) / "whole"
        try:
            with zipfile.ZipFile(file) as archive:
                names = archive.namelist()
                if json.loads(archive.read(_MANIFEST))["format"] != _FORMAT:
                    raise _no_use(_("{path} was written by a newer version of Encore.", path=file))
                # The library leaves out what would lead out of the folder.
                archive.extractall(folder, [name for name in names if _is_ours(name)])
        except FileNotFoundError:
            raise OperatorError(
                _("{file} is not there.", file=file), _("Name a file that backup has written.")
            ) from None
        except (KeyError, ValueError, TypeError, zipfile.BadZipFile, zlib.error) as error:
            why = _("it is damaged, or no backup")
            raise _no_use(_("This copy cannot be used: {why}.", why=why)) from error
        try:
            file_version(folder / _STATE, name=file, is_thorough=True)
        except OperatorError as error:
            raise _no_use(error.text) from error
        (folder / _STATE).chmod(0o600)
        (folder / "packs").mkdir(exist_ok=True)
        folder.replace(data_dir / f"{_RESTORING}{datetime.now(UTC):%Y-%m-%d-%H%M%S}")


def _is_ours(name: str) -> bool:
    return name == _STATE or name.startswith("packs/")


def finish_restoring(data_dir: Path) -> Path | None:
    """Bring what was unpacked in place; gives where the former data is, None where there is none.

    Each step can be done again, so that an interruption at any of them loses nothing.
    """
    new = next(data_dir.glob(f"{_RESTORING}*"), None)
    if new is None:
        return None
    former = data_dir / new.name.replace(_RESTORING, "before-")
    for old in (*data_dir.glob(f"{_STATE}*"), packs_path(data_dir)):
        arrives = new / old.name
        # What is no longer among the new was put in place already.
        if old.exists() and (arrives.exists() or old.name not in (_STATE, "packs")):
            former.mkdir(exist_ok=True)
            old.replace(former / old.name)
    for name in ("packs", _STATE):
        if (new / name).exists():
            (new / name).replace(data_dir / name)
    shutil.rmtree(new)
    return former if former.exists() else None


@asynccontextmanager
async def keep_backups(data_dir: Path) -> AsyncGenerator[None]:
    """Make a copy a day while the bot runs, and delete those that are too old."""
    keeping = asyncio.create_task(_keep(data_dir))
    try:
        yield
    finally:
        keeping.cancel()


async def _keep(data_dir: Path) -> None:
    while True:
        try:
            await asyncio.to_thread(tidy_backups, data_dir)
        except OperatorError as error:
            log.warning("%s", error)
        await asyncio.sleep(_LOOK_SECONDS)


def tidy_backups(data_dir: Path) -> None:
    """Make today's copy, unless it is there, and delete those that are too old."""
    if not todays_backup(data_dir).exists():
        write_backup(data_dir, todays_backup(data_dir))
    for copy in dated_backups(data_dir):
        if copy.stat().st_mtime < time.time() - BACKUP_DAYS * _A_DAY:
            copy.unlink()
