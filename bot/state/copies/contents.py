"""How much a state holds, in the words of whoever hosts it."""

from collections.abc import Callable, Iterable, Set
from pathlib import Path
from typing import Final

from bot.interview.pack.files import loaded_dir, pack_folders
from bot.state.database import Database
from bot.state.erasure import GUILD_TABLES, MEMBER_COLUMNS
from bot.state.sqlite.schema import read_only
from bot.text import Text, plural, say

_Column = tuple[str, str]
_ANSWERS: Final = tuple((table, "user_id") for table in ("answer", "game_answer"))
_MEMBERS: Final = tuple(MEMBER_COLUMNS.items())
_SERVERS: Final = tuple((table, "guild_id") for table in GUILD_TABLES)
_COLUMNS: Final = """
SELECT tables.name, columns.name FROM sqlite_master AS tables
JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'
"""
_WORDS: Final[tuple[Callable[[int], Text], ...]] = (
    lambda count: plural("1 answer", "{count:,} answers", count),
    lambda count: plural("1 member", "{count:,} members", count),
    lambda count: plural("1 server", "{count:,} servers", count),
    lambda count: plural("1 loaded interview", "{count:,} loaded interviews", count),
)
Amounts = tuple[int, int, int]
"""Answers, members, servers."""


def amounts_in_file(path: Path) -> Amounts:
    """Count in a file, which may be an older version's."""
    with read_only(path) as state:
        ((*amounts,),) = state.execute(_counting(set(state.execute(_COLUMNS))))
    return tuple(amounts)


async def amounts_in(database: Database) -> Amounts:
    ((*amounts,),) = await database.read_long(_counting({*_ANSWERS, *_MEMBERS, *_SERVERS}))
    return tuple(amounts)


def spoken_content(amounts: Amounts, data_dir: Path) -> str:
    """Say what there is, with the interviews of a data folder."""
    counts = (*amounts, len(pack_folders(loaded_dir(data_dir))))
    parts = [say(words(count)) for words, count in zip(_WORDS, counts, strict=True) if count]
    return ", ".join(parts) or "nothing from members yet"


def _counting(columns: Set[_Column]) -> str:
    """Count, of the columns that there are, the answers and whoever is named."""
    counts = (
        _count(_ids(_ANSWERS, columns, "UNION ALL")),
        _count(_ids(_MEMBERS, columns, "UNION")),
        _count(_ids(_SERVERS, columns, "UNION")),
    )
    return f"SELECT {', '.join(counts)}"


def _ids(every: Iterable[_Column], columns: Set[_Column], union: str) -> str:
    selects = [
        f"SELECT {column} AS id FROM {table}"  # noqa: S608 - our own words
        for table, column in every
        if (table, column) in columns
    ]
    return f" {union} ".join(selects) or "SELECT 0 AS id"


def _count(ids: str) -> str:
    # 0 is what is outside of servers.
    return f"(SELECT count(*) FROM ({ids}) AS named WHERE id <> 0)"  # noqa: S608 - our own words
