"""Trivia questions as they were shown, and the answers to them."""

from collections.abc import Callable
from dataclasses import dataclass
from time import time
from typing import Final, NamedTuple

from bot.state.database import Database
from bot.state.periods import Period

_COLUMNS: Final = (
    "channel_id, asked_at, shown, choice_count, right_choice, slug, kind, item, statement, worth,"
    " step, max_bonus"
)
_MARKS: Final = ", ".join("?" * (_COLUMNS.count(",") + 1))

# One statement, so that a race of presses counts once and nothing is ever half recorded.
_ANSWER: Final = """
INSERT INTO answer (
    question_id, user_id, choice, guild_id, week, month, answered_at, is_right, counts, points,
    streak
)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, is_right, counts,
    iif(is_right AND counts, worth + min(step * streak, max_bonus), 0),
    iif(is_right, streak + 1, 0)
FROM (
    SELECT worth, step, max_bonus, right_choice = ?3 AS is_right,
        NOT EXISTS (
            SELECT 1 FROM counted WHERE counted.guild_id = ?4 AND counted.user_id = ?2
            AND counted.slug = question.slug AND counted.statement = question.statement
            AND counted.week = ?5
        ) AS counts,
        coalesce(
            (SELECT streak FROM player WHERE player.guild_id = ?4 AND player.user_id = ?2), 0
        ) AS streak
    FROM question WHERE id = ?1 AND choice_count > ?3
) WHERE true
ON CONFLICT DO UPDATE SET choice = choice
RETURNING choice, is_right, points, streak, counts,
    (SELECT shown FROM question WHERE id = question_id),
    (SELECT day FROM question WHERE id = question_id)
"""


@dataclass(frozen=True, slots=True)
class Tally:
    answered: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Streak:
    days: int = 0
    best: int = 0
    has_answered: bool = False


class Worth(NamedTuple):
    """The points of a right answer, and what each right one before it adds, up to a bonus."""

    points: int = 0
    step: int = 0
    max_bonus: int = 0


class StoredQuestion(NamedTuple):
    """A question as it is stored: as it was shown, how many choices it has and which is right.

    `item` is what a member can master, `statement` what several items may rest on.
    """

    shown: str
    choice_count: int
    right_choice: int
    slug: str = ""
    kind: str = ""
    item: str = ""
    statement: str = ""
    worth: Worth = Worth()


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """The answer that stands for a member: the first one, whatever was pressed later.

    `streak` are the right answers in a row that it ended or continued, `counts` tells whether it
    changed the board: a statement does once a week.
    """

    choice: int
    is_right: bool
    points: int
    streak: int
    counts: bool
    shown: str
    day: int | None = None
    """The UTC day, since 1970, whose question it was."""


class Questions:
    def __init__(self, database: Database, clock: Callable[[], float] = time) -> None:
        self._database = database
        self._clock = clock

    async def add(self, channel_id: int, asked: StoredQuestion) -> int:
        """Store a question as it is about to be shown; its number goes into the buttons."""
        rows = await self._database.write(
            f"INSERT INTO question ({_COLUMNS}) VALUES ({_MARKS}) RETURNING id",  # noqa: S608
            channel_id,
            int(self._clock()),
            *asked[:-1],
            *asked.worth,
        )
        return rows[0][0]

    async def of_the_day(self, day: int, asked: StoredQuestion) -> tuple[int, str]:
        """Store the question of a day, unless it is there; its number, and as it was first shown.

        A day is a UTC day, counted since 1970; each interview has a question of its own.
        """
        rows = await self._database.write(
            f"INSERT INTO question ({_COLUMNS}, day) VALUES ({_MARKS}, ?)"  # noqa: S608
            " ON CONFLICT (slug, day) WHERE day IS NOT NULL DO UPDATE SET slug = slug"
            " RETURNING id, shown",
            0,
            int(self._clock()),
            *asked[:-1],
            *asked.worth,
            day,
        )
        return rows[0][0], rows[0][1]

    async def answer(
        self, question_id: int, user_id: int, choice: int, guild_id: int = 0
    ) -> GivenAnswer | None:
        """Record a member's choice, unless there is one already.

        None where there is no such question, or it has no such choice. A server of 0 is none.
        """
        now = self._clock()
        rows = await self._database.write(
            _ANSWER,
            question_id,
            user_id,
            choice,
            guild_id,
            Period.WEEK.key(now),
            Period.MONTH.key(now),
            int(now),
        )
        if not rows:
            return None
        chosen, is_right, points, streak, counts, *question = rows[0]
        return GivenAnswer(chosen, bool(is_right), points, streak, bool(counts), *question)

    async def forget_old(self, days: int = 30) -> int:
        """Delete questions that nobody has answered for so long; gives how many."""
        rows = await self._database.write(
            "DELETE FROM question WHERE max(asked_at, answered_at) < ? RETURNING id",
            int(self._clock()) - days * 86_400,
        )
        return len(rows)

    async def streak(self, user_id: int, slug: str, day: int) -> Streak:
        """Count the days in a row on which a member answered, up to a day or the one before it."""
        rows = await self._database.read(
            "SELECT last_day, days, best FROM streak WHERE user_id = ? AND slug = ?", user_id, slug
        )
        if not rows:
            return Streak()
        last_day, days, best = rows[0]
        return Streak(days if last_day >= day - 1 else 0, best, has_answered=last_day == day)

    async def shown(self, question_id: int) -> str | None:
        """Find a question as it was shown."""
        rows = await self._database.read("SELECT shown FROM question WHERE id = ?", question_id)
        return rows[0][0] if rows else None

    async def tally(self, question_id: int) -> Tally:
        rows = await self._database.read(
            "SELECT answered_count, right_count FROM question WHERE id = ?", question_id
        )
        return Tally(*rows[0]) if rows else Tally()
