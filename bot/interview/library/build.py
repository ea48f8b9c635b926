"""Which file holds the content: named by the hash of the packs, built where it is missing."""

import logging
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from bot.errors import OperatorError
from bot.interview.pack.files import all_folders, packs_hash
from bot.text import _

log = logging.getLogger(__name__)

_SCHEMA: Final = Path(__file__).with_name("schema.sql")
_INDEXES: Final = Path(__file__).with_name("indexes.sql")
_VERSION: Final = 1
"""Raise it when the same packs make other rows; changes of the two scripts count by themselves."""


def ensure_content(data_dir: Path, packs_dir: Path) -> Path:
    """Give the content database of the packs as they are now; builds it where it is missing.

    A new one is built beside the old and gets its name when it is whole, so that a crash leaves
    the old one. Raises PackError with every mistake, OperatorError where there is no pack.
    """
    folders = all_folders(packs_dir, data_dir)
    if not folders:
        raise OperatorError(
            _("There is no interview in {folder}.", folder=packs_dir),
            _("Set PACKS_DIR to the folder that holds the packs, or load one: python -m bot load."),
        )
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        schema, indexes = _scripts()
        salt = f"{_VERSION}\0{schema}\0{indexes}"
        path = data_dir / f"content-{packs_hash(folders, salt)}.sqlite3"
        if not path.exists():
            build_content(path, folders)
        _remove_others(path)
    except OSError as error:
        raise OperatorError(
            _("The content cannot be built in {folder}: {why}.", folder=data_dir, why=error),
            _("Check that the bot's user may write there and that the disk is not full."),
        ) from error
    return path


def build_content(path: Path, folders: list[Path]) -> None:
    """Build a content database; raises PackError with every mistake in the packs."""
    # Validation is slow to import and only needed here.
    from bot.interview.library.writer import write_packs
    from bot.interview.pack.packs import read_packs

    started = time.monotonic()
    unfinished = path.with_suffix(f".{os.getpid()}.building")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as database:
            counts = write_packs(database, *_scripts(), read_packs(folders))
        _flush(unfinished)
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    log.info("built the content in %.1f s: %s", time.monotonic() - started, counts)


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
