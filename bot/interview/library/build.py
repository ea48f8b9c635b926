"""Which file holds the content: named by the hash of the packs, built where it is missing."""

import logging
import os
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.errors import OperatorError, UnavailableError
from bot.interview.library.wholeness import is_whole
from bot.interview.pack.files import all_folders, finish_replacing, loaded_dir, packs_hash
from bot.process.file_lock import LockedError, locked
from bot.process.progress import NOBODY, Progress
from bot.process.sqlite_faults import is_of_the_disk
from bot.text import ENCORE, _

if TYPE_CHECKING:
    from bot.interview.library.writer import Counts

log = logging.getLogger(__name__)

_SCHEMA: Final = Path(__file__).with_name("schema.sql")
_INDEXES: Final = Path(__file__).with_name("indexes.sql")
_PATIENCE_SECONDS: Final = 600.0
_MAX_ATTEMPTS: Final = 3
_VERSION: Final = 4
"""Raise it when the same packs make other rows; changes of the two scripts count by themselves."""

Tell = Callable[[str], None]


def build_content(
    path: Path, folders: list[Path], progress: Progress = NOBODY, tell: Tell = log.info
) -> None:
    """Build a content database; raises PackError with every mistake where no pack is without."""
    started = time.monotonic()
    unfinished = path.with_suffix(f".{os.getpid()}.building")
    try:
        counts = _write_right_ones(unfinished, folders, progress)
        _flush(unfinished)
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    tell(f"built the content in {time.monotonic() - started:.1f} s: {counts}")


def ensure_content(
    data_dir: Path, packs_dir: Path, progress: Progress = NOBODY, tell: Tell = log.info
) -> Path:
    """Give the content database of the packs as they are now; has it built where it is missing.

    A new one is built beside the old and gets its name when it is whole, so that a crash leaves
    the old one. A pack with mistakes is left out. Raises PackError with every mistake where none
    is without, OperatorError where there is no pack or it cannot be built.
    """
    try:
        with _alone(data_dir):
            _put_back(data_dir)
            return _ensured(data_dir, packs_dir, progress, tell)
    except (OSError, sqlite3.Error) as error:
        kind = UnavailableError if is_of_the_disk(error) else OperatorError
        raise kind(
            _("The content can't be built in {folder}: {why}.", folder=data_dir, why=error),
            _("Check that the bot's user may write there and that the disk isn't full."),
        ) from error


def rebuild_content(path: Path, packs_dir: Path, progress: Progress = NOBODY) -> None:
    """Build damaged content again; raises OperatorError where the packs have changed since."""
    with suppress(OSError):
        path.unlink()
    if ensure_content(path.parent, packs_dir, progress) != path:
        raise OperatorError(
            _("The interviews have changed since the bot was started."),
            _("Start it again."),
        )


@contextmanager
def _alone(data_dir: Path) -> Generator[None]:
    """Keep others, of whom each would sweep away what another is building, from a folder."""
    folder = data_dir / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with locked(folder / "content", _PATIENCE_SECONDS):
            yield
    except LockedError:
        raise UnavailableError(
            _("Another process is building the content in {folder}.", folder=data_dir),
            _("Wait until it's ready, then start the bot again."),
        ) from None


def _put_back(data_dir: Path) -> None:
    """Mend what a killed load left; one that is going on is left alone."""
    with suppress(LockedError), locked(data_dir / "locks" / "load", 0):
        finish_replacing(loaded_dir(data_dir))


def _ensured(data_dir: Path, packs_dir: Path, progress: Progress, tell: Tell) -> Path:
    for _attempt in range(_MAX_ATTEMPTS):
        folders = all_folders(packs_dir, data_dir)
        if not folders:
            raise OperatorError(
                _("There's no interview in {folder}.", folder=packs_dir),
                _(
                    "Set PACKS_DIR to the folder that holds the packs, or load one: {encore} load",
                    encore=ENCORE,
                ),
            )
        path = _path_of(data_dir, folders)
        if not is_whole(path, _scripts()):
            build_content(path, folders, progress, tell)
        if path == _path_of(data_dir, folders):
            _remove_others(path)
            return path
        # Somebody edited a pack while it was read: what was built has the wrong name.
        path.unlink()
    raise UnavailableError(
        _("The interviews in {folder} keep changing.", folder=packs_dir),
        _("Start the bot once the editing is done."),
    )


def _path_of(data_dir: Path, folders: list[Path]) -> Path:
    salt = "\0".join((str(_VERSION), *_scripts()))
    return data_dir / f"content-{packs_hash(folders, salt)}.sqlite3"


def _write_right_ones(unfinished: Path, folders: list[Path], progress: Progress) -> "Counts":
    """Write the packs without mistakes, all anew whenever one of them turned out to have some."""
    # Validation is slow to import and only needed here.
    from bot.interview.library.writer import write_packs
    from bot.interview.pack.mistakes import PackError
    from bot.interview.pack.packs import meter_of, read_packs

    left_out: dict[Path, str] = {}
    errors: list[PackError] = []
    while len(left_out) < len(folders):
        unfinished.unlink(missing_ok=True)
        right = [folder for folder in folders if folder not in left_out]
        packs = read_packs(right, meter_of(right, progress))
        try:
            with closing(sqlite3.connect(unfinished, isolation_level=None)) as database:
                return write_packs(database, *_scripts(), packs, left_out)
        except PackError as error:
            errors.append(error)
            left_out |= error.by_folder()
    raise errors[0]


def _scripts() -> tuple[str, str]:
    return _SCHEMA.read_text("utf-8"), _INDEXES.read_text("utf-8")


def _flush(path: Path) -> None:
    """Wait until a file stands on the disk; while it was built nothing was waited for."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove_others(path: Path) -> None:
    """Remove older content and what a crash left; one that is still open on Windows stays."""
    for file in path.parent.glob("content-*"):
        if file != path:
            with suppress(OSError):
                file.unlink()
