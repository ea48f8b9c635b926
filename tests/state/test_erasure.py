"""Who is forgotten is nowhere in the file, and who is exported is told all of it."""

import json
from pathlib import Path
from time import time

import pytest

from bot.interview.audience import SpoilerPolicy
from bot.state.database import Database, open_database
from bot.state.erasure import LEFT_GUILD_DAYS, MEMBER_COLUMNS, Erasure
from bot.state.guild_settings import GuildSettings, GuildSettingsStore
from bot.state.members import Members
from bot.state.questions import Questions, StoredQuestion

MEMBER, OTHER, GUILD, CHANNEL = 0x0123456789ABCDEF, 0x0123456789ABCDEE, 77 << 22, 78 << 22
IDS = ("user_id", "starter_id")


async def _fill(database: Database, user_id: int, guild_id: int = GUILD) -> None:
    """Put a row that names a member into every table that can."""
    for table in MEMBER_COLUMNS:
        columns = await database.read("SELECT name, type FROM pragma_table_info(?)", table)
        values = {name: _value(name, kind, user_id, guild_id) for name, kind in columns}
        marks = ", ".join("?" * len(values))
        await database.write(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks}) ON CONFLICT DO NOTHING",
            *values.values(),
        )


def _value(name: str, kind: str, user_id: int, guild_id: int) -> object:
    values = {
        "user_id": user_id,
        "starter_id": user_id,
        "guild_id": guild_id,
        "channel_id": CHANNEL,
        "question_id": 1,
        "game_id": user_id % 1000,
        "id": user_id % 1000,
        "phase": "done",
        "spoilers": "hide",
    }
    return values.get(name, 1 if kind in ("INTEGER", "REAL") else "text")


async def _prepare(database: Database) -> None:
    await Questions(database, time).add(CHANNEL, StoredQuestion("text", 4, 1, "text"))
    for user_id in (MEMBER, OTHER):
        await _fill(database, user_id)


async def _rows(database: Database, user_id: int) -> int:
    entries = await Erasure(database, time).export(user_id)
    return sum(map(len, entries.values()))


async def test_every_column_that_names_a_member_is_known(database: Database) -> None:
    tables = await database.read("SELECT name FROM sqlite_schema WHERE type = 'table'")
    naming = {
        table: column
        for (table,) in tables
        for (column,) in await database.read("SELECT name FROM pragma_table_info(?)", table)
        if column in IDS or ("user" in column or "member" in column)
    }
    assert naming == MEMBER_COLUMNS


async def test_a_member_who_is_forgotten_is_nowhere_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    async with open_database(path) as database:
        await _prepare(database)
        assert await _rows(database, MEMBER) >= len(MEMBER_COLUMNS)
        before = await _rows(database, OTHER)
        erasure = Erasure(database, time)
        await erasure.forget_member(MEMBER)
        assert await _rows(database, MEMBER) == 0
        assert await _rows(database, OTHER) == before
        files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert OTHER.to_bytes(8) in files, "this is how an id is written"
        assert MEMBER.to_bytes(8) not in files
        assert str(MEMBER).encode() not in files


async def test_an_export_has_every_row_and_is_json(database: Database) -> None:
    await _prepare(database)
    entries = await Erasure(database, time).export(MEMBER)
    assert set(entries) == set(MEMBER_COLUMNS)
    assert all(entries.values())
    assert json.loads(json.dumps(entries)) == entries
    assert str(OTHER) not in json.dumps(entries)


async def test_a_server_is_forgotten_a_month_after_it_was_left(database: Database) -> None:
    await _prepare(database)
    await _fill(database, MEMBER, GUILD + 1)
    await GuildSettingsStore(database).put(GUILD, GuildSettings())
    await database.write(
        "INSERT INTO bag (channel_id, slug, kind, state, version) VALUES (?, '', '', '', 1)",
        CHANNEL,
    )
    now = 1_000_000.0
    erasure = Erasure(database, lambda: now)
    assert await erasure.guilds() == {GUILD, GUILD + 1}
    await erasure.guild_left(GUILD, [CHANNEL])
    now += LEFT_GUILD_DAYS * 86_400
    assert await erasure.forget_left_guilds() == 0
    now += 1
    assert await erasure.forget_left_guilds() == 1
    assert await erasure.guilds() == {GUILD + 1}
    assert await erasure.left_guilds() == set()
    assert await database.read("SELECT 1 FROM bag") == []
    assert await erasure.forget_left_guilds() == 0


async def test_a_server_that_is_back_in_time_loses_nothing(database: Database) -> None:
    await _prepare(database)
    now = 1_000_000.0
    erasure = Erasure(database, lambda: now)
    await erasure.guild_left(GUILD)
    await erasure.guild_is_back(GUILD)
    now += 99 * 86_400
    assert await erasure.forget_left_guilds() == 0
    assert await erasure.guilds() == {GUILD}


@pytest.mark.parametrize("policy", [SpoilerPolicy.HIDE, SpoilerPolicy.OMIT])
async def test_what_was_remembered_of_a_member_is_forgotten_too(
    database: Database, policy: SpoilerPolicy
) -> None:
    members = Members(database)
    await members.put_spoilers(MEMBER, policy)
    assert await members.spoilers(MEMBER) is policy
    await Erasure(database, time).forget_member(MEMBER)
    members.evict(MEMBER)
    assert await members.spoilers(MEMBER) is None
