"""Both engines have the same tables, columns, indexes and rules."""

import re
from collections import defaultdict
from collections.abc import Mapping
from hashlib import sha256
from time import time
from typing import Final

import asyncpg

from bot.state.postgresql.schema import migrations
from tests.state.postgresql.catalogue import FileCatalogue, Rule, ServerCatalogue
from tests.state.postgresql.twins import KEY, Twins

ALONE: Final = {"encore", "mark_key"}
"""What SQLite has in the header of its file, and in a file beside it."""
AT_ONCE: Final = {
    "answer_is_up_to_date",
    "bag_of_dm_is_known",
    "duel_is_the_only_one",
    "game_answer_is_in_time",
    "game_round_is_idle",
    "question_of_dm_is_known",
}
"""Rules about what others write while a statement runs: in a file nobody does."""
VIEWS: Final = {"guild_to_forget", "member_to_forget"}
"""What SQLite does in several rules, one of each migration, is one in PostgreSQL."""


async def test_both_have_the_same_tables(twins: Twins) -> None:
    ours, theirs = FileCatalogue(twins.file), ServerCatalogue(twins.server)
    assert await theirs.tables() - ALONE == ours.tables()


async def test_both_have_the_same_columns_and_keys(twins: Twins) -> None:
    ours, theirs = FileCatalogue(twins.file), ServerCatalogue(twins.server)
    for table in ours.tables():
        assert await theirs.columns(table) == ours.columns(table), table
        assert await theirs.keys(table) == ours.keys(table), table


async def test_both_have_the_same_indexes(twins: Twins) -> None:
    ours, theirs = FileCatalogue(twins.file), ServerCatalogue(twins.server)
    for table in ours.tables():
        assert await theirs.indexes(table) == ours.indexes(table), table


async def test_both_have_the_same_rules(twins: Twins) -> None:
    ours = FileCatalogue(twins.file).rules()
    theirs = await ServerCatalogue(twins.server).rules()
    assert theirs.keys() >= AT_ONCE
    assert _of_tables(theirs).keys() - AT_ONCE == _of_tables(ours).keys()
    for name, rule in _of_tables(ours).items():
        assert theirs[name] == rule, name


async def test_both_forget_members_and_servers_everywhere(twins: Twins) -> None:
    ours = FileCatalogue(twins.file).rules()
    theirs = await ServerCatalogue(twins.server).rules()
    assert _of_views(theirs) == _of_views(ours)
    assert _of_views(ours).keys() == VIEWS


def _of_tables(rules: Mapping[str, Rule]) -> Mapping[str, Rule]:
    return {name: rule for name, rule in rules.items() if rule.table not in VIEWS}


def _of_views(rules: Mapping[str, Rule]) -> Mapping[str, set[str]]:
    """Give from which tables those who are forgotten go, by the view that forgets them."""
    tables: dict[str, set[str]] = defaultdict(set)
    for rule in rules.values():
        if rule.table in VIEWS:
            tables[rule.table] |= rule.deletes
    return tables


async def test_texts_are_ordered_by_their_bytes_wherever_an_index_holds_them(
    here: asyncpg.Connection,
) -> None:
    rows = await here.fetch(
        "SELECT CAST(CAST(indrelid AS regclass) AS TEXT), attname FROM pg_index"
        " JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)"
        " JOIN pg_class ON pg_class.oid = indrelid"
        " WHERE relnamespace = CAST(current_schema() AS regnamespace)"
        " AND atttypid = CAST('text' AS regtype)"
        " AND attcollation <> CAST('\"C\"' AS regcollation)"
    )
    assert rows == []


async def test_of_each_table_it_is_said_how_large_it_grows(
    here: asyncpg.Connection,
) -> None:
    lines = re.findall(r"^-- (\w+)  +\S", "".join(migrations()), re.MULTILINE)
    assert sorted(lines) == sorted(await ServerCatalogue(here).tables())


async def test_a_mark_is_made_of_the_key_and_the_id(here: asyncpg.Connection) -> None:
    user_id = 0x0123456789ABCDEF
    mark = await here.fetchval("SELECT mark_of($1)", user_id)
    assert mark == sha256(KEY + str(user_id).encode()).digest()[:16].hex()


async def test_the_words_of_sqlite_are_understood(here: asyncpg.Connection) -> None:
    place, nowhere, now = await here.fetchrow(
        "SELECT instr('curated:7', ':'), instr('curated', ':'), unix_now()"
    )
    assert (place, nowhere) == ("curated:7".index(":") + 1, 0)
    assert abs(now - time()) < 60
