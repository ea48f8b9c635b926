"""What a week was like in a server, out of what is stored anyway."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.state.database import Database
from bot.state.off_board import is_off_board

_NAMED: Final = 10
# Fewer answers do not say that a question is hard, fewer right ones are no streak.
_LEAST_ANSWERS: Final = 3
_LEAST_STREAK: Final = 3
# Some may not be shown to everybody who reads the post.
_HARD: Final = 20

_LEADERS: Final = f"""
SELECT user_id, points FROM score
WHERE guild_id = :guild_id AND period = :week AND points > 0
AND NOT {is_off_board("score.guild_id", "score.user_id")}
ORDER BY points DESC, user_id LIMIT :most
"""  # noqa: S608 - our own words
# Of each game the places of those who may be named; then the game whose first two were closest.
_CLOSEST: Final = f"""
WITH sums AS (
    SELECT game_id, user_id, sum(points) AS points
    FROM game JOIN game_answer AS answer ON game_id = game.id
    WHERE game.guild_id = :guild_id AND week = :week AND phase = 'done'
    AND NOT {is_off_board("game.guild_id", "answer.user_id")}
    GROUP BY game_id, user_id
), places AS (
    SELECT game_id, user_id, points,
        row_number() OVER (PARTITION BY game_id ORDER BY points DESC, user_id) AS place
    FROM sums
), nearest AS (
    SELECT one.game_id FROM places AS one JOIN places AS other USING (game_id)
    WHERE one.place = 1 AND other.place = 2 AND other.points > 0
    ORDER BY one.points - other.points, one.points DESC, game_id LIMIT 1
)
SELECT user_id, points FROM places JOIN nearest USING (game_id)
ORDER BY place LIMIT :most
"""  # noqa: S608 - our own words
_HARDEST: Final = """
WITH given AS (
    SELECT question_id, is_right FROM answer WHERE guild_id = :guild_id AND week = :week
    UNION ALL
    SELECT game_round.question_id, is_right
    FROM game_answer JOIN game_round USING (game_id, round) JOIN game ON game.id = game_id
    WHERE guild_id = :guild_id AND week = :week AND phase = 'done'
), rated AS (
    SELECT max(question.id) AS id, count(*) AS answered,
        count(*) FILTER (WHERE is_right) AS right_count
    FROM given JOIN question ON question.id = question_id
    GROUP BY slug, item
)
SELECT document, answered, rated.right_count AS "right"
FROM rated JOIN question USING (id)
WHERE answered >= :least AND rated.right_count < answered
ORDER BY 1.0 * rated.right_count / answered, answered DESC, id LIMIT :most
"""
_STREAKS: Final = f"""
SELECT user_id, max(streak) AS length FROM answer
WHERE guild_id = :guild_id AND week = :week AND streak >= :least
AND NOT {is_off_board("answer.guild_id", "answer.user_id")}
GROUP BY user_id ORDER BY length DESC, user_id LIMIT :most
"""  # noqa: S608 - our own words


class Points(NamedTuple):
    user_id: int
    points: int


class HardQuestion(NamedTuple):
    """A question as it was shown, and how many were right about it."""

    document: str
    answered: int
    right: int


class LongStreak(NamedTuple):
    user_id: int
    length: int


@dataclass(frozen=True, slots=True)
class Season:
    """A server's week: only those are named who do not hide from boards, the best first.

    `race` are the players of the game whose first two were closest; it is empty where there was no
    such game. Of several in `hard` the first is the hardest.
    """

    leaders: Sequence[Points] = ()
    race: Sequence[Points] = ()
    streaks: Sequence[LongStreak] = ()
    hard: Sequence[HardQuestion] = ()


class Seasons:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, guild_id: int, week: str) -> Season:
        """Look back at a week, named as in 2026-W48."""
        read, where = self._database.read, {"guild_id": guild_id, "week": week}
        leaders = await read(_LEADERS, **where, most=_NAMED)
        race = await read(_CLOSEST, **where, most=_NAMED)
        streaks = await read(_STREAKS, **where, least=_LEAST_STREAK, most=_NAMED)
        hard = await read(_HARDEST, **where, least=_LEAST_ANSWERS, most=_HARD)
        return Season(
            [Points(**row) for row in leaders],
            [Points(**row) for row in race],
            [LongStreak(**row) for row in streaks],
            [HardQuestion(**row) for row in hard],
        )
