"""Games as they stand: every move is one statement, and nothing is kept but here."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from bot.process.utc_days import SECONDS_A_DAY
from bot.state.database import Database, Row
from bot.state.game import Ending, Game, Phase, Setup
from bot.state.off_board import is_off_board
from bot.state.periods import Period

_FIND: Final = f"""
SELECT game.id AS id, game.channel_id AS channel_id, guild_id, starter_id, game.slug AS slug, setup,
    phase, round, question_id, message_id, game.asked_at AS asked_at, due_at, is_hurried,
    answer_shown_in, idle_rounds, ending, document, right_choice, choice_count, worth, thread_id,
    {is_off_board("game.guild_id", "game.starter_id")} AS is_starter_hidden
FROM game JOIN question ON question.id = game.question_id
WHERE game.id = ?
"""  # noqa: S608 - our own words
_START: Final = """
INSERT INTO game (
    channel_id, guild_id, starter_id, slug, setup, phase, round, question_id, thread_id
)
VALUES (
    :channel_id, :guild_id, :starter_id, :slug, :setup, :phase, :round, :question_id, :thread_id
)
ON CONFLICT (channel_id) WHERE phase IN ('asking', 'reading') DO NOTHING
RETURNING id
"""


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
        thread_id: int | None = None,
    ) -> int | None:
        """Start a game with its first question; None where one is played in the channel.

        A thread is one of the channel's, in which a game before it was played.
        """
        rows = await self._database.write(
            _START,
            channel_id=channel_id,
            guild_id=guild_id,
            starter_id=starter_id,
            slug=slug,
            setup=json.dumps(asdict(setup)),
            phase=Phase.READING if setup.has_lobby else Phase.ASKING,
            round=0 if setup.has_lobby else 1,
            question_id=question_id,
            thread_id=thread_id,
        )
        return rows[0]["id"] if rows else None

    async def find(self, game_id: int) -> Game | None:
        rows = await self._database.read(_FIND, game_id)
        return _game(rows[0]) if rows else None

    async def is_played(self, channel_id: int) -> bool:
        """Say whether a game is under way in a channel or thread."""
        sql = (
            "SELECT 1 FROM game WHERE channel_id = :id AND phase IN ('asking', 'reading')"
            " UNION ALL"
            " SELECT 1 FROM game WHERE thread_id = :id AND phase IN ('asking', 'reading')"
        )
        return bool(await self._database.read(sql, id=channel_id))

    async def under_way(self) -> list[tuple[int, int]]:
        """List the games that are not over, each with its server."""
        rows = await self._database.read("SELECT id, guild_id FROM game WHERE phase <> 'done'")
        return [(row["id"], row["guild_id"]) for row in rows]

    async def posted(self, game: Game, message_id: int, due_at: float) -> None:
        """Note the message of a round, whose time begins with it, unless it was ended already.

        After a crash members may see and press what was posted before this was noted.
        """
        await self._database.write(
            "UPDATE game SET message_id = :message_id, asked_at = :now, due_at = :due_at"
            " WHERE id = :id AND round = :round AND message_id IS NULL",
            message_id=message_id,
            now=self.now(),
            due_at=due_at,
            id=game.id,
            round=game.round,
        )

    async def hurry(self, game: Game) -> bool:
        """End the phase that a game was seen in at once; False where it has ended already."""
        return await self._move(game, "is_hurried = true")

    async def reveal(self, game: Game, due_at: float) -> bool:
        """Close a round; its answers count from here on."""
        return await self._move(
            game,
            "phase = 'reading', due_at = :due_at, is_hurried = false,"
            " idle_rounds = CASE WHEN EXISTS (SELECT 1 FROM game_answer AS answer"
            " WHERE answer.game_id = game.id AND answer.round = game.round"
            ") THEN 0 ELSE idle_rounds + 1 END",
            due_at=due_at,
        )

    async def answer_shown(self, game: Game, message_id: int) -> None:
        """Note where the answer of a round was shown, in the phase that the game was seen in."""
        await self._database.write(
            "UPDATE game SET message_id = ?, answer_shown_in = ? WHERE id = ? AND round = ?",
            message_id,
            game.phase.value,
            game.id,
            game.round,
        )

    async def opened_thread(self, game: Game, thread_id: int) -> None:
        """Note the thread in which the rounds of a game are to stand."""
        await self._database.write("UPDATE game SET thread_id = ? WHERE id = ?", thread_id, game.id)

    async def ask(self, game: Game, question_id: int) -> bool:
        """Go on to the next round."""
        return await self._move(
            game,
            "phase = 'asking', round = round + 1, question_id = :question_id, message_id = NULL,"
            " due_at = 0, is_hurried = false, answer_shown_in = NULL",
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
        before = self.now() - days * SECONDS_A_DAY
        return await self._database.delete(
            "game", "id", "phase = 'done' AND due_at < :before", before=before
        )

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


def _game(row: Row) -> Game:
    fields: dict[str, Any] = dict(row)
    fields["setup"] = Setup(**json.loads(row["setup"]))
    fields["phase"], fields["ending"] = Phase(row["phase"]), Ending(row["ending"])
    for name in ("is_hurried", "is_starter_hidden"):
        fields[name] = bool(row[name])
    shown_in = row["answer_shown_in"]
    fields["answer_shown_in"] = shown_in and Phase(shown_in)
    return Game(**fields)
