"""What members' answers add up to: boards, a member's numbers, what they have mastered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.process.utc_days import SECONDS_A_DAY
from bot.state.database import Database
from bot.state.periods import Period

MAX_PLACE: Final = 300
"""Up to here a place is counted."""
EVERYWHERE: Final = 0
"""Stands for all servers where a member is taken off boards."""
MASTERED: Final = 2
"""Right answers in a row after which an item is mastered."""

# Whom a board does not show: by their own wish everywhere, by a moderator in a server. The mark of
# who came back after they had everything deleted is made only where there are such marks.
_IS_SHOWN: Final = (
    "(NOT EXISTS (SELECT 1 FROM off_board) OR NOT EXISTS (SELECT 1 FROM off_board AS off"
    " WHERE off.user_id = score.user_id AND off.guild_id IN (0, score.guild_id)))"
    " AND (NOT EXISTS (SELECT 1 FROM off_board_mark WHERE guild_id = score.guild_id)"
    " OR NOT EXISTS (SELECT 1 FROM off_board_mark AS off"
    " WHERE off.guild_id = score.guild_id AND off.mark = mark_of(score.user_id)))"
)
_TOP: Final = f"""
SELECT user_id, points, answered, right_count AS "right" FROM score
WHERE guild_id = :guild_id AND period = :period AND points > 0 AND {_IS_SHOWN}
ORDER BY points DESC, user_id LIMIT :limit
"""  # noqa: S608 - our own words
_PLACE: Final = f"""
SELECT user_id, points, answered, right_count AS "right", 1 + (
    SELECT count(*) FROM (
        SELECT 1 FROM score
        WHERE guild_id = :guild_id AND period = :period AND points > own.points AND {_IS_SHOWN}
        LIMIT :most
    ) AS above
) AS place
FROM score AS own
WHERE guild_id = :guild_id AND period = :period AND user_id = :user_id AND points > 0
"""  # noqa: S608 - our own words
_HIDING: Final = """
SELECT guild_id FROM off_board WHERE user_id = :user_id AND guild_id IN (0, :guild_id) UNION ALL
SELECT guild_id FROM off_board_mark
WHERE guild_id IN (0, :guild_id) AND mark = mark_of(:user_id)
"""
COUNT_MASTERED: Final = f"""
SELECT substr(item, 1, instr(item, ':') - 1) AS source, count(*) AS count FROM mastery
WHERE user_id = :user_id AND run >= {MASTERED} AND item LIKE '%:%'
AND slug = coalesce(:slug, (SELECT slug FROM question WHERE id = :question_id))
GROUP BY source
"""  # noqa: S608 - our own words
"""Counts what a member has mastered of an interview, or of the one that a question is about."""


class Score(NamedTuple):
    """A member's sum over a period."""

    user_id: int
    points: int
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class MemberStats:
    """A member's page; `by_kind` are answered and right, by the kind of question."""

    answered: int = 0
    right: int = 0
    points: int = 0
    streak: int = 0
    best_streak: int = 0
    by_kind: Mapping[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])


class Hiding(NamedTuple):
    """Why a member is on no board of a server: by their own wish, or taken off by a moderator."""

    is_by_wish: bool
    is_by_moderator: bool

    @property
    def is_hidden(self) -> bool:
        return any(self)


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """How often in a row a member was right about an item, and when they last answered."""

    run: int
    answered_at: int

    @property
    def is_mastered(self) -> bool:
        return self.run >= MASTERED


class Scores:
    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    async def top(self, guild_id: int, period: Period, limit: int) -> list[Score]:
        """List the first of a server's board, the most points first."""
        rows = await self._database.read(
            _TOP, guild_id=guild_id, period=period.key(self._now()), limit=limit
        )
        return [Score(**row) for row in rows]

    async def place(self, guild_id: int, period: Period, user_id: int) -> tuple[int, Score] | None:
        """Give a member's own place and sum; None where they have no points.

        A place beyond `MAX_PLACE` is told as the one after it.
        """
        rows = await self._database.read(
            _PLACE,
            guild_id=guild_id,
            period=period.key(self._now()),
            user_id=user_id,
            most=MAX_PLACE,
        )
        if not rows:
            return None
        fields: dict[str, int] = dict(rows[0])
        return fields.pop("place"), Score(**fields)

    async def numbers(self, guild_id: int, user_id: int) -> MemberStats:
        """Give what a member has done in a server since ever; 0 is outside of servers."""
        sums = await self._database.read(
            "SELECT answered, right_count, points FROM score"
            " WHERE guild_id = ? AND period = ? AND user_id = ?",
            guild_id,
            Period.EVER.key(0),
            user_id,
        )
        streaks = await self._database.read(
            "SELECT streak, best_streak FROM player WHERE guild_id = ? AND user_id = ?",
            guild_id,
            user_id,
        )
        kinds = await self._database.read(
            "SELECT kind, answered, right_count FROM kind_score WHERE guild_id = ? AND user_id = ?",
            guild_id,
            user_id,
        )
        answered, right, points = sums[0] if sums else (0, 0, 0)
        streak, best_streak = streaks[0] if streaks else (0, 0)
        by_kind = {row["kind"]: (row["answered"], row["right_count"]) for row in kinds}
        return MemberStats(answered, right, points, streak, best_streak, by_kind)

    async def practised(self, user_id: int, slug: str) -> dict[str, ItemRecord]:
        """Give what a member has answered of an interview, by item."""
        rows = await self._database.read(
            "SELECT item, run, answered_at FROM mastery WHERE user_id = ? AND slug = ?",
            user_id,
            slug,
        )
        return {row["item"]: ItemRecord(row["run"], row["answered_at"]) for row in rows}

    async def counted(self, guild_id: int, user_id: int, slug: str) -> frozenset[str]:
        """Give the statements that have brought a member points in a server this week."""
        rows = await self._database.read(
            "SELECT statement FROM counted"
            " WHERE guild_id = ? AND user_id = ? AND slug = ? AND week = ?",
            guild_id,
            user_id,
            slug,
            Period.WEEK.key(self._now()),
        )
        return frozenset(statement for (statement,) in rows)

    async def mastered(self, user_id: int, slug: str) -> dict[str, int]:
        """Count what a member has mastered of an interview, by what stands before a colon."""
        rows = await self._database.read(
            COUNT_MASTERED, user_id=user_id, slug=slug, question_id=None
        )
        return dict(map(tuple, rows))

    async def celebrate(self, user_id: int, slug: str) -> bool:
        """Say whether a member's mastery of an interview is still to be celebrated; once."""
        rows = await self._database.write(
            "INSERT INTO celebrated (user_id, slug) VALUES (?, ?)"
            " ON CONFLICT (user_id, slug) DO NOTHING RETURNING slug",
            user_id,
            slug,
        )
        return bool(rows)

    async def forget_old(self, days: int = 730) -> int:
        """Delete the sums of weeks and months that ended so long ago; gives how many rows.

        What a member has brought together since ever stays.
        """
        then = self._now() - days * SECONDS_A_DAY
        count = 0
        # Weeks and months are told apart by how long their names are.
        for oldest in (Period.WEEK.key(then), Period.MONTH.key(then)):
            count += await self._database.delete(
                "score",
                "guild_id, period, user_id",
                "length(period) = length(:oldest) AND period < :oldest",
                oldest=oldest,
            )
        # A statement counts once a week: of weeks that are over nobody asks.
        await self._database.delete(
            "counted",
            "guild_id, user_id, slug, statement",
            "week < :week",
            week=Period.WEEK.key(self._now() - 7 * SECONDS_A_DAY),
        )
        return count

    async def hiding(self, guild_id: int, user_id: int) -> Hiding:
        """Say whether a member is to be seen on a server's boards, and if not why."""
        rows = await self._database.read(_HIDING, guild_id=guild_id, user_id=user_id)
        guild_ids = [row["guild_id"] for row in rows]
        return Hiding(EVERYWHERE in guild_ids, guild_id in guild_ids and guild_id != EVERYWHERE)

    async def set_off_board(self, guild_id: int, user_id: int, *, is_off: bool) -> None:
        """Take a member off a server's board or put them back."""
        if is_off:
            sql = (
                "INSERT INTO off_board (guild_id, user_id) VALUES (?, ?)"
                " ON CONFLICT (guild_id, user_id) DO NOTHING"
            )
        else:
            sql = "DELETE FROM off_board_mark WHERE guild_id = ? AND mark = mark_of(?)"
            await self._database.write(sql, guild_id, user_id)
            sql = "DELETE FROM off_board WHERE guild_id = ? AND user_id = ?"
        await self._database.write(sql, guild_id, user_id)
