"""Trivia questions as they were shown, and the answers to them."""

from collections.abc import Callable
from dataclasses import dataclass
from time import time
from typing import NamedTuple

from bot.state.database import Database


@dataclass(frozen=True, slots=True)
class Tally:
    answered: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Streak:
    days: int = 0
    best: int = 0
    has_answered: bool = False


class Asked(NamedTuple):
    """A question as it is stored: as it was shown, how many choices it has and which is right."""

    shown: str
    choice_count: int
    right_choice: int


@dataclass(frozen=True, slots=True)
class Given:
    """The answer that stands for a member: the first one, whatever was pressed later."""

    choice: int
    is_right: bool
    shown: str
    day: int | None = None
    """The UTC day, since 1970, whose question it was."""


class Questions:
    def __init__(self, database: Database, clock: Callable[[], float] = time) -> None:
        self._database = database
        self._clock = clock

    async def add(self, channel_id: int, asked: Asked) -> int:
        """Store a question as it is about to be shown; its number goes into the buttons."""
        rows = await self._database.write(
            "INSERT INTO question (channel_id, shown, choice_count, right_choice, asked_at)"
            " VALUES (?, ?, ?, ?, ?) RETURNING id",
            channel_id,
            *asked,
            int(self._clock()),
        )
        return rows[0][0]

    async def of_the_day(self, slug: str, day: int, asked: Asked) -> tuple[int, str]:
        """Store the question of a day, unless it is there; its number, and as it was first shown.

        A day is a UTC day, counted since 1970.
        """
        rows = await self._database.write(
            "INSERT INTO question"
            " (channel_id, shown, choice_count, right_choice, asked_at, slug, day)"
            " VALUES (0, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (slug, day) WHERE day IS NOT NULL DO UPDATE SET slug = slug"
            " RETURNING id, shown",
            *asked,
            int(self._clock()),
            slug,
            day,
        )
        return rows[0][0], rows[0][1]

    async def answer(self, question_id: int, user_id: int, choice: int) -> Given | None:
        """Record a member's choice, unless there is one already.

        None where there is no such question, or it has no such choice.
        """
        rows = await self._database.write(
            "INSERT INTO answer (question_id, user_id, choice, is_right, answered_at)"
            " SELECT id, ?1, ?2, right_choice = ?2, ?3 FROM question"
            " WHERE id = ?4 AND choice_count > ?2"
            " ON CONFLICT DO UPDATE SET choice = choice"
            " RETURNING choice, is_right, (SELECT shown FROM question WHERE id = question_id),"
            " (SELECT day FROM question WHERE id = question_id)",
            user_id,
            choice,
            int(self._clock()),
            question_id,
        )
        return Given(rows[0][0], bool(rows[0][1]), *rows[0][2:]) if rows else None

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
