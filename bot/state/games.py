"""Games as they stand: every move is one statement, and nothing is kept but here."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from time import time
from typing import Any, Final, NamedTuple

from bot.state.database import Database
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
    """A game; times are in unix seconds, `due_at` ends the phase that it is in."""

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
    shown: str
    right_choice: int
    choice_count: int
    worth: int


class GameAnswer(NamedTuple):
    """A member's answer in a round; `seconds` since it was asked."""

    round: int
    user_id: int
    choice: int
    is_right: bool
    points: int
    seconds: float


HURRIED: Final = -1
"""The time at which a phase ends that somebody has ended."""
_COLUMNS: Final = (
    "game.id, game.channel_id, guild_id, starter_id, game.slug, setup, phase, round, question_id,"
    " message_id, game.asked_at, due_at, idle_rounds, ending, shown, right_choice, choice_count,"
    " worth"
)
_FROM: Final = "FROM game JOIN question ON question.id = game.question_id"


class Games:
    def __init__(self, database: Database, clock: Callable[[], float] = time) -> None:
        self._database = database
        self.clock = clock

    async def start(
        self, channel_id: int, guild_id: int, starter_id: int, slug: str, setup: Setup, asked: int
    ) -> int | None:
        """Start a game with its first question; None where one is played in the channel."""
        rows = await self._database.write(
            "INSERT INTO game"
            " (channel_id, guild_id, starter_id, slug, setup, phase, round, question_id)"
            " VALUES (?, ?, ?, ?, ?, 'asking', 1, ?)"
            " ON CONFLICT (channel_id) WHERE phase IN ('asking', 'reading') DO NOTHING"
            " RETURNING id",
            channel_id,
            guild_id,
            starter_id,
            slug,
            json.dumps(asdict(setup)),
            asked,
        )
        return rows[0][0] if rows else None

    async def find(self, game_id: int) -> Game | None:
        sql = f"SELECT {_COLUMNS} {_FROM} WHERE game.id = ?"
        rows = await self._database.read(sql, game_id)
        return _game(rows[0]) if rows else None

    async def is_played(self, channel_id: int) -> bool:
        """Say whether a game is under way in a channel."""
        rows = await self._database.read(
            "SELECT 1 FROM game WHERE channel_id = ? AND phase IN ('asking', 'reading')",
            channel_id,
        )
        return bool(rows)

    async def under_way(self) -> list[tuple[int, int]]:
        """List the games that are not over, each with its server."""
        rows = await self._database.read("SELECT id, guild_id FROM game WHERE phase <> 'done'")
        return [(game_id, guild_id) for game_id, guild_id in rows]

    async def posted(self, game: Game, message_id: int, due_at: float) -> None:
        """Note the message of a round, whose time begins with it, unless it was ended already.

        After a crash members may see and press what was posted before this was noted.
        """
        await self._database.write(
            "UPDATE game SET message_id = ?, asked_at = ?, due_at = iif(due_at = ?, due_at, ?)"
            " WHERE id = ? AND round = ? AND message_id IS NULL",
            message_id,
            self.clock(),
            HURRIED,
            due_at,
            game.id,
            game.round,
        )

    async def answer(
        self, game: Game, user_id: int, choice: int, points: int, seconds: float
    ) -> tuple[int, int] | None:
        """Record a choice while its round is open; gives it and how often it was changed.

        One change is allowed: None where the round is over or the answer stands already.
        """
        rows = await self._database.write(
            "INSERT INTO game_answer (game_id, round, user_id, choice, is_right, points, seconds)"
            " SELECT id, round, ?, ?, ?, ?, ? FROM game"
            " WHERE id = ? AND round = ? AND phase = 'asking'"
            " ON CONFLICT DO UPDATE SET choice = excluded.choice, is_right = excluded.is_right,"
            " points = excluded.points, seconds = excluded.seconds, changes = changes + 1"
            " WHERE changes = 0 AND choice <> excluded.choice RETURNING choice, changes",
            user_id,
            choice,
            choice == game.right_choice,
            points,
            seconds,
            game.id,
            game.round,
        )
        return (rows[0][0], rows[0][1]) if rows else None

    async def choice(self, game: Game, user_id: int) -> int | None:
        """Give what a member has chosen in the round."""
        rows = await self._database.read(
            "SELECT choice FROM game_answer WHERE game_id = ? AND round = ? AND user_id = ?",
            game.id,
            game.round,
            user_id,
        )
        return rows[0][0] if rows else None

    async def count(self, game: Game) -> int:
        """Count who has answered in the round."""
        rows = await self._database.read(
            "SELECT count(*) FROM game_answer WHERE game_id = ? AND round = ?", game.id, game.round
        )
        return rows[0][0]

    async def all_have_answered(self, game: Game) -> bool:
        """Say whether all who answered the round before have answered this one."""
        rows = await self._database.read(
            "SELECT count(*), count(this.user_id) FROM game_answer AS before"
            " LEFT JOIN game_answer AS this ON this.game_id = before.game_id"
            "  AND this.round = before.round + 1 AND this.user_id = before.user_id"
            " WHERE before.game_id = ? AND before.round = ?",
            game.id,
            game.round - 1,
        )
        before, now = rows[0]
        return before > 0 and now == before

    async def hurry(self, game: Game) -> bool:
        """End the phase that a game was seen in at once; False where it has ended already."""
        return await self._move(game, f"due_at = {HURRIED}")

    async def reveal(self, game: Game, due_at: float) -> bool:
        """Close a round; its answers count from here on."""
        return await self._move(
            game,
            "phase = 'reading', due_at = ?, idle_rounds = iif("
            " EXISTS (SELECT 1 FROM game_answer WHERE game_id = id AND round = game.round), 0,"
            " idle_rounds + 1)",
            due_at,
        )

    async def ask(self, game: Game, question_id: int) -> bool:
        """Go on to the next round."""
        return await self._move(
            game,
            "phase = 'asking', round = round + 1, question_id = ?, message_id = NULL, due_at = 0",
            question_id,
        )

    async def end(self, game: Game, ending: Ending) -> bool:
        """Go on to the board; False where the game has gone on since it was seen."""
        return await self._move(game, "phase = 'board', ending = ?", ending.value)

    async def finish(self, game: Game) -> None:
        """Add up what a game brought; nothing follows."""
        now = self.clock()
        await self._database.write(
            "UPDATE game SET phase = 'done', due_at = ?, week = ?, month = ? WHERE id = ?",
            now,
            Period.WEEK.key(now),
            Period.MONTH.key(now),
            game.id,
        )

    async def forget_old(self, days: int = 30) -> int:
        """Delete games that have been over for so long; gives how many."""
        rows = await self._database.write(
            "DELETE FROM game WHERE phase = 'done' AND due_at < ? RETURNING id",
            self.clock() - days * 86_400,
        )
        return len(rows)

    async def answers(self, game: Game) -> list[GameAnswer]:
        """List all answers of a game, by round and then by time."""
        rows = await self._database.read(
            "SELECT round, user_id, choice, is_right, points, seconds FROM game_answer"
            " WHERE game_id = ? ORDER BY round, seconds, user_id",
            game.id,
        )
        return [
            GameAnswer(number, user_id, choice, bool(is_right), points, seconds)
            for number, user_id, choice, is_right, points, seconds in rows
        ]

    async def shown_in(self, game: Game) -> Mapping[int, str]:
        """Give the questions of a game as they were shown, by round."""
        rows = await self._database.read(
            "SELECT round, shown FROM game_round JOIN question ON question.id = question_id"
            " WHERE game_id = ? ORDER BY round",
            game.id,
        )
        return {row["round"]: row["shown"] for row in rows}

    async def statements(self, game: Game) -> Sequence[str]:
        """List what was stated in a game, so that nothing is asked twice."""
        rows = await self._database.read(
            "SELECT statement FROM game_round WHERE game_id = ?", game.id
        )
        return [statement for (statement,) in rows]

    async def _move(self, game: Game, change: str, *parameters: object) -> bool:
        """Change a game that is still as it was seen; the first of two who try wins."""
        rows = await self._database.write(
            f"UPDATE game SET {change} WHERE id = ? AND round = ? AND phase = ?"  # noqa: S608
            " RETURNING id",
            *parameters,
            game.id,
            game.round,
            game.phase.value,
        )
        return bool(rows)


def counts(answers: Sequence[GameAnswer], number: int) -> Counter[int]:
    """Count the choices of a round."""
    return Counter(answer.choice for answer in answers if answer.round == number)


def _game(row: Sequence[Any]) -> Game:
    fields: dict[str, Any] = dict(zip(Game.__slots__, row, strict=True))
    fields["setup"] = Setup(**json.loads(fields["setup"]))
    fields["phase"], fields["ending"] = Phase(fields["phase"]), Ending(fields["ending"])
    return Game(**fields)
