"""A PostgreSQL that is away, refuses, or is somebody else's is told as what it is."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from errno import ECONNREFUSED
from time import monotonic

import asyncpg
import pytest

from bot.errors import OperatorError, StateUnavailableError, UnavailableError
from bot.process.outages import Part
from bot.state.database import Database, Statement
from bot.state.postgresql import engine, schema
from bot.state.postgresql.engine import _numbered, open_database, place_of
from tests.postgresql import Server, name_in
from tests.state.postgresql.relay import relayed

KEY = b"k" * 32
PATIENCE = 3.0
"""What a member waits for an answer, a sentence included."""


@asynccontextmanager
async def refused(url: str, words: str) -> AsyncIterator[OperatorError]:
    with pytest.raises(OperatorError, match=words) as caught:
        async with open_database(url, KEY):
            pass
    yield caught.value


async def beat(database: Database) -> None:
    await database.write(
        "INSERT INTO pulse (id, beats) VALUES (1, 1)"
        " ON CONFLICT (id) DO UPDATE SET beats = pulse.beats + 1"
    )


async def beats(database: Database) -> int:
    ((count,),) = await database.read("SELECT beats FROM pulse")
    return count


def test_a_parameter_has_one_number_however_often_it_is_named() -> None:
    sql = "SELECT instr(a, ':b') FROM c WHERE d = :d AND e IN (:e_id, :d)"
    numbered = "SELECT instr(a, ':b') FROM c WHERE d = $1 AND e IN ($2, $1)"
    assert _numbered(Statement(sql, {"e_id": 5, "d": 4})) == (numbered, [4, 5])


def test_parameters_without_names_have_the_numbers_of_their_order() -> None:
    assert _numbered(Statement("VALUES (?, '?', ?)", (7, 8))) == ("VALUES ($1, '?', $2)", (7, 8))


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql://me:secret@db.example/encore", "db.example/encore"),
        ("postgres://me:se%40cret@db.example:5432/encore", "db.example:5432/encore"),
        (
            "postgresql://me@/?host=db.example&port=5432&dbname=encore&password=secret",
            "db.example/encore",
        ),
    ],
)
def test_a_place_names_no_password(url: str, place: str) -> None:
    assert place_of(url) == place


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("postgresql://me:secret@one:5432,two:5433/encore", "one:5432,two:5433/encore"),
        ("postgresql://me:secret@[::1]:5432/encore", "[::1]:5432/encore"),
        ("postgresql://me@/encore?host=/run/postgresql", "/run/postgresql/encore"),
        ("postgresql://me@%2Frun%2Fpostgresql/encore", "/run/postgresql/encore"),
        ("postgresql:///encore", "localhost/encore"),
    ],
)
def test_a_place_is_where_the_driver_looks(url: str, place: str) -> None:
    assert place_of(url) == place


async def test_the_tables_are_made_once_however_many_start_at_once(database_url: str) -> None:
    async def start() -> int:
        async with open_database(database_url, KEY) as database:
            await beat(database)
            return await beats(database)

    assert max(await asyncio.gather(*(start() for _n in range(5)))) == 5
    async with open_database(database_url, b"another key") as database:
        assert await beats(database) == 5
        ((key,),) = await database.read("SELECT key FROM mark_key")
        assert key == KEY, "the first one's key stays"


async def test_a_migration_that_fails_leaves_nothing_behind(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = schema.migrations()
    monkeypatch.setattr(
        schema, "migrations", lambda: [*whole, "CREATE TABLE half (a INT); nonsense"]
    )
    async with refused(database_url, "can't be used: syntax error"):
        monkeypatch.undo()
    async with open_database(database_url, KEY) as database:
        assert not await database.read("SELECT 1 FROM pg_tables WHERE tablename = 'half'")


async def test_a_later_version_is_brought_up_to_from_this_one(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_database(database_url, KEY) as database:
        await beat(database)
    later = [*schema.migrations(), "CREATE TABLE later (a INT)"]
    monkeypatch.setattr(schema, "migrations", lambda: later)
    async with open_database(database_url, KEY) as database:
        assert await beats(database) == 1
        assert await database.read("SELECT * FROM later") == []
    monkeypatch.undo()
    async with refused(database_url, "written by a newer version of Encore") as error:
        assert error.exit_code == 78


async def test_another_programs_database_is_left_alone(server: Server, database_url: str) -> None:
    other = await asyncpg.connect(database_url)
    await other.execute("CREATE TABLE theirs (a INT)")
    async with refused(database_url, "another program's database") as error:
        assert error.exit_code == 78
    tables = await other.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert [table for (table,) in tables] == ["theirs"]
    await other.close()


async def test_tables_that_are_being_created_are_nobody_elses(database_url: str) -> None:
    async with AsyncExitStack() as stack:
        maker, *lookers = [await asyncpg.connect(database_url) for _n in range(5)]
        for connection in (maker, *lookers):
            stack.push_async_callback(connection.close)

        async def look(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
            while await schema.state_version(connection, "here") == 0:
                pass

        for _n in range(8):
            await maker.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            making = schema.bring_up_to_date(maker, "here", KEY)
            await asyncio.gather(making, *map(look, lookers))
            assert await schema.state_version(maker, "here") == len(schema.migrations())


async def test_a_missing_database_role_or_right_is_told(server: Server, database_url: str) -> None:
    async with refused(server.url("nothing"), "no such database: .*nothing") as error:
        assert error.exit_code == 78
    async with refused(server.url(name_in(database_url), "stranger"), "refuses the login") as error:
        assert error.exit_code == 78
    server.execute("CREATE ROLE guest LOGIN")
    async with refused(server.url(name_in(database_url), "guest"), "lacks a right") as error:
        assert error.exit_code == 78


async def test_an_unreachable_server_is_told_without_the_password() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{nobody.getsockname()[1]}/encore"
        url = f"postgresql://me:secret@{place}"
        async with refused(url, f"{place} can't be reached: {os.strerror(ECONNREFUSED)}.") as error:
            assert isinstance(error, UnavailableError)
            assert error.exit_code == 75
            assert "secret" not in str(error)


async def test_a_server_of_another_kind_than_was_asked_for_may_come_back(
    server: Server, database_url: str
) -> None:
    for kind in ("standby", "read-only"):
        url = f"{database_url}&target_session_attrs={kind}"
        async with refused(url, "can't be reached") as error:
            assert error.exit_code == 75


async def test_a_role_that_may_only_read_is_told_where_to_look(
    server: Server, database_url: str
) -> None:
    name = name_in(database_url)
    server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    async with refused(database_url, "takes no writes.* default_transaction_read_only") as error:
        assert error.exit_code == 75


async def test_only_the_first_line_of_what_a_server_says_is_told(
    server: Server, database_url: str
) -> None:
    name = name_in(database_url)
    server.execute(f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC")
    server.execute("CREATE ROLE outsider LOGIN")
    async with refused(server.url(name, "outsider"), "permission denied for database") as error:
        assert "DETAIL" not in str(error)
        assert "\n" not in str(error)
        assert ".." not in str(error)


async def test_a_server_that_is_too_old_is_told(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schema, "OLDEST", 99)
    async with refused(database_url, "Encore needs 99 or newer") as error:
        assert error.exit_code == 78


async def test_what_was_confirmed_is_there_after_ten_seconds_without_a_server(
    server: Server, database_url: str
) -> None:
    async with open_database(database_url, KEY) as database:
        await beat(database)
        await asyncio.to_thread(server.kill)
        try:
            over_at = monotonic() + 10
            while monotonic() < over_at:
                began = monotonic()
                with pytest.raises(StateUnavailableError):
                    await beat(database)
                assert monotonic() - began < PATIENCE
                assert Part.STATE in database.outages.reasons
                await asyncio.sleep(0.2)
        finally:
            await asyncio.to_thread(server.start)
        await comes_back(database)
        assert await beats(database) >= 2
        assert Part.STATE not in database.outages.reasons


async def comes_back(database: Database) -> None:
    """Wait until something can be written again."""
    async with asyncio.timeout(30):
        while True:
            try:
                await beat(database)
            except StateUnavailableError:
                await asyncio.sleep(0.1)
            else:
                return


async def test_a_server_that_is_started_anew_disturbs_no_reading(
    server: Server, database_url: str
) -> None:
    async with open_database(database_url, KEY) as database:
        await beat(database)
        await asyncio.gather(*(beats(database) for _n in range(20)))
        await asyncio.to_thread(server.restart)
        assert await asyncio.gather(*(beats(database) for _n in range(20))) == [1] * 20


async def test_a_server_that_has_not_hung_up_yet_disturbs_no_reading(
    server: Server, database_url: str
) -> None:
    async with relayed(server, database_url) as relay, open_database(relay.url, KEY) as database:
        await beat(database)
        relay.say_last_words()
        # The words have to arrive.
        await asyncio.sleep(0.1)
        assert await beats(database) == 1


def test_what_is_waited_for_is_less_than_a_member_waits() -> None:
    assert engine._PATIENCE_SECONDS + engine._RELEASE_SECONDS < PATIENCE
    assert engine._STATEMENT_MS / 1000 < engine._PATIENCE_SECONDS


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave a slow machine more time for all that is not waited for."""
    monkeypatch.setattr(engine, "_PATIENCE_SECONDS", 1.0)


@pytest.mark.usefixtures("impatient")
async def test_a_server_that_hangs_keeps_nobody_longer_than_a_member_waits(
    server: Server, database_url: str
) -> None:
    async with open_database(database_url, KEY) as database:
        await asyncio.gather(*(beat(database) for _n in range(3)))
        with server.frozen():
            began = monotonic()
            outcomes = await asyncio.gather(
                *(beat(database) for _n in range(20)), return_exceptions=True
            )
            assert monotonic() - began < PATIENCE
            assert all(isinstance(outcome, StateUnavailableError) for outcome in outcomes)
            began = monotonic()
            with pytest.raises(StateUnavailableError):
                await database.write_all(*[Statement("SELECT 1", ())] * 1000)
            assert monotonic() - began < PATIENCE
            assert database.outages.reasons[Part.STATE] == "the server doesn't answer"
        await comes_back(database)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("is_long", [False, True])
async def test_a_server_that_falls_silent_in_a_transaction_is_not_waited_for(
    server: Server, database_url: str, is_long: bool
) -> None:
    async with open_database(database_url, KEY) as database:
        await beat(database)
        other = await asyncpg.connect(database_url)
        async with other.transaction():
            await other.execute("LOCK TABLE pulse")
            sql = "UPDATE pulse SET beats = beats + 1"
            write = database.write_long(sql) if is_long else database.write_in_turn(5, sql)
            began = monotonic()
            writing = asyncio.create_task(write)
            await asyncio.sleep(0.5)
            with server.frozen():
                if is_long:
                    writing.cancel()
                (outcome,) = await asyncio.gather(writing, return_exceptions=True)
                assert monotonic() - began < PATIENCE
            kind = asyncio.CancelledError if is_long else StateUnavailableError
            assert isinstance(outcome, kind)
        await other.close()
        await comes_back(database)
        assert await beats(database) == 2


@pytest.mark.usefixtures("impatient")
async def test_who_is_told_to_stop_does_so_whatever_a_server_that_hangs_has_begun(
    server: Server, database_url: str
) -> None:
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(database_url, KEY))
        await beat(database)
        with server.frozen():
            beating = asyncio.create_task(beat(database))
            await asyncio.sleep(0.2)
            beating.cancel()
            with pytest.raises(asyncio.CancelledError):
                await beating
            began = monotonic()
            await stack.aclose()
            assert monotonic() - began < PATIENCE


async def test_a_server_that_goes_while_a_database_is_opened_is_told(
    server: Server, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def go(*_arguments: object) -> None:
        await asyncio.to_thread(server.stop)

    monkeypatch.setattr(engine, "bring_up_to_date", go)
    try:
        async with refused(database_url, "can't be reached") as error:
            assert isinstance(error, UnavailableError)
    finally:
        await asyncio.to_thread(server.start)


async def test_who_waits_for_somebody_elses_lock_is_told_in_time(database_url: str) -> None:
    async with open_database(database_url, KEY) as database:
        await beat(database)
        other = await asyncpg.connect(database_url)
        async with other.transaction():
            await other.execute("LOCK TABLE pulse")
            began = monotonic()
            with pytest.raises(StateUnavailableError):
                await beat(database)
            assert monotonic() - began < PATIENCE
        await beat(database)
        await other.close()


async def test_what_may_take_its_time_does(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.postgresql.engine._STATEMENT_MS", 500)
    async with open_database(database_url, KEY) as database:
        with pytest.raises(StateUnavailableError):
            await database.write("SELECT pg_sleep(1)")
        assert await database.write_long("SELECT pg_sleep(1)")
        assert await database.read_long("SELECT pg_sleep(1)")
        with pytest.raises(StateUnavailableError):
            await database.write("SELECT pg_sleep(1)")


async def test_a_wrong_statement_is_no_outage(database_url: str) -> None:
    async with open_database(database_url, KEY) as database:
        with pytest.raises(asyncpg.PostgresError):
            await database.write("SELECT nonsense")
        assert not database.outages.reasons


async def test_who_has_lost_a_race_is_run_again(database_url: str) -> None:
    async with open_database(database_url, KEY) as database:
        await database.write("CREATE SEQUENCE tries")
        await database.write(_LOSE_TWICE)
        assert [tuple(row) for row in await database.write("SELECT lose_twice()")] == [(3,)]


async def test_statements_that_are_given_together_are_run_in_their_order(
    database_url: str,
) -> None:
    async with open_database(database_url, KEY) as database:
        put = "INSERT INTO celebrated (user_id, slug) VALUES (?, 'boat') RETURNING user_id"
        count = Statement("SELECT count(*) FROM celebrated", ())
        first, second = (Statement(put, (n,)) for n in (1, 2))
        outcomes = await database.write_all(first, count, second, count)
        assert [rows[0][0] for rows in outcomes] == [1, 1, 2, 2]


_LOSE_TWICE = """
CREATE FUNCTION lose_twice() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE try bigint := nextval('tries');
BEGIN
    IF try < 3 THEN
        RAISE 'too late' USING ERRCODE = '40001';
    END IF;
    RETURN try;
END $$
"""
