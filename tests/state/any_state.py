"""A state in which anything may stand, in every table and column that there is."""

import random
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.state.sqlite.schema import migrations

_ROWS: Final = 6
_TRIES: Final = 400
_TEXTS: Final = ("", "boat", "🎭👩‍🚀", "שלום \u202e", 'it\'s "\\N"\t\n', "{}", "a" * 9000)
_NUMBERS: Final = (0, 1, 2, 7, -1, 1439, 2**31 - 1, -(2**31))
_IDS: Final = (*_NUMBERS, 2**63 - 1, -(2**63), 1_199_999_999_999_999_999)
_REALS: Final = (0.0, 0.1, -1.5, 1e300, 5e-324, 1764264000.123457)
_TABLES: Final = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY rowid"

Rows = Mapping[str, Sequence[Sequence[object]]]
Kinds = Mapping[tuple[str, str], str]
"""What PostgreSQL calls the type of a column."""


def make_state(path: Path, kinds: Kinds, seed: int) -> None:
    """Write a state file with some rows in each table, as they come."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for _number, script in migrations():
            file.executescript(script)
        rules = file.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _sql in rules:
            file.execute(f"DROP TRIGGER {name}")
        chance = random.Random(seed)
        for table, sql in file.execute(_TABLES).fetchall():
            _fill(file, table, re.findall(r"'(\w*)'", sql), kinds, chance)
        for _name, sql in rules:
            file.execute(sql)


def _fill(
    file: sqlite3.Connection, table: str, words: Sequence[str], kinds: Kinds, chance: random.Random
) -> None:
    columns = file.execute('SELECT name, "notnull", pk FROM pragma_table_info(?)', (table,))
    parents = {child: parent for _id, _seq, parent, child, *_ in _references(file, table)}
    pools: list[Sequence[object]] = []
    for column, is_needed, key in columns.fetchall():
        if column in parents:
            pool = [row[0] for row in file.execute(f"SELECT id FROM {parents[column]}")]
        else:
            pool = list(_pool(kinds[table, column], words))
        pools.append(pool if is_needed or key else [*pool, None])
    put = f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(pools))})"
    for _try in range(_TRIES):
        file.execute(put, [chance.choice(pool) for pool in pools])
        if file.execute(f"SELECT count(*) FROM {table}").fetchone()[0] >= _ROWS:
            break
    assert file.execute(f"SELECT count(*) FROM {table}").fetchone() != (0,), table


def _references(file: sqlite3.Connection, table: str) -> Sequence[Sequence[str]]:
    return file.execute("SELECT * FROM pragma_foreign_key_list(?)", (table,)).fetchall()


def _pool(kind: str, words: Sequence[str]) -> Sequence[object]:
    pools: dict[str, Sequence[object]] = {
        "boolean": (0, 1),
        "integer": _NUMBERS,
        "bigint": _IDS,
        "double precision": _REALS,
        "text": [*words] * 3 + [*_TEXTS],
    }
    return pools[kind]


def rows_in(path: Path) -> Rows:
    """Give all that stands in a state file, each table in an order of its own."""
    with closing(sqlite3.connect(path)) as file:
        tables = [name for name, _sql in file.execute(_TABLES)]
        return {name: sorted(file.execute(f"SELECT * FROM {name}"), key=repr) for name in tables}
