"""Which errors of SQLite's say that a file cannot be used, and which that a statement is wrong."""

import errno
import sqlite3
from typing import Final

_FAULTS_OF_A_FILE: Final = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)

_FAULTS_OF_A_DISK: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def code_of(error: BaseException | None) -> int:
    """Give SQLite's code of an error; 0, which is none, where it has none."""
    # The extended codes of SQLite hold the plain one in their last byte.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_of_the_disk(error: BaseException | None) -> bool:
    """Say whether a full or failing disk is to blame, which works again without anybody's doing."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    # A folder in place of a file can be opened, and not read.
    is_folder = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_READ
    return code_of(error) in _FAULTS_OF_A_DISK and not is_folder


def is_of_the_file(error: sqlite3.Error) -> bool:
    """Say whether a file, its disk or who else uses it is to blame, and not a statement."""
    return code_of(error) in _FAULTS_OF_A_FILE
