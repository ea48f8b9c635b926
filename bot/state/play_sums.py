"""How many members play in a week, and how often they are right about an item: nobody by name."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from bot.process.utc_days import SECONDS_A_DAY
from bot.state.database import Database
from bot.state.day_sums import KEPT_DAYS
from bot.state.periods import Period

_MOST_COUNTED: Final = 20_000
"""Scores of a week that are counted while somebody waits."""
# By the index of what is old. SQLite puts what a column is equal to in the place of the column, and
# knows no index of the length of a parameter.
_IS_OF_WEEK: Final = "length(period) = length(:week) AND period BETWEEN :week AND :week"
_COUNT: Final = f"SELECT count(DISTINCT user_id) FROM score WHERE {_IS_OF_WEEK}"  # noqa: S608
_COUNT_SOME: Final = f"""
SELECT count(DISTINCT user_id) FROM (
    SELECT user_id FROM score WHERE {_IS_OF_WEEK} LIMIT {_MOST_COUNTED}
) AS score_of_week
"""  # noqa: S608 - our own words
_NOTE: Final = """
INSERT INTO week_sum (week, players) VALUES (:week, :players)
ON CONFLICT (week) DO UPDATE SET players = excluded.players
WHERE week_sum.players <> excluded.players
"""
_ITEMS: Final = """
SELECT slug, item, sum(answered) AS answered, sum(right_count) AS "right"
FROM item_sum WHERE month >= :month GROUP BY slug, item ORDER BY slug, item
"""


class WeekSum(NamedTuple):
    """A week, as in "2026-W48", and how many members have played in it."""

    week: str
    players: int


class ItemSum(NamedTuple):
    """An item of an interview, how often it was answered and how often rightly."""

    slug: str
    item: str
    answered: int
    right: int

    @property
    def right_share(self) -> float:
        return self.right / self.answered


class PlaySums:
    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    async def note_players(self) -> None:
        """Count who has played in this week and the one before, for when their scores are gone."""
        for week in (self._week_before(days=7), self._week_before(days=0)):
            ((players,),) = await self._database.read_long(_COUNT, week=week)
            if players:
                await self._database.write(_NOTE, week=week, players=players)

    async def players(self) -> int:
        """Count who has played this week; of very many some may be missing for an hour."""
        week = self._week_before(days=0)
        ((counted,),) = await self._database.read(_COUNT_SOME, week=week)
        noted = await self._database.read("SELECT players FROM week_sum WHERE week = ?", week)
        return max([counted, *(row["players"] for row in noted)])

    async def weeks(self, days: int) -> Sequence[WeekSum]:
        """List the weeks of so many days in their order, this one as it stands."""
        this_week = self._week_before(days=0)
        rows = await self._database.read(
            "SELECT week, players FROM week_sum WHERE week >= :since AND week < :this_week"
            " ORDER BY week",
            since=self._week_before(days=days),
            this_week=this_week,
        )
        return [*(WeekSum(**row) for row in rows), WeekSum(this_week, await self.players())]

    async def items(self, days: int) -> Sequence[ItemSum]:
        """List what was answered in the months of so many days."""
        month = Period.MONTH.key(self._now() - days * SECONDS_A_DAY)
        rows = await self._database.read(_ITEMS, month=month)
        return [ItemSum(row["slug"], row["item"], int(row[2]), int(row[3])) for row in rows]

    async def forget_old(self) -> None:
        """Delete the weeks and months that nobody looks at any more."""
        then = self._now() - KEPT_DAYS * SECONDS_A_DAY
        month, week = Period.MONTH.key(then), Period.WEEK.key(then)
        await self._database.delete("item_sum", "month, slug, item", "month < :month", month=month)
        await self._database.delete("week_sum", "week", "week < :week", week=week)

    def _week_before(self, *, days: int) -> str:
        return Period.WEEK.key(self._now() - days * SECONDS_A_DAY)
