"""What a state is made of, in the same words whichever engine it lies in."""

import re
import sqlite3
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import asyncpg

_COLUMNS: Final = """
SELECT attname, format_type(atttypid, NULL), attnotnull,
    coalesce(pg_get_expr(adbin, adrelid), '')
FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attrelid = CAST(CAST($1 AS TEXT) AS regclass) AND attnum > 0 ORDER BY attnum
"""
_INDEXES: Final = """
SELECT relname, indisunique, indpred IS NOT NULL, ARRAY(
    SELECT CAST(attname AS TEXT) FROM unnest(indkey) WITH ORDINALITY AS part (number, place)
    LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = number AND number > 0
    -- What comes along for reading alone finds nothing.
    WHERE place <= indnkeyatts ORDER BY place
)
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = CAST(CAST($1 AS TEXT) AS regclass)
AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""
_KEYS: Final = """
SELECT CASE WHEN confdeltype = 'c' THEN CAST(CAST(confrelid AS regclass) AS TEXT)
        ELSE CAST(contype AS TEXT) END,
    ARRAY(
        SELECT CAST(attname AS TEXT) FROM unnest(conkey) WITH ORDINALITY AS part (number, place)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY place
    )
FROM pg_constraint
WHERE conrelid = CAST(CAST($1 AS TEXT) AS regclass) AND contype IN ('p', 'u', 'f')
"""
_RULES: Final = """
SELECT tgname, CAST(CAST(tgrelid AS regclass) AS TEXT), prosrc
FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal
"""
_WORDS: Final = {
    "bigint": "INTEGER",
    "integer": "INTEGER",
    "boolean": "INTEGER",
    "double precision": "REAL",
    "text": "TEXT",
}


class Column(NamedTuple):
    name: str
    kind: str
    is_needed: bool
    fallback: str


class Index(NamedTuple):
    """An index; a column of None is worked out."""

    is_unique: bool
    is_partial: bool
    columns: tuple[str | None, ...]


class Rule(NamedTuple):
    """A trigger: on which table or view it is, and what it deletes from."""

    table: str
    deletes: frozenset[str]


Keys = set[tuple[str, tuple[str, ...]]]
"""The columns of each key, with p for the primary one, u for others, or the table it is of."""


class FileCatalogue:
    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def tables(self) -> set[str]:
        rows = self._file.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        return {name for (name,) in rows}

    def columns(self, table: str) -> list[Column]:
        rows = self._file.execute("SELECT * FROM pragma_table_info(?)", (table,))
        return [
            Column(name, kind, bool(is_needed or key), fallback or "")
            for _number, name, kind, is_needed, fallback, key in rows
        ]

    def indexes(self, table: str) -> Mapping[str, Index]:
        return {
            name: Index(bool(is_unique), bool(is_partial), self._parts(name))
            for _number, name, is_unique, origin, is_partial in self._indexes(table)
            if origin == "c"
        }

    def keys(self, table: str) -> Keys:
        of_others = {("u", self._parts(row[1])) for row in self._indexes(table) if row[3] == "u"}
        primary = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk"
        foreign = 'SELECT "table", "from" FROM pragma_foreign_key_list(?)'
        parents = self._file.execute(f"{foreign} WHERE on_delete = 'CASCADE'", (table,))
        columns = tuple(name for (name,) in self._file.execute(primary, (table,)))
        return {("p", columns), *of_others, *((parent, (name,)) for parent, name in parents)}

    def rules(self) -> Mapping[str, Rule]:
        rows = self._file.execute(
            "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger'"
        )
        return {name: Rule(table, _deletes(sql)) for name, table, sql in rows}

    def _indexes(self, table: str) -> list[Any]:
        return self._file.execute("SELECT * FROM pragma_index_list(?)", (table,)).fetchall()

    def _parts(self, index: str) -> tuple[Any, ...]:
        rows = self._file.execute("SELECT name FROM pragma_index_info(?)", (index,))
        return tuple(name for (name,) in rows)


class ServerCatalogue:
    def __init__(self, server: asyncpg.Connection) -> None:
        self._server = server

    async def tables(self) -> set[str]:
        rows = await self._server.fetch(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        )
        return {name for (name,) in rows}

    async def columns(self, table: str) -> list[Column]:
        return [
            Column(name, _WORDS[kind], is_needed, _plain(fallback))
            for name, kind, is_needed, fallback in await self._server.fetch(_COLUMNS, table)
        ]

    async def indexes(self, table: str) -> Mapping[str, Index]:
        return {
            name: Index(is_unique, is_partial, tuple(columns))
            for name, is_unique, is_partial, columns in await self._server.fetch(_INDEXES, table)
        }

    async def keys(self, table: str) -> Keys:
        rows = await self._server.fetch(_KEYS, table)
        return {(kind, tuple(columns)) for kind, columns in rows}

    async def rules(self) -> Mapping[str, Rule]:
        rows = await self._server.fetch(_RULES)
        return {name: Rule(table, _deletes(sql)) for name, table, sql in rows}


def _plain(fallback: str) -> str:
    """Write a default as SQLite does."""
    return "0" if fallback == "false" else fallback.removesuffix("::text")


def _deletes(sql: str) -> frozenset[str]:
    return frozenset(re.findall(r"DELETE FROM (\w+)", sql))
