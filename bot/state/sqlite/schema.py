"""What a state file must be: ours, whole, and not newer than this version of Encore."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.errors import OperatorError, UnavailableError
from bot.process.sqlite_faults import code_of, is_of_the_disk
from bot.text import ENCORE, _

APPLICATION_ID: Final = 0x456E6372
"""Stands in the header of the file and says whose it is; "Encr" in ASCII."""
BUSY_SECONDS: Final = 2.0
MIGRATIONS: Final = Path(__file__).parent


def migrations() -> Sequence[tuple[int, str]]:
    """List the migrations, numbered from 1 without a gap: scripts that do all of it or nothing."""
    paths = sorted(MIGRATIONS.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return [
        (number, _script(number, path.read_text("utf-8"))) for number, path in enumerate(paths, 1)
    ]


def _script(number: int, statements: str) -> str:
    # executescript takes no transaction of its own, so the script brings one.
    return (
        f"BEGIN IMMEDIATE;\n{statements}\n"
        f"PRAGMA application_id = {APPLICATION_ID};\nPRAGMA user_version = {number};\nCOMMIT;"
    )


def read_only(path: Path) -> closing[sqlite3.Connection]:
    """Open a state file that others may be using, without making one."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return closing(sqlite3.connect(uri, BUSY_SECONDS, uri=True))


def file_version(path: Path, *, name: Path | None = None, is_thorough: bool = False) -> int:
    """Give the version of a state file, which is left as it is; 0 where there is nothing yet.

    Raises OperatorError, with a sentence about `name`, where the file is another program's, newer
    or damaged. Damage in the middle of it is seen only by who `is_thorough`, and takes the time
    that it takes to read all of it.
    """
    name = name or path
    try:
        if not path.exists():
            return 0
        with read_only(path) as state:
            application_id = _number(state, "PRAGMA application_id")
            version = _number(state, "PRAGMA user_version")
            tables = _number(state, "SELECT count(*) FROM sqlite_schema")
            damage = _damage(state) if is_thorough else ""
    except (sqlite3.Error, OSError) as error:
        raise explained(error, name) from error
    if damage:
        raise _damaged(name, damage)
    if application_id != APPLICATION_ID and (application_id or version or tables):
        raise OperatorError(
            _("{path} is another program's database.", path=name),
            _("Move it away, or set DATA_DIR to another folder."),
        )
    if version > len(migrations()):
        raise OperatorError(
            _("{path} was written by a newer version of Encore.", path=name),
            _("Update Encore, or set DATA_DIR to another folder."),
        )
    return version


def check_tables(path: Path, version: int, *, name: Path) -> None:
    """Raise OperatorError where a state file has not the tables and rules of its version."""
    with closing(sqlite3.connect(":memory:")) as model:
        for _number, script in migrations()[:version]:
            model.executescript(script)
        try:
            with closing(sqlite3.connect(path)) as state:
                is_alike = version > 0 and _parts(state) == _parts(model)
        except sqlite3.Error as error:
            raise explained(error, name) from error
    if not is_alike:
        raise _damaged(name, _("tables of version {version} are missing", version=version))


def _parts(state: sqlite3.Connection) -> set[tuple[str, ...]]:
    """List what a database is made of; SQLite and programs that copy it add tables of their own."""
    return set(
        state.execute(
            "SELECT part.type, part.name, coalesce(field.name, '') FROM sqlite_schema AS part"
            " LEFT JOIN pragma_table_info(part.name) AS field"
            " WHERE part.name NOT LIKE 'sqlite@_%' ESCAPE '@'"
            " AND part.name NOT LIKE '@_litestream@_%' ESCAPE '@'"
        )
    )


def _number(state: sqlite3.Connection, sql: str) -> int:
    return state.execute(sql).fetchone()[0]


def _damage(state: sqlite3.Connection) -> str:
    (health,) = state.execute("PRAGMA integrity_check").fetchone()
    return "" if health == "ok" else health


def explained(error: sqlite3.Error | OSError, path: Path) -> OperatorError:
    """Put what SQLite or the system says about a file into sentences for its host."""
    code = code_of(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return UnavailableError(
            _("{path} is in use by another process.", path=path),
            _("Stop the other bot, or set DATA_DIR to another folder."),
        )
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return _damaged(path, error)
    kind = UnavailableError if is_of_the_disk(error) else OperatorError
    return kind(
        _("{path} can't be used: {why}.", path=path, why=error),
        _("Check that the bot's user may write in the folder and that the disk isn't full."),
    )


def _damaged(path: Path, why: object) -> OperatorError:
    return OperatorError(
        _("{path} is damaged or not a database: {why}.", path=path, why=why),
        _("Put a backup in its place: {encore} restore FILE. Nothing was changed.", encore=ENCORE),
    )
