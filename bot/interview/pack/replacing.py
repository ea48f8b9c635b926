"""Files of a pack replaced as a whole, by one writer at a time."""

import os
import shutil
from codecs import BOM_UTF8
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

from bot.errors import UnavailableError
from bot.interview.pack.files import unwritable
from bot.process.file_lock import LockedError, locked_folder
from bot.text import _

_PATIENCE_SECONDS: Final = 5.0


@contextmanager
def alone_in(folder: Path) -> Generator[None]:
    """Keep out whatever else of Encore writes into a folder; raises UnavailableError."""
    with ExitStack() as stack:
        try:
            # Drives of a network may lock no folder: what was saved meanwhile is seen all the same.
            with suppress(OSError):
                stack.enter_context(locked_folder(folder, _PATIENCE_SECONDS))
        except LockedError:
            raise busy(folder) from None
        yield


def busy(path: Path) -> UnavailableError:
    return UnavailableError(
        _("Something else is writing to {name}.", name=path.name),
        _("Try again when it's done."),
    )


def target_of(path: Path) -> Path:
    """Give the file that a link leads to: a link stays one."""
    return Path(os.path.realpath(path))


def put_in_place(path: Path, before: bytes | None, after: bytes) -> bool:
    """Put new bytes in a file's place, unless it holds something else by now: False."""
    target = target_of(path)
    fresh = target.with_name(f".{target.name}.new")
    # Of a process that was killed while it wrote.
    fresh.unlink(missing_ok=True)
    try:
        with fresh.open("xb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, fresh)
        if (target.read_bytes() if target.exists() else None) != before:
            return False
        fresh.replace(target)
    finally:
        with suppress(OSError):
            fresh.unlink()
    return True


def replace_text(path: Path, before: str, after: str) -> None:
    """Put a new text in the place of the one that was read, all of it or nothing.

    Raises OperatorError, and touches nothing, where somebody else has saved the file meanwhile.
    """
    try:
        data = path.read_bytes()
        mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
        was_read = data == mark + before.encode()
        if was_read and put_in_place(path, data, mark + after.encode()):
            return
    except OSError as error:
        raise unwritable(path, error) from error
    raise busy(path)
