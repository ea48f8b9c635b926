"""Putting a copy in the place of what a data folder holds, whenever that is interrupted."""

import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.state.copies.archive import PACKS, STATE
from bot.state.copies.known_marks import marks_of_folder
from bot.state.copies.unpacking import bring_up_to_date, key_of_copy, unpack_copy, workplace
from bot.state.id_marks import MARK_KEY, draft_key, keys_of_folder
from bot.state.paths import packs_path

_RESTORING: Final = "restoring-"
_BEFORE: Final = "before-"
_PARTS: Final = (PACKS, MARK_KEY, STATE)
"""What arrives; the key only where the marks are made under another one than before."""
_STAMP: Final = "%Y-%m-%d-%H%M%S-%f"
_STAMPS: Final = (_STAMP, "%Y-%m-%d-%H%M%S")
"""How what was there before is named after the time, by this version and by earlier ones."""


def unpack(file: Path, data_dir: Path) -> int:
    """Put a copy beside what it is going to replace, once it was found to be whole.

    It is brought up to date, and who was forgotten since it was made is forgotten in it again:
    gives how many members. From then on `finish_restoring` brings it in place, whenever that is
    interrupted. Raises OperatorError where the copy is no use; nothing is changed then.
    """
    with workplace(data_dir) as place:
        copy = unpack_copy(file, place)
        marks = marks_of_folder(data_dir, place)
        key = key_of_copy(copy, marks.key, keys_of_folder(data_dir))
        forgotten = bring_up_to_date(copy, [marks], key)
        if key != marks.key:
            draft_key(place, key).replace(copy.folder / MARK_KEY)
        copy.folder.replace(data_dir / f"{_RESTORING}{_stamp()}")
    return forgotten


def before_restoring(data_dir: Path) -> Path:
    """Name the copy of what a restore is about to replace elsewhere."""
    return data_dir / f"{_BEFORE}{_stamp()}.zip"


def _stamp() -> str:
    return f"{datetime.now(UTC):{_STAMP}}"


def finish_restoring(data_dir: Path) -> Path | None:
    """Bring what was unpacked in place; gives where the former data is, None where there is none.

    Each step can be done again, so that an interruption at any of them loses nothing.
    """
    new = next(data_dir.glob(f"{_RESTORING}*"), None)
    if new is None:
        return None
    former = data_dir / new.name.replace(_RESTORING, _BEFORE)
    for old in (*data_dir.glob(f"{STATE}*"), packs_path(data_dir), data_dir / MARK_KEY):
        arrives = new / old.name
        # What is no longer among the new was put in place already.
        if old.exists() and (arrives.exists() or old.name not in _PARTS):
            former.mkdir(exist_ok=True)
            old.replace(former / old.name)
    for name in _PARTS:
        if (new / name).exists():
            (new / name).replace(data_dir / name)
    shutil.rmtree(new)
    return former if former.exists() else None


def delete_former_data(data_dir: Path, before: float) -> None:
    """Delete what restores have kept since before a time, in unix seconds."""
    for former in data_dir.glob(f"{_BEFORE}*"):
        kept_since = _restored_at(former)
        if kept_since is None or kept_since >= before:
            continue
        if former.is_dir():
            shutil.rmtree(former)
        else:
            former.unlink()


def _restored_at(former: Path) -> float | None:
    """Read from the name of what was kept when that was; None where somebody else named it."""
    name = former.name.removesuffix(".zip")
    for stamp in _STAMPS:
        with suppress(ValueError):
            moment = datetime.strptime(name, f"{_BEFORE}{stamp}").replace(tzinfo=UTC)
            return moment.timestamp()
    return None
