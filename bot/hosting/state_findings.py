"""How the state is, in a file or in PostgreSQL, and which processes have noted that they run."""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter, time
from typing import TYPE_CHECKING, Final

from bot.config import Settings
from bot.errors import OperatorError, UnavailableError
from bot.hosting.ask_health import process_line
from bot.hosting.finding import Finding
from bot.hosting.presence import other_interviews, report_on
from bot.state.locks import is_in_use
from bot.state.paths import state_path
from bot.state.postgresql.driver import check_driver
from bot.state.processes import LIVE, ProcessNote, note_of
from bot.state.sqlite.schema import file_version, migrations, read_only
from bot.text import say, spoken

if TYPE_CHECKING:
    from asyncpg import Connection, Record

_DATABASE: Final = "database"
_NONE_YET: Final = "the first start creates it"
# An answer to a member takes one or two trips, and has three seconds.
_SLOW_SECONDS: Final = 0.1
_TRIES: Final = 3
_WAIT_SECONDS: Final = 5.0
_PROCESS_NOTES: Final = 9
"""The version since which a file has them."""


def state_findings(settings: Settings) -> Iterator[Finding]:
    """Look at the state without changing anything in it."""
    try:
        if settings.database_url is None:
            findings = _of_file(state_path(settings.data_dir))
        else:
            check_driver()
            findings = asyncio.run(_of_database(settings.database_url))
    except OperatorError as error:
        findings = [Finding.of(_DATABASE, error)]
    except (OSError, ValueError, sqlite3.Error) as error:
        remedy = f"Let the bot's user read and write in {settings.data_dir}."
        findings = [Finding(_DATABASE, f"can't be checked ({spoken(error)})", remedy)]
    yield from findings


def _of_file(path: Path) -> Sequence[Finding]:
    if not path.exists():
        return [Finding(_DATABASE, f"none yet; {_NONE_YET}")]
    try:
        version = file_version(path, is_thorough=True)
    except OperatorError as error:
        return [Finding.of(_DATABASE, error)]
    healthy = Finding(_DATABASE, f"healthy, version {version} of {len(migrations())}")
    # Older ones know of no other process.
    notes = _notes_in(path) if version >= _PROCESS_NOTES else ()
    return [healthy, *_of_processes(notes, is_in_use=is_in_use(path.parent))]


def _notes_in(path: Path) -> Sequence[ProcessNote]:
    with read_only(path) as state:
        state.row_factory = sqlite3.Row
        state.create_function("unix_now", 0, time)
        return [note_of(row) for row in state.execute(LIVE)]


async def _of_database(url: str) -> Sequence[Finding]:
    from bot.state.postgresql.engine import connected, place_of

    async with connected(url, _WAIT_SECONDS) as connection:
        finding = await _of_server(connection, place_of(url))
        if finding.remedy:
            return [finding]
        has_notes = await connection.fetchval("SELECT to_regclass('process') IS NOT NULL")
        rows = await connection.fetch(LIVE) if has_notes else []
    return [finding, *_of_processes([note_of(row) for row in rows])]


async def _of_server(connection: "Connection[Record]", place: str) -> Finding:
    from bot.state.postgresql.faults import TAKES_NO_WRITES
    from bot.state.postgresql.schema import OLDEST, state_version
    from bot.state.postgresql.schema import migrations as migrations_of_database

    number = await connection.fetchval("SHOW server_version")
    how = f"PostgreSQL {number.partition(' ')[0]} at {place}"
    if connection.get_server_version().major < OLDEST:
        return Finding(_DATABASE, how, f"Encore needs {OLDEST} or newer.")
    version = await state_version(connection, place)
    if not version and not await _may_create(connection):
        remedy = "Let the bot's role own the database, or its schema."
        return Finding(_DATABASE, f"{how} doesn't let the bot create tables", remedy)
    if await connection.fetchval("SHOW transaction_read_only") == "on":
        remedy = say(TAKES_NO_WRITES)
        return Finding(_DATABASE, f"{how} takes no writes", remedy, UnavailableError.exit_code)
    seconds = await _latency(connection)
    state = f"version {version} of {len(migrations_of_database())}" if version else _NONE_YET
    how = f"{how}, {state}, answers in {seconds * 1000:.1f} ms"
    if seconds > _SLOW_SECONDS:
        remedy = "Members wait for it: run the bot and its database in one place."
        return Finding(_DATABASE, how, remedy, UnavailableError.exit_code)
    return Finding(_DATABASE, how)


async def _may_create(connection: "Connection[Record]") -> bool:
    sql = "SELECT has_schema_privilege(current_schema(), 'CREATE')"
    return bool(await connection.fetchval(sql))


async def _latency(connection: "Connection[Record]") -> float:
    """Measure how long a trip takes: the fastest of some."""
    trips: list[float] = []
    for _n in range(_TRIES):
        began = perf_counter()
        await connection.execute("SELECT 1")
        trips.append(perf_counter() - began)
    return min(trips)


def _of_processes(notes: Sequence[ProcessNote], *, is_in_use: bool = False) -> Iterator[Finding]:
    """Tell who is there; a bot that is alone holds its folder and notes nothing."""
    for note in notes:
        yield Finding("process", process_line(report_on(note)))
    if not notes:
        yield Finding("process", "a bot is running on this data" if is_in_use else "none running")
    if len({note.content for note in notes}) > 1:
        hosts = ", ".join(sorted({note.host for note in notes}))
        how = "the processes show different interviews"
        yield Finding("interviews", how, say(other_interviews(hosts)))
