"""Putting a copy in the place of what a PostgreSQL holds, whenever that is interrupted.

The state changes in one moment, for all hosts: when the database has taken all rows. Before, what
was unpacked is thrown away by whoever opens the state next. From then on the copy is there, and
whoever opens it next from this data folder brings its interviews in place, if they are not yet.
Other hosts keep the interviews that they have.
"""

import asyncio
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.errors import UnavailableError
from bot.state.copies import copying
from bot.state.copies.archive import PACKS, STATE
from bot.state.copies.backups import before_migration, write_backup
from bot.state.copies.known_marks import Marks, marks_of_file
from bot.state.copies.restoring import before_restoring
from bot.state.copies.unpacking import (
    UnpackedCopy,
    bring_up_to_date,
    key_of_copy,
    unpack_copy,
    workplace,
)
from bot.state.id_marks import keys_of_folder, mark_key
from bot.state.locks import hold_opening
from bot.state.paths import packs_path
from bot.state.postgresql import schema

_ARRIVING: Final = "arriving-"


async def arrive(file: Path, data_dir: Path, url: str) -> tuple[Path, int]:
    """Put a copy in a database that is up to date; gives where a copy of what it held is.

    Who was forgotten since it was made is forgotten in it again: gives how many members. Raises
    OperatorError where the copy is no use or the database refuses it, UnavailableError where the
    database is away; nothing is changed then. Who calls it keeps everybody else from the state.
    """
    async with hold_opening(data_dir):
        await _settle(data_dir, url)
        return await _arrive(file, data_dir, url)


async def _arrive(file: Path, data_dir: Path, url: str) -> tuple[Path, int]:
    former = before_restoring(data_dir)
    with workplace(data_dir) as place:
        copy = await asyncio.to_thread(unpack_copy, file, place)
        await asyncio.to_thread(write_backup, data_dir, former, database_url=url)
        key, forgotten = await _make_current(copy, data_dir, url)
        new = data_dir / f"{_ARRIVING}{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}"
        copy.folder.replace(new)
    try:
        arrival = copying.Arrival(new.name, key)
        await copying.copy_from_file(new / STATE, url, arrival)
    finally:
        # Else it is for who opens the state next.
        with suppress(UnavailableError):
            await _settle(data_dir, url)
    return former, forgotten


async def has_state(url: str) -> bool:
    """Say whether a database holds anything yet."""
    return await copying.version_of(url) > 0


async def prepare_database(data_dir: Path, url: str) -> None:
    """End a restore that was interrupted, and migrate what is old after a copy of it was made.

    Raises UnavailableError while somebody else does, or puts a copy in place.
    """
    if not (_arrivals(data_dir) or await _is_old(url)):
        return
    async with hold_opening(data_dir):
        await _settle(data_dir, url)
        # Somebody else may have been faster.
        if await _is_old(url):
            copy = before_migration(data_dir, await copying.version_of(url))
            await asyncio.to_thread(write_backup, data_dir, copy, database_url=url)
            await copying.update(url, await asyncio.to_thread(mark_key, data_dir))


async def _is_old(url: str) -> bool:
    return 0 < await copying.version_of(url) < len(schema.migrations())


async def _settle(data_dir: Path, url: str) -> None:
    """Bring the interviews of a copy in place whose rows are there, and throw away any other."""
    if arrivals := _arrivals(data_dir):
        name = await copying.last_arrival(url)
        for new in arrivals:
            if new.name == name:
                _place_packs(new, packs_path(data_dir))
            shutil.rmtree(new)


def _arrivals(data_dir: Path) -> list[Path]:
    return list(data_dir.glob(f"{_ARRIVING}*"))


def _place_packs(new: Path, packs: Path) -> None:
    if not (new / PACKS).exists():
        return
    # Each step can be done again; what was there before is in the copy that was made of it.
    if packs.exists():
        packs.replace(Path(tempfile.mkdtemp(dir=new)) / PACKS)
    (new / PACKS).replace(packs)


async def _make_current(copy: UnpackedCopy, data_dir: Path, url: str) -> tuple[bytes, int]:
    """Bring a copy up to date; gives the key of its marks, and how many it had to forget."""
    memory = await copying.memory_of(url)
    # Where the state has just moved, the file that it has left knows it better.
    of_file = marks_of_file(data_dir)
    marks = [Marks(*memory), *([of_file] if of_file else [])]
    key = key_of_copy(copy, memory.mark_key, [*keys_of_folder(data_dir), memory.mark_key])
    return key, await asyncio.to_thread(bring_up_to_date, copy, marks, key)
