"""The state database, whichever engine it lies in: SQLite, or PostgreSQL."""

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter
from typing import Any, Final, NamedTuple, Protocol

from bot.errors import StateUnavailableError
from bot.process.outages import Outages, Part

# Deleted within some milliseconds, so that no press waits.
_AT_ONCE: Final = 500

Parameters = dict[str, Any] | tuple[object, ...]


class Row(Protocol):
    """What a statement gives: its columns by name, by place, or unpacked."""

    def __getitem__(self, key: Any, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def keys(self) -> Any: ...


class Statement(NamedTuple):
    """SQL that both engines speak, with its parameters: named (`:user_id`), or in order (`?`)."""

    sql: str
    parameters: Parameters
    is_long: bool = False
    """Whether it may take longer than a member waits."""
    owner_id: int | None = None
    """Whose statements it comes after, all of them; what it counts is then so."""


class Engine(Protocol):
    """Where the state lies.

    Every statement is atomic, also when its caller is cancelled; several are run in their order,
    each for itself. Raises StateUnavailableError where the database cannot be used.
    """

    async def read(self, statement: Statement) -> Sequence[Row]: ...

    async def write(self, *statements: Statement) -> Sequence[Sequence[Row]]: ...

    async def forget_traces(self) -> None:
        """Have what was deleted stand nowhere in the database, as far as that can be had now."""
        ...


class Database:
    """Runs one statement a call, or some that belong together on one trip."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.waited: Callable[[float], None] | None = None
        """Told of each trip how many seconds it took, the wait for its turn included."""
        self.outages = Outages()
        """Told when the database cannot be used, and when it can be again."""

    async def read(self, sql: str, /, *values: object, **named: object) -> Sequence[Row]:
        return await self._read(Statement(sql, named or values))

    async def read_long(self, sql: str, /, **named: object) -> Sequence[Row]:
        """Read what may take its time, while nobody waits for it."""
        return await self._read(Statement(sql, named, is_long=True))

    async def write(self, sql: str, /, *values: object, **named: object) -> Sequence[Row]:
        """Run a statement that changes something; its rows are those of RETURNING."""
        (rows,) = await self.write_all(Statement(sql, named or values))
        return rows

    async def write_in_turn(self, owner_id: int, sql: str, /, **named: object) -> Sequence[Row]:
        """Run a statement after those of the same member or server, which it may have to count."""
        (rows,) = await self.write_all(Statement(sql, named, owner_id=owner_id))
        return rows

    async def write_long(self, sql: str, /, **named: object) -> Sequence[Row]:
        """Run a statement that may take its time, while nobody waits for it."""
        (rows,) = await self.write_all(Statement(sql, named, is_long=True))
        return rows

    async def write_all(self, *statements: Statement) -> Sequence[Sequence[Row]]:
        """Run statements in their order; each sees what those before it have changed."""
        began = perf_counter()
        try:
            rows = await self._engine.write(*statements)
        except StateUnavailableError as error:
            self.outages.begin(Part.STATE, error)
            raise
        finally:
            self._tell(began)
        self.outages.end(Part.STATE)
        return rows

    async def delete(self, table: str, key: str, where: str, /, **named: object) -> int:
        """Delete rows, a few at a time: others write in between; gives how many.

        `key` are the columns of the primary key.
        """
        sql = (
            f"DELETE FROM {table} WHERE ({key})"  # noqa: S608 - our own words
            f" IN (SELECT {key} FROM {table} WHERE {where} LIMIT {_AT_ONCE})"
            # It may have changed meanwhile.
            f" AND {where} RETURNING 1"
        )
        count = 0
        while rows := await self.write(sql, **named):
            count += len(rows)
        return count

    async def forget_traces(self) -> None:
        """Have what was deleted stand nowhere any more.

        Raises StateUnavailableError where it still does, to be tried again.
        """
        await self._engine.forget_traces()

    async def _read(self, statement: Statement) -> Sequence[Row]:
        began = perf_counter()
        try:
            return await self._engine.read(statement)
        except StateUnavailableError as error:
            self.outages.begin(Part.STATE, error)
            raise
        finally:
            self._tell(began)

    def _tell(self, began: float) -> None:
        if self.waited is not None:
            self.waited(perf_counter() - began)
