"""What members choose in the rounds of games."""

from typing import Any, Final

from bot.state.database import Database, Row
from bot.state.game import Game, GameAnswer

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


class GameAnswers:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(
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

    async def list_for(self, game: Game) -> list[GameAnswer]:
        """List all answers of a game, by round and then by time."""
        return [_game_answer(row) for row in await self._database.read(_ANSWERS, game.id)]


def _game_answer(row: Row) -> GameAnswer:
    fields: dict[str, Any] = dict(row)
    fields["is_right"], fields["is_hidden"] = bool(row["is_right"]), bool(row["is_hidden"])
    return GameAnswer(**fields)
