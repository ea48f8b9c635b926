"""A channel in which games are played, as it is stored, and a state that is slow."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from bot.state.database import Database, Row, Statement
from bot.state.game import Ending, Game, Setup
from bot.state.game_answers import GameAnswers
from bot.state.games import Games
from bot.state.periods import Period
from bot.state.postgresql.engine import PostgresEngine
from bot.state.questions import Questions, StoredQuestion, Worth
from bot.state.scores import Scores
from bot.state.sqlite.engine import SqliteEngine
from bot.state.sqlite.statement_queue import StatementQueue

CHANNEL, GUILD, STARTER = 5, 77, 1
SETUP = Setup(rounds=3, seconds=20)
_SQLITE_COLUMNS = """
SELECT part.name, field.name, field.type
FROM sqlite_schema AS part JOIN pragma_table_info(part.name) AS field WHERE part.type = 'table'
"""
_POSTGRESQL_COLUMNS = """
SELECT table_name, column_name, data_type
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
ORDER BY table_name, ordinal_position
"""


async def scans(database: Database, sql: str, /, *values: object, **named: object) -> list[str]:
    """List what a statement would read from its first row to its last, by SQLite's plan."""
    plan = await database.read(f"EXPLAIN QUERY PLAN {sql}", *values, **named)
    return [step["detail"] for step in plan if step["detail"].startswith("SCAN")]


def hops(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note the statements that run together on the connections of a database, hop by hop."""
    noted: list[list[str]] = []
    engine = database._engine
    if isinstance(engine, PostgresEngine):
        return _trips(engine, monkeypatch)
    assert isinstance(engine, SqliteEngine)
    run = StatementQueue._outcomes

    async def run_noted(queue: StatementQueue, batch: Any) -> Any:
        if queue in (engine._writer, engine._reader):
            noted.append([statement.sql for statement in batch])
        return await run(queue, batch)

    monkeypatch.setattr(StatementQueue, "_outcomes", run_noted)
    return noted


def _trips(engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note the statements that share a connection of the pool, each time that one is taken."""
    noted: list[list[str]] = []
    run = engine.write

    async def run_noted(*statements: Statement) -> Any:
        noted.append([statement.sql for statement in statements])
        return await run(*statements)

    monkeypatch.setattr(engine, "write", run_noted)
    return noted


async def columns(database: Database) -> dict[str, dict[str, str]]:
    """Give the columns of each table, by table, and what can be put into them."""
    is_sqlite = isinstance(database._engine, SqliteEngine)
    rows = await database.read(_SQLITE_COLUMNS if is_sqlite else _POSTGRESQL_COLUMNS)
    tables = dict[str, dict[str, str]]()
    for table, column, kind in rows:
        tables.setdefault(table, {})[column] = kind.lower()
    return tables


class SlowReads(Database):
    """A state that tells what was there when it was asked, but only when it may."""

    def __init__(self, database: Database) -> None:
        vars(self).update(vars(database))
        self.has_read = asyncio.Event()
        self.may_tell = asyncio.Event()

    async def read(self, sql: str, /, *values: object, **named: object) -> Sequence[Row]:
        rows = await super().read(sql, *values, **named)
        self.has_read.set()
        await self.may_tell.wait()
        return rows


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Stage:
    """A game in a channel; choice 1 is right and brings 100 points."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.clock = Clock()
        self.games = Games(database, self.clock)
        self.answers = GameAnswers(database)
        self.questions = Questions(database, self.clock)
        self.scores = Scores(database, self.clock)

    async def question(self, statement: str) -> int:
        question = StoredQuestion(
            "{}", 4, 1, "boat", "curated", statement, statement, Worth(100, 10, 50)
        )
        return await self.questions.add(CHANNEL, question)

    async def many_questions(self, count: int) -> None:
        """Ask so many more in the channel."""
        await self._database.write(
            "WITH RECURSIVE number(n) AS ("
            " VALUES (1) UNION ALL SELECT n + 1 FROM number WHERE n < ?"
            ")"
            " INSERT INTO question (channel_id, asked_at, document, choice_count, right_choice,"
            " slug, kind, item, statement, worth, step, max_bonus)"
            " SELECT ?, 0, '{}', 4, 1, 'boat', 'curated', '', '', 0, 0, 0 FROM number",
            count,
            CHANNEL,
        )

    async def start(self, statement: str = "fact:1") -> Game:
        question_id = await self.question(statement)
        game_id = await self.games.start(CHANNEL, GUILD, STARTER, "boat", SETUP, question_id)
        assert game_id is not None
        return await self.now(game_id)

    async def now(self, game_id: int) -> Game:
        game = await self.games.find(game_id)
        assert game is not None
        return game

    async def answer(self, game: Game, user_id: int, choice: int) -> tuple[int, int] | None:
        points = 100 if choice == game.right_choice else 0
        return await self.answers.put(game, user_id, choice, points, 1.0)

    async def over(self, game: Game) -> None:
        assert await self.games.end(game, Ending.STOPPED)
        await self.games.finish(game.id)

    async def board(self) -> list[tuple[int, int]]:
        top = await self.scores.top(GUILD, Period.WEEK, 10)
        return [(score.user_id, score.points) for score in top]
