"""What a state in PostgreSQL must be: ours, and as new as this version of Encore."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from asyncpg import Connection, Record
from asyncpg.exceptions import LockNotAvailableError

from bot.errors import OperatorError, UnavailableError
from bot.process.progress import showing_in_task
from bot.state.lock_names import MIGRATING
from bot.state.postgresql.transactions import undivided
from bot.text import _

log = logging.getLogger(__name__)

OLDEST: Final = 14
"""The oldest PostgreSQL that is spoken to."""
LOCKS: Final = 0x456E6372
"""Stands before each number that is locked in a server: "Encr" in ASCII."""
_PATIENCE: Final = "10s"
# Seen at one moment: somebody else may be creating them just now.
_LOOK: Final = """
SELECT bool_or(schemaname = current_schema()) AS has_any, bool_or(tablename = 'encore') AS has_ours
FROM pg_tables WHERE schemaname = ANY (current_schemas(FALSE))
"""
_FOLDER: Final = Path(__file__).parent


def migrations() -> Sequence[str]:
    """List the migrations, each of which is done as a whole or not at all."""
    return [path.read_text("utf-8") for path in sorted(_FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))]


async def bring_up_to_date(connection: "Connection[Record]", place: str, mark_key: bytes) -> None:
    """Bring a database up to date, one process after the other.

    A new one gets the key of the marks that it will hold. Raises OperatorError where it is another
    program's, newer than this version or its server too old, UnavailableError where somebody else
    takes long.
    """
    _check_server(connection, place)
    async with undivided(connection):
        await _take_turn(connection, place)
        version = await state_version(connection, place)
        scripts = migrations()[version:]
        if version and scripts:
            log.info("updating the database from version %d to %d", version, version + len(scripts))
        async with showing_in_task("Updating the database"):
            for script in scripts:
                await connection.execute(script)
        if version == 0:
            log.info("created the tables in %s", place)
            await connection.execute("INSERT INTO mark_key (key) VALUES ($1)", mark_key)
            await connection.execute("INSERT INTO encore (version) VALUES (0)")
        if version < len(migrations()):
            await connection.execute("UPDATE encore SET version = $1", len(migrations()))


def _check_server(connection: "Connection[Record]", place: str) -> None:
    version = connection.get_server_version()
    if version.major < OLDEST:
        raise OperatorError(
            _(
                "The PostgreSQL at {place} is version {version}.",
                place=place,
                version=version.major,
            ),
            _("Encore needs {oldest} or newer.", oldest=OLDEST),
        )


async def _take_turn(connection: "Connection[Record]", place: str) -> None:
    """Wait for who brings the same database up to date."""
    await connection.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
    try:
        await connection.execute("SELECT pg_advisory_xact_lock($1, $2)", LOCKS, MIGRATING.number)
    except LockNotAvailableError:
        raise UnavailableError(
            _("Another process is updating {place}.", place=place),
            _("Wait until it's done, then try again."),
        ) from None


async def state_version(connection: "Connection[Record]", place: str) -> int:
    """Give the version of a state; 0 where there is nothing yet.

    Raises OperatorError where the database is another program's, or newer.
    """
    tables = await connection.fetchrow(_LOOK)
    if tables and not tables["has_ours"]:
        if tables["has_any"]:
            raise OperatorError(
                _("{place} is another program's database.", place=place),
                _("Create one for Encore, and name it in DATABASE_URL."),
            )
        return 0
    version = await connection.fetchval("SELECT version FROM encore")
    if version > len(migrations()):
        raise OperatorError(
            _("{place} was written by a newer version of Encore.", place=place),
            _("Update Encore, or name another database in DATABASE_URL."),
        )
    return version
