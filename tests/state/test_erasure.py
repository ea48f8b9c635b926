"""Who is forgotten is nowhere in the file, and who is exported is told all of it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from time import time

import pytest

from bot.errors import StateUnavailableError
from bot.interview.audience import SpoilerPolicy
from bot.state.bag import Bag
from bot.state.bags import BagKey, Bags
from bot.state.database import Database
from bot.state.erasure import (
    GUILD_TABLES,
    LEFT_GUILD_DAYS,
    MEMBER_COLUMNS,
    ROWS_OF_MEMBER,
    Erasure,
)
from bot.state.game import Setup
from bot.state.games import Games
from bot.state.guild_settings import GuildSettings, GuildSettingsStore
from bot.state.members import Members
from bot.state.questions import Questions, StoredQuestion
from bot.state.sqlite.engine import open_database
from tests.state.stage import columns, scans

MEMBER, OTHER, GUILD, CHANNEL = 0x0123456789ABCDEF, 0x0123456789ABCDEE, 77 << 22, 78 << 22
DM, OTHER_DM = 79 << 22, 80 << 22
IDS = ("user_id", "starter_id")
MARKS = {"forgotten_mark", "off_board_mark"}


async def _fill(database: Database, user_id: int, guild_id: int = GUILD) -> None:
    """Put a row that names a member into every table that can."""
    await database.write(
        "INSERT INTO duel (id, channel_id, guild_id, slug, asked_at, due_at)"
        " VALUES (?, ?, ?, '', 0, 0) ON CONFLICT DO NOTHING",
        user_id % 1000,
        CHANNEL,
        guild_id,
    )
    tables = await columns(database)
    for table in MEMBER_COLUMNS:
        values = {
            name: _value(name, kind, user_id, guild_id) for name, kind in tables[table].items()
        }
        marks = ", ".join("?" * len(values))
        await database.write(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks}) ON CONFLICT DO NOTHING",
            *values.values(),
        )
    await _use_dm(database, user_id)


async def _use_dm(database: Database, user_id: int) -> None:
    """Draw a quote and a question where nobody else reads them."""
    channel_id = DM if user_id == MEMBER else OTHER_DM
    await Erasure(database, time, Bags(database)).note_dm(channel_id, user_id)
    bags = Bags(database)
    await bags.draw(BagKey(channel_id, "boat", "quote"), _remember)
    await bags.close()
    await Questions(database, time).add(channel_id, StoredQuestion("text", 4, 1, "text"))


async def _remember(bag: Bag) -> tuple[Bag, tuple[str, ...]]:
    return Bag({}, (*bag.recent, "quote:1")), bag.recent


def _value(name: str, kind: str, user_id: int, guild_id: int) -> object:
    values = {
        "user_id": user_id,
        "starter_id": user_id,
        "guild_id": guild_id,
        "channel_id": DM if user_id == MEMBER else OTHER_DM,
        "question_id": 1,
        "game_id": user_id % 1000,
        "duel_id": user_id % 1000,
        "id": user_id % 1000,
        "phase": "asking",
        "spoilers": "hide",
        "month": "month",
    }
    if name in values or kind == "text":
        return values.get(name, "text")
    return kind == "boolean" or 1


async def _prepare(database: Database) -> None:
    await Questions(database, time).add(CHANNEL, StoredQuestion("text", 4, 1, "text"))
    for user_id in (MEMBER, OTHER):
        await _fill(database, user_id)


async def _rows(database: Database, user_id: int) -> dict[str, int]:
    """Count what is exported of a member, by table."""
    entries = await Erasure(database, time, Bags(database)).export(user_id)
    return {table: len(rows) for table, rows in entries.items() if rows}


async def test_every_column_that_names_a_member_is_known(database: Database) -> None:
    naming = {
        table: column
        for table, names in (await columns(database)).items()
        for column in names
        if column in IDS or ("user" in column or "member" in column)
    }
    assert naming == MEMBER_COLUMNS


async def test_a_member_who_is_forgotten_is_nowhere_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    async with open_database(path) as database:
        await _prepare(database)
        assert set(await _rows(database, MEMBER)) == set(ROWS_OF_MEMBER) - MARKS
        before = await _rows(database, OTHER)
        erasure = Erasure(database, time, Bags(database))
        await erasure.forget_member(MEMBER)
        assert set(await _rows(database, MEMBER)) == MARKS
        assert await _rows(database, OTHER) == before
        _check_is_nowhere(tmp_path)


def _check_is_nowhere(folder: Path) -> None:
    """Look for a member in every byte of a folder, as SQLite writes ids and as JSON does."""
    files = b"".join(file.read_bytes() for file in folder.iterdir())
    assert OTHER.to_bytes(8) in files, "this is how an id is written"
    for snowflake in (MEMBER, DM):
        assert snowflake.to_bytes(8) not in files
        assert str(snowflake).encode() not in files


async def test_who_reads_meanwhile_delays_only_the_last_traces(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    async with open_database(path) as database:
        await database.write("PRAGMA busy_timeout = 0")
        await _prepare(database)
        erasure = Erasure(database, time, Bags(database))
        erasure.has_traces.clear()
        with closing(sqlite3.connect(path, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM answer").fetchone()
            await erasure.forget_member(MEMBER)
            assert erasure.has_traces.is_set(), "somebody has to try again"
            with pytest.raises(StateUnavailableError):
                await erasure.forget_traces()
        await erasure.forget_traces()
        _check_is_nowhere(tmp_path)


async def test_what_direct_messages_have_seen_is_forgotten_also_in_memory(
    database: Database,
) -> None:
    bags, key = Bags(database), BagKey(DM, "boat", "quote")
    for _n in range(2):
        await bags.draw(key, _remember, MEMBER)
    await Erasure(database, time, bags).forget_member(MEMBER)
    await bags.close()
    assert await database.read("SELECT 1 FROM bag") == []
    assert await bags.draw(key, _remember, MEMBER) == ()


async def test_what_a_server_has_seen_is_forgotten_with_it_also_in_memory(
    database: Database,
) -> None:
    bags, key, now = Bags(database), BagKey(CHANNEL, "boat", "quote"), 0.0
    erasure = Erasure(database, lambda: now, bags)
    await erasure.guild_left(GUILD, [CHANNEL])
    await bags.draw(key, _remember)
    now = (LEFT_GUILD_DAYS + 1) * 86_400
    assert await erasure.forget_left_guilds() == 1
    await bags.close()
    assert await database.read("SELECT 1 FROM bag") == []
    assert await bags.draw(key, _remember) == ()


async def test_a_game_in_direct_messages_goes_and_one_in_a_server_loses_its_starter(
    database: Database,
) -> None:
    question_id = await Questions(database, time).add(DM, StoredQuestion("text", 4, 1, "text"))
    games, setup = Games(database, time), Setup(3, 20)
    own = await games.start(DM, 0, MEMBER, "boat", setup, question_id)
    shared = await games.start(CHANNEL, GUILD, MEMBER, "boat", setup, question_id)
    await Erasure(database, time, Bags(database)).forget_member(MEMBER)
    assert await database.read("SELECT 1 FROM game WHERE id = ?", own) == []
    ((starter_id,),) = await database.read("SELECT starter_id FROM game WHERE id = ?", shared)
    assert starter_id == 0


async def test_the_mark_of_who_was_forgotten_goes_with_the_copies(database: Database) -> None:
    erasure = Erasure(database, lambda: 1000.0, Bags(database))
    await erasure.forget_member(MEMBER)
    await erasure.forget_marks(before=1000)
    assert await _rows(database, MEMBER) == {"forgotten_mark": 1}
    await erasure.forget_marks(before=1001)
    assert await _rows(database, MEMBER) == {}


async def test_an_export_reads_alike_on_each_engine(database: Database) -> None:
    await _prepare(database)
    entries = await Erasure(database, time, Bags(database)).export(MEMBER)
    values = [value for rows in entries.values() for row in rows for value in row.values()]
    assert {type(value) for value in values} <= {int, float, str, type(None)}


async def test_an_export_has_every_row_and_is_json(database: Database) -> None:
    await _prepare(database)
    entries = await Erasure(database, time, Bags(database)).export(MEMBER)
    assert set(entries) == set(ROWS_OF_MEMBER)
    assert {table for table, rows in entries.items() if not rows} == MARKS
    counts = await Erasure(database, time, Bags(database)).counts(MEMBER)
    assert counts == {table: len(rows) for table, rows in entries.items()}
    assert json.loads(json.dumps(entries)) == entries
    assert str(OTHER) not in json.dumps(entries)


async def test_a_server_is_forgotten_a_month_after_it_was_left(database: Database) -> None:
    await _prepare(database)
    await _fill(database, MEMBER, GUILD + 1)
    await GuildSettingsStore(database).put(GUILD, GuildSettings())
    await database.write(
        "INSERT INTO bag (channel_id, slug, kind, state) VALUES (?, '', '', '')",
        CHANNEL,
    )
    now = 1_000_000.0
    erasure = Erasure(database, lambda: now, Bags(database))
    assert await erasure.guilds() == {GUILD, GUILD + 1}
    await erasure.guild_left(GUILD, [CHANNEL])
    now += LEFT_GUILD_DAYS * 86_400
    assert await erasure.forget_left_guilds() == 0
    now += 1
    assert await erasure.forget_left_guilds() == 1
    assert await erasure.guilds() == {GUILD + 1}
    assert await erasure.left_guilds() == set()
    assert await database.read("SELECT 1 FROM bag WHERE channel_id = ?", CHANNEL) == []
    assert await erasure.forget_left_guilds() == 0


async def test_a_server_that_is_back_in_time_loses_nothing(database: Database) -> None:
    await _prepare(database)
    now = 1_000_000.0
    erasure = Erasure(database, lambda: now, Bags(database))
    await erasure.guild_left(GUILD)
    await erasure.guild_is_back(GUILD)
    now += 99 * 86_400
    assert await erasure.forget_left_guilds() == 0
    assert await erasure.guilds() == {GUILD}


async def test_what_servers_came_and_went_meanwhile_is_noted_by_who_leads_them(
    database: Database,
) -> None:
    for guild_id in (GUILD, GUILD + 1, GUILD + 2):
        await GuildSettingsStore(database).put(guild_id, GuildSettings())
    erasure = Erasure(database, time, Bags(database))
    await erasure.note_guilds(set(), lambda guild_id: guild_id != GUILD + 2)
    assert await erasure.left_guilds() == {GUILD, GUILD + 1}
    await erasure.note_guilds({GUILD}, lambda guild_id: guild_id != GUILD + 2)
    assert await erasure.left_guilds() == {GUILD + 1}


@pytest.mark.parametrize("policy", [SpoilerPolicy.HIDE, SpoilerPolicy.OMIT])
async def test_what_was_remembered_of_a_member_is_forgotten_too(
    database: Database, policy: SpoilerPolicy
) -> None:
    members = Members(database)
    await members.put_spoilers(MEMBER, policy)
    assert await members.spoilers(MEMBER) is policy
    await Erasure(database, time, Bags(database)).forget_member(MEMBER)
    members.evict(MEMBER)
    assert await members.spoilers(MEMBER) is None


async def test_somebodys_rows_are_found_without_reading_everybodys(state_file: Database) -> None:
    # A rule's own plan SQLite does not tell.
    for table, condition in ROWS_OF_MEMBER.items():
        sql = f"DELETE FROM {table} WHERE {condition}"
        assert await scans(state_file, sql, user_id=MEMBER) == [], table
    for table in GUILD_TABLES:
        sql = f"DELETE FROM {table} WHERE guild_id = ?"
        assert await scans(state_file, sql, GUILD) == [], table
