"""Copies of the state and the loaded interviews: one zip file each, that any tool can open."""

import asyncio
import json
import os
import re
import shutil
import sqlite3
import tempfile
import time
import zipfile
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from bot.errors import OperatorError, PassingError, UnavailableError
from bot.process.file_lock import LockedError, locked
from bot.process.outages import Outages, Part
from bot.process.persistence import persist
from bot.process.sqlite_faults import is_of_the_disk
from bot.process.tasks import cancel
from bot.process.utc_days import SECONDS_A_DAY
from bot.state.copies.archive import FORMAT, MANIFEST, PACKS, STATE
from bot.state.id_marks import keep_mark_key, mark_key, name_of
from bot.state.paths import backups_path, packs_path, state_path
from bot.state.postgresql.driver import check_driver
from bot.state.sqlite.schema import file_version, read_only
from bot.text import _

BACKUP_DAYS: Final = 7
"""How long a copy is kept; a member who was deleted is gone from all of them after that."""
_FEWEST: Final = 2
"""So many are kept however old they are: better an old way back than none."""
_DATE: Final = re.compile(r"encore-(\d{4}-\d\d-\d\d)\b")
_UNFINISHED, _LOCK, _WHOLE = ".backup-", "lock", "whole.zip"
_LOOK_SECONDS: Final = 3600.0


def todays_backup(data_dir: Path, now: Callable[[], float] = time.time) -> Path:
    return backups_path(data_dir) / f"encore-{datetime.fromtimestamp(now(), UTC):%Y-%m-%d}.zip"


def new_backup(data_dir: Path) -> Path:
    """Name a copy that is made now, among the daily ones: none of them is overwritten."""
    copy = todays_backup(data_dir)
    return backups_path(data_dir) / f"encore-{_stamp()}.zip" if copy.exists() else copy


def before_migration(data_dir: Path, version: int) -> Path:
    """Name the copy that is made before the state is brought up to date."""
    return backups_path(data_dir) / f"encore-{_stamp()}-version-{version}.zip"


def _stamp() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}"


def dated_backups(data_dir: Path) -> list[Path]:
    """List the copies that were made by themselves, the oldest first."""
    return sorted(
        path for path in backups_path(data_dir).glob("encore-*.zip") if _DATE.match(path.name)
    )


def write_backup(
    data_dir: Path,
    file: Path,
    now: Callable[[], float] = time.time,
    *,
    database_url: str | None = None,
    look: Callable[[Path], None] | None = None,
) -> None:
    """Copy the state and the loaded interviews to a file, also while bots run.

    `look` is given the copy of the state, which is a file of SQLite.

    The file is the same whether the state lies in the data folder or in a PostgreSQL. It is whole
    and has been checked before it gets its name. Raises OperatorError where there is nothing to
    copy, the state is damaged or away, or the disk is full.
    """
    # What is forgotten from here on, the copy may still hold.
    made_at = datetime.fromtimestamp(now(), UTC)
    try:
        if not database_url:
            _check_is_there(state_path(data_dir))
        file.parent.mkdir(parents=True, exist_ok=True)
        delete_unfinished(file.parent)
        with _workplace(file.parent) as folder:
            state, whole = folder / STATE, folder / _WHOLE
            manifest = {
                "format": FORMAT,
                "made_at": made_at.isoformat(timespec="seconds"),
                **_copy_state(data_dir, database_url, state),
            }
            if look is not None:
                look(state)
            with os.fdopen(os.open(whole, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as target:
                _pack(target, manifest, state, packs_path(data_dir))
                target.flush()
                os.fsync(target.fileno())
            whole.replace(file)
    # A name that no zip file can hold is a ValueError.
    except (OSError, ValueError, sqlite3.Error) as error:
        kind = UnavailableError if is_of_the_disk(error) else OperatorError
        raise kind(
            _("No backup was made: {why}.", why=error),
            _("Check the disk and the permissions, then try again."),
        ) from error


@contextmanager
def _workplace(folder: Path) -> Generator[Path]:
    """Give a folder for what is unfinished; its lock says that somebody still works there."""
    with (
        tempfile.TemporaryDirectory(dir=folder, prefix=_UNFINISHED) as name,
        locked(Path(name) / _LOCK, 0),
    ):
        yield Path(name)


def delete_unfinished(folder: Path) -> None:
    """Delete what backups have left in a folder that were killed."""
    for left in filter(_is_workplace, folder.glob(f"{_UNFINISHED}*")):
        try:
            with locked(left / _LOCK, 0):
                pass
        except (LockedError, OSError):
            continue
        shutil.rmtree(left, ignore_errors=True)


def _is_workplace(folder: Path) -> bool:
    """Say whether a folder is surely ours: a backup goes where its host has other things."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return False
    return _LOCK in names and all(name.startswith((_LOCK, STATE, _WHOLE)) for name in names)


def _copy_state(data_dir: Path, database_url: str | None, copy: Path) -> Mapping[str, object]:
    """Copy a state that is in use, and hold the copy against damage; gives what is to be told."""
    if database_url:
        key = _copy_database(database_url, copy, data_dir)
    else:
        key = _copy_file(state_path(data_dir), copy)
    name = None if database_url else state_path(data_dir)
    version = file_version(copy, name=name, is_thorough=True)
    return {"version": version, "key": name_of(key)}


def _copy_database(database_url: str, copy: Path, data_dir: Path) -> bytes:
    """Copy a PostgreSQL that is in use; gives the key of its marks."""
    check_driver()
    from bot.state.copies.copying import copy_to_file

    key = asyncio.run(copy_to_file(database_url, copy))
    # Without it a restore into a file would not know whose the marks are.
    data_dir.mkdir(parents=True, exist_ok=True)
    keep_mark_key(data_dir, key)
    return key


def _check_is_there(path: Path) -> None:
    if not path.exists():
        raise OperatorError(
            _("There's nothing to back up: {path} doesn't exist.", path=path),
            _("Start the bot once, or set DATA_DIR to its folder."),
        )


def _copy_file(path: Path, copy: Path) -> bytes:
    """Copy a file that is in use; gives the key of its marks."""
    with read_only(path) as state:
        state.execute("VACUUM INTO ?", (str(copy),))
    return mark_key(path.parent)


def _pack(target: Any, manifest: Mapping[str, object], state: Path, packs: Path) -> None:
    # Clocks were known to begin before zip files did.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest))
        archive.write(state, STATE)
        for path in sorted(packs.rglob("*")):
            if path.is_file():
                archive.write(path, f"{PACKS}/{path.relative_to(packs).as_posix()}")


@asynccontextmanager
async def keep_backups(
    data_dir: Path, now: Callable[[], float], outages: Outages, database_url: str | None = None
) -> AsyncGenerator[None]:
    """Make a copy a day while the bot runs; processes that share a folder see them in it."""
    make = partial(make_todays_backup, data_dir, now, database_url)
    task = asyncio.create_task(_keep_making(make, outages))
    try:
        yield
    finally:
        await cancel([task])


async def _keep_making(make: Callable[[], None], outages: Outages) -> None:
    async def make_apart() -> None:
        try:
            await asyncio.to_thread(make)
        except OperatorError as error:
            raise PassingError(str(error)) from error

    while True:
        await persist(make_apart, outages, Part.BACKUPS, outlasts_bugs=True)
        await asyncio.sleep(_LOOK_SECONDS)


def make_todays_backup(
    data_dir: Path, now: Callable[[], float] = time.time, database_url: str | None = None
) -> None:
    """Make today's copy, unless it is there."""
    delete_unfinished(backups_path(data_dir))
    if not (copy := todays_backup(data_dir, now)).exists():
        write_backup(data_dir, copy, now, database_url=database_url)


def delete_old_backups(data_dir: Path, now: float) -> None:
    """Delete the copies that are too old, by the days that they are named after."""
    copies = sorted((_made_on(path, now), path) for path in dated_backups(data_dir))
    for made_on, copy in copies[:-_FEWEST]:
        if made_on < now - BACKUP_DAYS * SECONDS_A_DAY:
            copy.unlink(missing_ok=True)


def oldest_backup_at(data_dir: Path, now: float) -> float:
    """Give the begin of the day of the oldest copy that is kept; now where there is none."""
    return min((_made_on(path, now) for path in dated_backups(data_dir)), default=now)


def _made_on(copy: Path, now: float) -> float:
    """Give the begin of the day on which a copy was made, in unix seconds.

    One from the future was made under a wrong clock: it is as good as the oldest.
    """
    match = _DATE.match(copy.name)
    assert match is not None
    try:
        made_on = datetime.fromisoformat(match[1]).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0.0
    return made_on if made_on <= now + SECONDS_A_DAY else 0.0
