"""The statements of one connection, in the order in which they come: what waits runs together."""

import asyncio
import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

import aiosqlite

from bot.process.sqlite_faults import code_of
from bot.state.database import Parameters, Row, Statement

# SQLite runs none of these within a transaction, or does nothing then.
_ALONE: Final = "PRAGMA"


class _Waiting(NamedTuple):
    """A statement, and who waits for its rows."""

    sql: str
    parameters: Parameters
    rows: asyncio.Future[list[Row]]


class StatementQueue:
    """Runs what waits at once in one hop to the connection's thread, and each statement for itself.

    What waits to write shares a transaction: nobody is told before it is in the file. A locked file
    is waited for by one at a time. Who queued meanwhile has waited for it too, and is not kept
    longer: a member's answer has three seconds.
    """

    def __init__(self, connection: aiosqlite.Connection, *, writes: bool) -> None:
        self._connection = connection
        self._writes = writes
        self._waiting: list[_Waiting] = []
        self._work: asyncio.Task[None] | None = None

    async def run(self, *statements: Statement) -> list[list[Row]]:
        """Give the rows of statements; who is cancelled before their turn has them left out."""
        loop = asyncio.get_running_loop()
        waiting = [_Waiting(each.sql, each.parameters, loop.create_future()) for each in statements]
        self._waiting += waiting
        if self._work is None:
            self._work = asyncio.create_task(self._run_all())
        return await asyncio.gather(*(each.rows for each in waiting))

    async def _run_all(self) -> None:
        try:
            while self._waiting:
                if batch := self._next_batch():
                    self._tell(batch, await self._outcomes(batch))
        finally:
            self._work = None

    def _next_batch(self) -> list[_Waiting]:
        """Take what may run together: all, or all before what has to run alone, or that."""
        waiting = self._waiting
        alone = (n for n, each in enumerate(waiting) if each.sql.startswith(_ALONE))
        count = next(alone, len(waiting)) or 1
        self._waiting = waiting[count:]
        return [each for each in waiting[:count] if not each.rows.done()]

    async def _outcomes(self, batch: Sequence[_Waiting]) -> list[list[Row] | Exception]:
        run = _run_together if self._writes and len(batch) > 1 else _run_each
        connection = self._connection
        try:
            # The library has no public way to run more than one statement in a hop.
            return await connection._execute(run, connection._conn, batch)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage, reportUnknownMemberType]
        except Exception as error:  # noqa: BLE001 - whatever it is, it is for who waits
            return [error] * len(batch)

    def _tell(self, batch: Sequence[_Waiting], outcomes: Sequence[list[Row] | Exception]) -> None:
        for statement, outcome in zip(batch, outcomes, strict=True):
            _settle(statement, outcome)
            if isinstance(outcome, sqlite3.Error) and code_of(outcome) == sqlite3.SQLITE_BUSY:
                for waiting in self._waiting:
                    _settle(waiting, outcome)
                self._waiting.clear()


def _settle(statement: _Waiting, outcome: list[Row] | Exception) -> None:
    if statement.rows.done():
        return
    if isinstance(outcome, Exception):
        statement.rows.set_exception(outcome)
    else:
        statement.rows.set_result(outcome)


def _run_together(
    connection: sqlite3.Connection, batch: Sequence[_Waiting]
) -> list[list[Row] | Exception]:
    """Run statements in one transaction; raises where not even one of them can be kept."""
    outcomes: list[list[Row] | Exception] = []
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in batch:
            # One that fails is undone alone, as a statement always is: it needs no savepoint.
            outcome = _run(connection, statement)
            # But a full disk may undo all that was begun.
            if isinstance(outcome, Exception) and not connection.in_transaction:
                raise outcome
            outcomes.append(outcome)
        connection.execute("COMMIT")
    except sqlite3.Error:
        connection.rollback()
        raise
    return outcomes


def _run_each(
    connection: sqlite3.Connection, batch: Sequence[_Waiting]
) -> list[list[Row] | Exception]:
    return [_run(connection, statement) for statement in batch]


def _run(connection: sqlite3.Connection, statement: _Waiting) -> list[Row] | Exception:
    try:
        return connection.execute(statement.sql, statement.parameters).fetchall()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is for who waits
        return error
