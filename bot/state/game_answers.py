"""What members choose in the rounds of games."""

from typing import Any, Final

from bot.state.database import Database, Row
from bot.state.game import Game, GameAnswer
from bot.state.off_board import is_off_board

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
_ANSWERS: Final = f"""
SELECT answer.round AS round, user_id, choice, is_right, points, seconds,
    {is_off_board("game.guild_id", "answer.user_id")} AS is_hidden
FROM game_answer AS answer JOIN game ON game.id = game_id
WHERE game_id = ? ORDER BY answer.round, seconds, user_id
"""  # noqa: S608 - our own words
# Of several rounds: who alone answered one could otherwise end each that follows at once.
_EXPECTED: Final = """
WITH expected AS (
    SELECT user_id FROM game_answer
    WHERE game_id = :game_id AND round >= :first AND round < :round
    UNION SELECT user_id FROM game_player WHERE game_id = :game_id AND :round = 1
)
SELECT count(expected.user_id), count(this.user_id)
FROM expected LEFT JOIN game_answer AS this
    ON this.game_id = :game_id AND this.round = :round AND this.user_id = expected.user_id
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
        """Say whether all who answered lately, or who joined the game, have answered this round.

        Who alone joined waits in the first round for others to come.
        """
        ((expected, now),) = await self._database.read(
            _EXPECTED, game_id=game.id, round=game.round, first=game.round - _LATELY
        )
        return expected > (game.round == 1) and now == expected

    async def list_for(self, game: Game) -> list[GameAnswer]:
        """List all answers of a game, by round and then by time."""
        return [_game_answer(row) for row in await self._database.read(_ANSWERS, game.id)]


def _game_answer(row: Row) -> GameAnswer:
    fields: dict[str, Any] = dict(row)
    fields["is_right"], fields["is_hidden"] = bool(row["is_right"]), bool(row["is_hidden"])
    return GameAnswer(**fields)
