"""A state in PostgreSQL: a pool of connections, which are taken up again where they are lost."""

import asyncio
import re
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
from asyncpg import Connection, Record

from bot.errors import StateUnavailableError
from bot.state.database import Database, Row, Statement
from bot.state.postgresql.faults import (
    FAULTS,
    LOSSES,
    explained,
    has_lost_a_race,
    is_passing,
    reason,
)
from bot.state.postgresql.schema import bring_up_to_date
from bot.state.postgresql.transactions import undivided

if TYPE_CHECKING:
    # Only its types know what rows a connection gives.
    _Pooled = asyncpg.pool.PoolConnectionProxy[Record]

_CONNECTIONS: Final = 8
_CONNECT_SECONDS: Final = 5.0
# A member's answer has three seconds, in which there is to be a sentence as well.
_PATIENCE_SECONDS: Final = 2.0
_STATEMENT_MS: Final = 1800
_RELEASE_SECONDS: Final = 0.3
_SECONDS_EACH: Final = 0.02
# Nothing takes as long: a server that still says nothing then is gone.
_LONG_SECONDS: Final = 3600.0
_SETTINGS: Final = {
    "application_name": "encore",
    # The rules of the tables see what others have written until a statement's turn came.
    "default_transaction_isolation": "read committed",
    # Statements are short: to compile one takes longer than to run it.
    "jit": "off",
}
_STATEMENTS: Final = 1000
"""How many a connection remembers: all that there are."""
_RACES: Final = 5
_PARAMETER: Final = re.compile(r"'[^']*'|:([a-z_]+)|\?")


class _PooledConnection(Connection):
    def get_reset_query(self) -> str:
        # Nobody changes anything about it that would have to be put back, on a trip of its own.
        return ""


class PostgresEngine:
    """Runs each statement on a connection of the pool.

    One that has lost a race against another process, by the rules of the tables, is run again.
    """

    def __init__(self, pool: "asyncpg.Pool[Record]") -> None:
        self._pool = pool

    async def read(self, statement: Statement) -> Sequence[Row]:
        # Of a server that was started again each connection tells it once.
        (rows,) = await self._run(statement, tries=2)
        return rows

    async def write(self, *statements: Statement) -> Sequence[Sequence[Row]]:
        return await self._run(*statements)

    async def _run(self, *statements: Statement, tries: int = 1) -> Sequence[Sequence[Row]]:
        try:
            async with asyncio.timeout(_patience(statements)):
                for _try in range(tries - 1):
                    with suppress(*LOSSES):
                        return await self._run_once(statements)
                return await self._run_once(statements)
        except Exception as error:
            if not is_passing(error):
                raise
            raise StateUnavailableError(reason(error)) from error

    async def _run_once(self, statements: Sequence[Statement]) -> Sequence[Sequence[Row]]:
        connection = await self._pool.acquire(timeout=_PATIENCE_SECONDS)
        try:
            return [await _run_in_races(connection, statement) for statement in statements]
        except asyncpg.InternalClientError:
            # The server has said that it ends, and not hung up yet: nothing is sent any more.
            connection.terminate()
            raise
        finally:
            # One on which something was given up is asked to end that, and else ended itself. That
            # is no answer to what was run, nor to who cancels it.
            with suppress(*FAULTS):
                await self._pool.release(connection, timeout=_RELEASE_SECONDS)

    async def forget_traces(self) -> None:
        """Leave it to the server: it clears away what was deleted by itself, a moment later."""


def _patience(statements: Sequence[Statement]) -> float:
    if any(statement.is_long for statement in statements):
        return _LONG_SECONDS
    return max(_PATIENCE_SECONDS, _SECONDS_EACH * len(statements))


async def _run_in_races(connection: "_Pooled", statement: Statement) -> Sequence[Row]:
    for _race in range(_RACES):
        try:
            return await _fetch(connection, statement)
        except asyncpg.PostgresError as error:
            if not has_lost_a_race(error):
                raise
    return await _fetch(connection, statement)


async def _fetch(connection: "_Pooled", statement: Statement) -> Sequence[Row]:
    sql, arguments = _numbered(statement)
    if not statement.is_long and statement.owner_id is None:
        # Of many that are given together the first to meet a server that hangs ends them all.
        return await connection.fetch(sql, *arguments, timeout=_PATIENCE_SECONDS)
    async with undivided(connection):
        if statement.is_long:
            await connection.execute("SET LOCAL statement_timeout = 0")
        else:
            await connection.execute("SELECT pg_advisory_xact_lock($1)", statement.owner_id)
        return await connection.fetch(sql, *arguments)


def _numbered(statement: Statement) -> tuple[str, Sequence[object]]:
    """Write a statement as PostgreSQL has it: its parameters by number."""
    sql, names = _translated(statement.sql)
    parameters = statement.parameters
    if isinstance(parameters, dict):
        return sql, [parameters[name] for name in names]
    return sql, parameters


@lru_cache(_STATEMENTS)
def _translated(sql: str) -> tuple[str, Sequence[str]]:
    """Give a statement with `$1` in place of each `:name` or `?`, and the names in that order."""
    names: list[str] = []

    def number(match: re.Match[str]) -> str:
        if match[0].startswith("'"):
            return match[0]
        name = match[1] or f"{len(names)}"
        if name not in names:
            names.append(name)
        return f"${names.index(name) + 1}"

    return _PARAMETER.sub(number, sql), tuple(names)


@asynccontextmanager
async def open_database(url: str, mark_key: bytes) -> AsyncGenerator[Database]:
    """Open a database, and bring it up to date; `mark_key` is for one in which nothing is yet.

    Raises OperatorError where it is not ours, newer than this version or refuses us,
    UnavailableError where it cannot be reached.
    """
    async with connected(url) as connection:
        await bring_up_to_date(connection, place_of(url), mark_key)
    pool = asyncpg.create_pool(
        url,
        min_size=1,
        max_size=_CONNECTIONS,
        timeout=_PATIENCE_SECONDS,
        connection_class=_PooledConnection,
        statement_cache_size=_STATEMENTS,
        max_cached_statement_lifetime=0,
        server_settings=_SETTINGS | {"statement_timeout": str(_STATEMENT_MS)},
    )
    with _explained(url, *FAULTS):
        await pool
    try:
        yield Database(PostgresEngine(pool))
    finally:
        # What does not end in time is ended.
        with suppress(*FAULTS):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                await pool.close()


@asynccontextmanager
async def connected(
    url: str, patience: float | None = None
) -> AsyncGenerator["Connection[Record]"]:
    """Connect for what takes its time: each statement up to `patience` seconds, where there is one.

    Raises OperatorError as `open_database` does.
    """
    with _explained(url, *FAULTS, ValueError):
        connection = await asyncpg.connect(
            url,
            timeout=_CONNECT_SECONDS,
            command_timeout=patience,
            server_settings=_SETTINGS,
        )
    try:
        with _explained(url, *FAULTS):
            yield connection
    finally:
        connection.terminate()


@contextmanager
def _explained(url: str, *faults: type[Exception]) -> Generator[None]:
    try:
        yield
    except faults as error:
        raise explained(error, place_of(url)) from error


def place_of(url: str) -> str:
    """Say which database an address is of, without the name and the password in it."""
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    hosts = unquote(parts.netloc.rpartition("@")[2]) or query.get("host", "localhost")
    database = parts.path.strip("/") or query.get("dbname") or query.get("database", "")
    return f"{hosts}/{unquote(database)}"
