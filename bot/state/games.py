"""Games as they stand: every move is one statement, and nothing is kept but here."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from bot.state.database import Database, Row
from bot.state.periods import Period


class Phase(StrEnum):
    """Where a game is: a round is open, its answer is read, the board is due, or it is over."""

    ASKING = "asking"
    READING = "reading"
    BOARD = "board"
    DONE = "done"


class Ending(StrEnum):
    """Why a game ended before its last round."""

    PLAYED = ""
    STOPPED = "stopped"
    IDLE = "idle"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a game was started with; `plain` and `allows_mature` say what may be asked in it."""

    rounds: int
    seconds: int
    is_calm: bool = False
    kind: str | None = None
    difficulty: str | None = None
    plain: int = 0
    allows_mature: bool = False


@dataclass(frozen=True, slots=True)
class Game:
    """A game; times are in unix seconds, `due_at` ends the phase that it is in.

    `document` is the question of the round, as it was shown.
    """

    id: int
    channel_id: int
    guild_id: int
    starter_id: int
    slug: str
    setup: Setup
    phase: Phase
    round: int
    question_id: int
    message_id: int | None
    asked_at: float
    due_at: float
    idle_rounds: int
    ending: Ending
    document: str
    right_choice: int
    choice_count: int
    worth: int


class GameAnswer(NamedTuple):
    """A member's answer in a round; `seconds` since it was asked.

    `is_hidden` is for who is on no board: they count, and are named nowhere.
    """

    round: int
    user_id: int
    choice: int
    is_right: bool
    points: int
    seconds: float
    is_hidden: bool = False


HURRIED: Final = -1
"""The time at which a phase ends that somebody has ended."""
_FIND: Final = """
SELECT game.id AS id, game.channel_id AS channel_id, guild_id, starter_id, game.slug AS slug, setup,
    phase, round, question_id, message_id, game.asked_at AS asked_at, due_at, idle_rounds, ending,
    document, right_choice, choice_count, worth
FROM game JOIN question ON question.id = game.question_id
WHERE game.id = ?
"""
_START: Final = """
INSERT INTO game (channel_id, guild_id, starter_id, slug, setup, phase, round, question_id)
VALUES (:channel_id, :guild_id, :starter_id, :slug, :setup, 'asking', 1, :question_id)
ON CONFLICT (channel_id) WHERE phase IN ('asking', 'reading') DO NOTHING
RETURNING id
"""
_ANSWER: Final = """
INSERT INTO game_answer (game_id, round, user_id, choice, is_right, points, seconds)
SELECT id, round, :user_id, :choice, :is_right, :points, :seconds
FROM game WHERE id = :game_id AND round = :round AND phase = 'asking'
ON CONFLICT (game_id, round, user_id) DO UPDATE SET
    choice = excluded.choice, is_right = excluded.is_right, points = excluded.points,
    seconds = excluded.seconds, changes = game_answer.changes + 1
WHERE game_answer.changes = 0 AND game_answer.choice <> excluded.choice
RETURNING choice, changes
"""
# In direct messages there is nobody from whom to hide.
_ANSWERS: Final = """
SELECT answer.round AS round, user_id, choice, is_right, points, seconds,
    guild_id <> 0 AND EXISTS (
        SELECT 1 FROM off_board AS off
        WHERE off.user_id = answer.user_id AND off.guild_id IN (0, game.guild_id)
        UNION ALL SELECT 1 FROM off_board_mark AS off
        WHERE off.guild_id = game.guild_id AND off.mark = mark_of(answer.user_id)
    ) AS is_hidden
FROM game_answer AS answer JOIN game ON game.id = game_id
WHERE game_id = ? ORDER BY answer.round, seconds, user_id
"""
# Of several rounds: who alone answered one could otherwise end each that follows at once.
_ANSWERED_AGAIN: Final = """
SELECT count(DISTINCT earlier.user_id), count(DISTINCT this.user_id)
FROM game_answer AS earlier LEFT JOIN game_answer AS this
    ON this.game_id = earlier.game_id AND this.round = :round AND this.user_id = earlier.user_id
WHERE earlier.game_id = :game_id AND earlier.round BETWEEN :round - :lately AND :round - 1
"""
_LATELY: Final = 3
"""Rounds for which a game waits for who has answered, and does no longer."""


class Games:
    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self.now = now

    async def start(
        self,
        channel_id: int,
        guild_id: int,
        starter_id: int,
        slug: str,
        setup: Setup,
        question_id: int,
    ) -> int | None:
        """Start a game with its first question; None where one is played in the channel."""
        rows = await self._database.write(
            _START,
            channel_id=channel_id,
            guild_id=guild_id,
            starter_id=starter_id,
            slug=slug,
            setup=json.dumps(asdict(setup)),
            question_id=question_id,
        )
        return rows[0]["id"] if rows else None

    async def find(self, game_id: int) -> Game | None:
        rows = await self._database.read(_FIND, game_id)
        return _game(rows[0]) if rows else None

    async def is_played(self, channel_id: int) -> bool:
        """Say whether a game is under way in a channel."""
        sql = "SELECT 1 FROM game WHERE channel_id = ? AND phase IN ('asking', 'reading')"
        return bool(await self._database.read(sql, channel_id))

    async def under_way(self) -> list[tuple[int, int]]:
        """List the games that are not over, each with its server."""
        rows = await self._database.read("SELECT id, guild_id FROM game WHERE phase <> 'done'")
        return [(row["id"], row["guild_id"]) for row in rows]

    async def posted(self, game: Game, message_id: int, due_at: float) -> None:
        """Note the message of a round, whose time begins with it, unless it was ended already.

        After a crash members may see and press what was posted before this was noted.
        """
        await self._database.write(
            "UPDATE game SET message_id = :message_id, asked_at = :now,"
            " due_at = CASE WHEN due_at = :hurried THEN due_at ELSE :due_at END"
            " WHERE id = :id AND round = :round AND message_id IS NULL",
            message_id=message_id,
            now=self.now(),
            hurried=HURRIED,
            due_at=due_at,
            id=game.id,
            round=game.round,
        )

    async def answer(
        self, game: Game, user_id: int, choice: int, points: int, seconds: float
    ) -> tuple[int, int] | None:
        """Record a choice while its round is open; gives it and how often it was changed.

        One change is allowed: None where the round is over or the answer stands already.
        """
        rows = await self._database.write(
            _ANSWER,
            user_id=user_id,
            choice=choice,
            is_right=choice == game.right_choice,
            points=points,
            seconds=seconds,
            game_id=game.id,
            round=game.round,
        )
        return (rows[0]["choice"], rows[0]["changes"]) if rows else None

    async def choice(self, game: Game, user_id: int) -> int | None:
        """Give what a member has chosen in the round."""
        sql = "SELECT choice FROM game_answer WHERE game_id = ? AND round = ? AND user_id = ?"
        rows = await self._database.read(sql, game.id, game.round, user_id)
        return rows[0][0] if rows else None

    async def count(self, game: Game) -> int:
        """Count who has answered in the round."""
        sql = "SELECT count(*) FROM game_answer WHERE game_id = ? AND round = ?"
        rows = await self._database.read(sql, game.id, game.round)
        return rows[0][0]

    async def all_have_answered(self, game: Game) -> bool:
        """Say whether all who answered lately have answered this round."""
        ((before, now),) = await self._database.read(
            _ANSWERED_AGAIN, game_id=game.id, round=game.round, lately=_LATELY
        )
        return before > 0 and now == before

    async def hurry(self, game: Game) -> bool:
        """End the phase that a game was seen in at once; False where it has ended already."""
        return await self._move(game, f"due_at = {HURRIED}")

    async def reveal(self, game: Game, due_at: float) -> bool:
        """Close a round; its answers count from here on."""
        return await self._move(
            game,
            "phase = 'reading', due_at = :due_at, idle_rounds = CASE WHEN EXISTS ("
            " SELECT 1 FROM game_answer AS answer"
            " WHERE answer.game_id = game.id AND answer.round = game.round"
            ") THEN 0 ELSE idle_rounds + 1 END",
            due_at=due_at,
        )

    async def ask(self, game: Game, question_id: int) -> bool:
        """Go on to the next round."""
        return await self._move(
            game,
            "phase = 'asking', round = round + 1, question_id = :question_id, message_id = NULL,"
            " due_at = 0",
            question_id=question_id,
        )

    async def end(self, game: Game, ending: Ending) -> bool:
        """Go on to the board; False where the game has gone on since it was seen."""
        return await self._move(game, "phase = 'board', ending = :ending", ending=ending.value)

    async def finish(self, game_id: int) -> None:
        """Add up what a game brought, unless that was done; nothing follows."""
        now = self.now()
        await self._database.write(
            "UPDATE game SET phase = 'done', due_at = ?, week = ?, month = ?"
            " WHERE id = ? AND phase <> 'done'",
            now,
            Period.WEEK.key(now),
            Period.MONTH.key(now),
            game_id,
        )

    async def forget_old(self, days: int = 30) -> int:
        """Delete games that have been over for so long; gives how many."""
        sql = "DELETE FROM game WHERE phase = 'done' AND due_at < ? RETURNING id"
        return len(await self._database.write(sql, self.now() - days * 86_400))

    async def answers(self, game: Game) -> list[GameAnswer]:
        """List all answers of a game, by round and then by time."""
        return [_game_answer(row) for row in await self._database.read(_ANSWERS, game.id)]

    async def documents(self, game: Game) -> Mapping[int, str]:
        """Give the questions of a game as they were shown, by round."""
        rows = await self._database.read(
            "SELECT round, document FROM game_round JOIN question ON question.id = question_id"
            " WHERE game_id = ? ORDER BY round",
            game.id,
        )
        return {row["round"]: row["document"] for row in rows}

    async def statements(self, game: Game) -> Sequence[str]:
        """List what was stated in a game, so that nothing is asked twice."""
        sql = "SELECT statement FROM game_round WHERE game_id = ?"
        return [statement for (statement,) in await self._database.read(sql, game.id)]

    async def _move(self, game: Game, change: str, **values: object) -> bool:
        """Change a game that is still as it was seen; the first of two who try wins."""
        rows = await self._database.write(
            f"UPDATE game SET {change}"  # noqa: S608 - our own words
            " WHERE id = :id AND round = :round AND phase = :phase RETURNING id",
            **values,
            id=game.id,
            round=game.round,
            phase=game.phase.value,
        )
        return bool(rows)


def counts(answers: Sequence[GameAnswer], number: int) -> Counter[int]:
    """Count the choices of a round."""
    return Counter(answer.choice for answer in answers if answer.round == number)


def _game_answer(row: Row) -> GameAnswer:
    fields: dict[str, Any] = dict(row)
    fields["is_right"], fields["is_hidden"] = bool(row["is_right"]), bool(row["is_hidden"])
    return GameAnswer(**fields)


def _game(row: Row) -> Game:
    fields: dict[str, Any] = dict(row)
    fields["setup"] = Setup(**json.loads(row["setup"]))
    fields["phase"], fields["ending"] = Phase(row["phase"]), Ending(row["ending"])
    return Game(**fields)
