"""Duels as they are stored: every move is one statement, of which the first of two wins."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from bot.process.utc_days import SECONDS_A_DAY
from bot.state.database import Database, Row
from bot.state.off_board import is_off_board

DUEL_SECONDS: Final = float(SECONDS_A_DAY)
"""How long a challenge waits for an answer, and then a duel for its players."""
MAX_OPEN: Final = 5
"""Challenges of one member in a server that are not over."""
# A process that was killed before it posted a challenge keeps nobody from another one.
_POSTING_SECONDS: Final = 60.0
_OPEN: Final = (
    "duel.phase IN ('asked', 'running')"
    " AND (duel.message_id IS NOT NULL OR duel.asked_at > :posted_after)"
)
_ADD: Final = """
INSERT INTO duel (channel_id, guild_id, slug, asked_at, due_at)
VALUES (:channel_id, :guild_id, :slug, :now, :due_at) RETURNING id
"""
_BETWEEN: Final = f"""
SELECT duel.id FROM duel_player AS one JOIN duel_player AS other USING (duel_id)
JOIN duel ON duel.id = duel_id
WHERE one.user_id = :challenger_id AND other.user_id = :opponent_id
AND duel.guild_id = :guild_id AND {_OPEN}
"""  # noqa: S608 - our own words
_PAIR: Final = f"""
INSERT INTO duel_player (duel_id, user_id, is_challenger)
SELECT :duel_id, column1, column2
FROM (VALUES (CAST(:challenger_id AS BIGINT), true), (CAST(:opponent_id AS BIGINT), false)) AS pair
WHERE NOT EXISTS ({_BETWEEN}) AND :most > (
    SELECT count(*) FROM duel_player JOIN duel ON duel.id = duel_id
    WHERE user_id = :challenger_id AND is_challenger AND guild_id = :guild_id AND {_OPEN}
)
RETURNING duel_id
"""  # noqa: S608 - our own words
_SELECT: Final = """
SELECT duel.id, channel_id, guild_id, slug, due_at, phase, ending, message_id,
    question_ids, challenger.user_id AS challenger_id, opponent.user_id AS opponent_id
FROM duel
JOIN duel_player AS challenger ON challenger.duel_id = duel.id AND challenger.is_challenger
JOIN duel_player AS opponent ON opponent.duel_id = duel.id AND NOT opponent.is_challenger
"""
# Where a challenge stands is noted a moment after everybody sees it, and its buttons are to go.
_TO_TELL: Final = (
    f"{_SELECT} WHERE phase <> 'over' AND phase = 'telling'"
    " AND (duel.message_id IS NOT NULL OR duel.asked_at <= :posted_after)"
)
# Over is what nobody took up in time, and what both have played or had time to.
_CLOSE: Final = """
UPDATE duel SET phase = CASE
    WHEN EXISTS (SELECT 1 FROM duel_player WHERE duel_id = duel.id) THEN 'telling' ELSE 'over'
END, ending = CASE phase WHEN 'asked' THEN 'expired' ELSE '' END
WHERE phase <> 'over' AND phase <> 'telling' AND (
    due_at <= :now OR phase = 'running' AND (
        SELECT count(*) * 2 FROM question WHERE day IS NULL AND channel_id = -duel.id
    ) <= (
        SELECT count(*) FROM answer JOIN question ON question.id = question_id
        WHERE day IS NULL AND channel_id = -duel.id
    )
)
"""
_OWN: Final = (
    "FROM answer JOIN question ON question.id = question_id"
    " WHERE day IS NULL AND channel_id = -duel.id AND answer.user_id = player.user_id"
)
_SCORES: Final = f"""
SELECT user_id, (SELECT count(*) {_OWN}) AS answered,
    (SELECT count(*) FILTER (WHERE is_right) {_OWN}) AS "right",
    {is_off_board("duel.guild_id", "player.user_id")} AS is_hidden
FROM duel JOIN duel_player AS player ON duel_id = duel.id
WHERE duel.id = :duel_id ORDER BY is_challenger DESC
"""  # noqa: S608 - our own words


class DuelPhase(StrEnum):
    """What a duel waits for: an answer to the challenge, its players, to be told, or nothing."""

    ASKED = "asked"
    RUNNING = "running"
    TELLING = "telling"
    OVER = "over"


class DuelEnding(StrEnum):
    PLAYED = ""
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    LEFT = "left"
    """Somebody of the two has hidden from boards, or was taken off them."""


@dataclass(frozen=True, slots=True)
class Duel:
    """A duel; `due_at`, in unix seconds, ends the phase that it is in."""

    id: int
    channel_id: int
    guild_id: int
    slug: str
    due_at: float
    phase: DuelPhase
    ending: DuelEnding
    message_id: int | None
    question_ids: tuple[int, ...]
    challenger_id: int
    opponent_id: int

    @property
    def question_channel(self) -> int:
        """Give the channel that its questions are stored for, in which no button stands."""
        return -self.id

    @property
    def players(self) -> tuple[int, int]:
        return self.challenger_id, self.opponent_id

    def other(self, user_id: int) -> int:
        return self.opponent_id if user_id == self.challenger_id else self.challenger_id


class DuelScore(NamedTuple):
    """What a player has answered; one that `is_hidden` is named in nothing that others read."""

    user_id: int
    answered: int
    right: int
    is_hidden: bool


class Duels:
    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self.now = now

    async def begin(
        self, place: tuple[int, int], slug: str, players: tuple[int, int]
    ) -> int | None:
        """Store a challenge; None where the two have one, or the challenger has too many.

        `place` are channel and server, `players` challenger and opponent.
        """
        now = self.now()
        channel_id, guild_id = place
        rows = await self._database.write(
            _ADD,
            channel_id=channel_id,
            guild_id=guild_id,
            slug=slug,
            now=now,
            due_at=now + DUEL_SECONDS,
        )
        duel_id: int = rows[0]["id"]
        pair = self._pair(guild_id, players)
        pairing = self._database.write_in_turn(
            players[0], _PAIR, **pair, duel_id=duel_id, most=MAX_OPEN
        )
        if await pairing:
            return duel_id
        await self.drop(duel_id)
        return None

    async def between(self, guild_id: int, players: tuple[int, int]) -> "Duel | None":
        """Find the duel of two members that is not over, whoever of them has asked for it."""
        rows = await self._database.read(_BETWEEN, **self._pair(guild_id, players))
        return await self.find(rows[0]["id"]) if rows else None

    async def find(self, duel_id: int) -> Duel | None:
        rows = await self._database.read(f"{_SELECT} WHERE duel.id = ?", duel_id)
        return _duel(rows[0]) if rows else None

    async def drop(self, duel_id: int) -> None:
        """Delete a challenge that nobody has seen."""
        await self._database.write("DELETE FROM duel WHERE id = ?", duel_id)

    async def posted(self, duel_id: int, message_id: int) -> None:
        """Note where a challenge stands."""
        await self._database.write(
            "UPDATE duel SET message_id = ? WHERE id = ? AND message_id IS NULL",
            message_id,
            duel_id,
        )

    async def prepare(self, duel_id: int, question_ids: Sequence[int]) -> None:
        """Note what is asked, before anybody sees the challenge."""
        questions = json.dumps([*question_ids])
        await self._move(
            duel_id, "question_ids = :questions", "phase = 'asked'", questions=questions
        )

    async def accept(self, duel_id: int) -> bool:
        """Take up a challenge; False where it was over, or taken up, already."""
        now = self.now()
        return await self._move(
            duel_id,
            "phase = 'running', due_at = :due_at",
            "phase = 'asked' AND due_at > :now",
            due_at=now + DUEL_SECONDS,
            now=now,
        )

    async def call_off(self, duel_id: int, ending: DuelEnding) -> bool:
        """End a challenge that nobody has taken up."""
        return await self._move(
            duel_id,
            "phase = 'over', ending = :ending, due_at = :now",
            "phase = 'asked'",
            ending=ending.value,
            now=self.now(),
        )

    async def close_due(self) -> None:
        """Close what is over: its result is to be told."""
        await self._database.write(_CLOSE, now=self.now())

    async def to_tell(self) -> list[Duel]:
        """List the duels of which the result is to be told."""
        rows = await self._database.read(_TO_TELL, posted_after=self.now() - _POSTING_SECONDS)
        return [_duel(row) for row in rows]

    async def next_at(self) -> float | None:
        """Give when the next duel is over at the latest."""
        ((next_at,),) = await self._database.read(
            "SELECT min(due_at) FROM duel WHERE phase <> 'over' AND phase <> 'telling'"
        )
        return next_at

    async def finish(self, duel_id: int) -> None:
        await self._move(
            duel_id, "phase = 'over', due_at = :now", "phase <> 'over'", now=self.now()
        )

    async def answered(self, duel: Duel, user_id: int) -> set[int]:
        """Give the questions of a duel that a member has answered."""
        rows = await self._database.read(
            "SELECT question_id FROM answer JOIN question ON question.id = question_id"
            " WHERE day IS NULL AND channel_id = ? AND answer.user_id = ?",
            duel.question_channel,
            user_id,
        )
        return {question_id for (question_id,) in rows}

    async def scores(self, duel: Duel) -> list[DuelScore]:
        """Give what both have answered, the challenger first."""
        rows = await self._database.read(_SCORES, duel_id=duel.id)
        return [DuelScore(*row) for row in rows]

    async def document(self, question_id: int) -> str | None:
        """Give a question as it is to be shown."""
        rows = await self._database.read("SELECT document FROM question WHERE id = ?", question_id)
        return rows[0][0] if rows else None

    async def forget_old(self, days: int = 30) -> int:
        """Delete duels that have been over for so long; gives how many."""
        before = self.now() - days * SECONDS_A_DAY
        return await self._database.delete(
            "duel", "id", "phase = 'over' AND due_at < :before", before=before
        )

    def _pair(self, guild_id: int, players: tuple[int, int]) -> Mapping[str, object]:
        challenger_id, opponent_id = players
        return {
            "guild_id": guild_id,
            "challenger_id": challenger_id,
            "opponent_id": opponent_id,
            "posted_after": self.now() - _POSTING_SECONDS,
        }

    async def _move(self, duel_id: int, change: str, condition: str, **values: object) -> bool:
        rows = await self._database.write(
            f"UPDATE duel SET {change} WHERE id = :id AND {condition} RETURNING id",  # noqa: S608 - our own words
            **values,
            id=duel_id,
        )
        return bool(rows)


def _duel(row: Row) -> Duel:
    fields: dict[str, Any] = dict(row)
    fields["phase"], fields["ending"] = DuelPhase(row["phase"]), DuelEnding(row["ending"])
    fields["question_ids"] = tuple(json.loads(row["question_ids"]))
    return Duel(**fields)
