"""Trivia questions as they were shown, and the answers to them."""

from dataclasses import dataclass
from time import time

from bot.state.database import Database


@dataclass(frozen=True, slots=True)
class Tally:
    answered: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """The answer that stands for a member: the first one, whatever was pressed later."""

    choice: int
    is_right: bool
    shown: str


class Questions:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, channel_id: int, shown: str, right_choice: int) -> int:
        """Store a question as it is about to be shown; its number goes into the buttons."""
        rows = await self._database.write(
            "INSERT INTO question (channel_id, shown, right_choice, asked_at) VALUES (?, ?, ?, ?)"
            " RETURNING id",
            channel_id,
            shown,
            right_choice,
            int(time()),
        )
        return rows[0][0]

    async def answer(self, question_id: int, user_id: int, choice: int) -> Given | None:
        """Record a member's choice, unless there is one already; None if there is no question."""
        rows = await self._database.write(
            "INSERT INTO answer (question_id, user_id, choice, is_right, answered_at)"
            " SELECT id, ?, ?, right_choice = ?, ? FROM question WHERE id = ?"
            " ON CONFLICT DO UPDATE SET choice = choice"
            " RETURNING choice, is_right, (SELECT shown FROM question WHERE id = question_id)",
            user_id,
            choice,
            choice,
            int(time()),
            question_id,
        )
        return Given(rows[0][0], bool(rows[0][1]), rows[0][2]) if rows else None

    async def shown(self, question_id: int) -> str | None:
        """Find a question as it was shown."""
        rows = await self._database.read("SELECT shown FROM question WHERE id = ?", question_id)
        return rows[0][0] if rows else None

    async def tally(self, question_id: int) -> Tally:
        rows = await self._database.read(
            "SELECT answered_count, right_count FROM question WHERE id = ?", question_id
        )
        return Tally(*rows[0]) if rows else Tally()
