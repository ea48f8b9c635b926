"""Trivia questions as they were shown, and the answers to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.errors import StateUnavailableError
from bot.process.utc_days import SECONDS_A_DAY, day_of
from bot.state.bags import NOTE_DM
from bot.state.database import Database, Row, Statement
from bot.state.periods import Period
from bot.state.scores import COUNT_MASTERED

EVERY_CHANNEL: Final = 0
"""Where the question of a day is asked."""
# Only the question of a day can be there already: others have no day. One that is asked in direct
# messages is stored where it is known whose they are.
_PUT: Final = """
INSERT INTO question (
    channel_id, asked_at, document, choice_count, right_choice, slug, kind, item, statement, worth,
    step, max_bonus, day
)
SELECT :channel_id, :asked_at, :document, :choice_count, :right_choice, :slug, :kind, :item,
    :statement, :points, :step, :max_bonus, :day
WHERE CAST(:owner_id AS BIGINT) IS NULL
    OR EXISTS (SELECT 1 FROM dm_channel WHERE channel_id = :channel_id)
ON CONFLICT (slug, day) WHERE day IS NOT NULL DO UPDATE SET slug = excluded.slug
RETURNING id, document
"""

# One statement, so that a race of presses counts once and nothing is ever half recorded. The
# question of the day always counts on its day, whatever was asked earlier in the week. The id
# came from the network: a question is answered where it was asked, and one of a game in the game.
_ANSWER: Final = """
INSERT INTO answer (
    question_id, user_id, choice, guild_id, week, month, answered_at, is_right, counts, points,
    streak
)
SELECT :question_id, :user_id, :choice, :guild_id, :week, :month, :answered_at, is_right, counts,
    CASE WHEN NOT is_right OR NOT counts THEN 0
        WHEN step * streak < max_bonus THEN worth + step * streak ELSE worth + max_bonus END,
    CASE WHEN is_right THEN streak + 1 ELSE 0 END
FROM (
    SELECT worth, step, max_bonus, right_choice = :choice AS is_right,
        day IS NOT NULL AND day = :day OR NOT EXISTS (
            SELECT 1 FROM counted
            WHERE counted.guild_id = :guild_id AND counted.user_id = :user_id
            AND counted.slug = question.slug AND counted.statement = question.statement
            AND counted.week = :week
        ) AS counts,
        coalesce(
            (
                SELECT streak FROM player
                WHERE player.guild_id = :guild_id AND player.user_id = :user_id
            ),
            0
        ) AS streak
    FROM question WHERE id = :question_id AND choice_count > :choice
    AND (
        CAST(:channel_id AS BIGINT) IS NULL
        OR channel_id = :channel_id AND (day IS NULL) = (:channel_id <> 0)
    )
    AND NOT EXISTS (SELECT 1 FROM game_round WHERE game_round.question_id = question.id)
) AS rated WHERE true
ON CONFLICT (question_id, user_id) DO UPDATE SET choice = answer.choice
RETURNING choice, is_right, points, streak, counts,
    (SELECT document FROM question WHERE id = question_id) AS document,
    (SELECT day FROM question WHERE id = question_id) AS day
"""


@dataclass(frozen=True, slots=True)
class Tally:
    answered: int = 0
    right: int = 0


class OwnAnswer(NamedTuple):
    """Whether a member was right about the question of a day, and how all have answered it."""

    slug: str
    day: int
    is_right: bool
    tally: Tally


class PastDay(NamedTuple):
    """The question of a day as it was shown, and how it was answered so far."""

    document: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row; `has_today` says whether the day itself is one of them."""

    days: int = 0
    best: int = 0
    has_today: bool = False


class Worth(NamedTuple):
    """The points of a right answer, and what each right one before it adds, up to a bonus."""

    points: int = 0
    step: int = 0
    max_bonus: int = 0


class StoredQuestion(NamedTuple):
    """A question as it is stored: as it was shown, how many choices it has and which is right.

    `item` is what a member can master, `statement` what several items may rest on.
    """

    document: str
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
    changed the board: a statement does once a week. `document` is the question as it was shown.
    """

    choice: int
    is_right: bool
    points: int
    streak: int
    counts: bool
    document: str
    day: int | None = None
    """The UTC day, since 1970, whose question it was."""


class Questions:
    def __init__(self, database: Database, now: Callable[[], float]) -> None:
        self._database = database
        self._now = now

    async def add(
        self, channel_id: int, question: StoredQuestion, owner_id: int | None = None
    ) -> int:
        """Store a question as it is about to be shown; its number goes into the buttons.

        `owner_id` is whose direct messages the channel is, which is noted before it is stored.
        """
        row = await self._put(question, channel_id, owner_id=owner_id)
        if row is None:
            await self._database.write(NOTE_DM, channel_id=channel_id, user_id=owner_id)
            row = await self._put(question, channel_id, owner_id=owner_id)
        if row is None:
            raise StateUnavailableError("whose direct messages they are could not be noted")
        return row["id"]

    async def of_the_day(self, day: int, question: StoredQuestion) -> tuple[int, str]:
        """Store the question of a day, unless it is there; its number, and as it was first shown.

        A day is a UTC day, counted since 1970; each interview has a question of its own.
        """
        row = await self._put(question, EVERY_CHANNEL, day=day)
        assert row is not None, "it is in nobody's direct messages"
        return row["id"], row["document"]

    async def answer(
        self,
        question_id: int,
        user_id: int,
        choice: int,
        guild_id: int = 0,
        channel_id: int | None = None,
    ) -> GivenAnswer | None:
        """Record a member's choice, unless there is one already.

        None where there is no such question in the channel, or it has no such choice; a channel of
        None is any. A server of 0 is none.
        """
        (rows,) = await self._database.write_all(
            self._answering(question_id, user_id, choice, guild_id, channel_id)
        )
        return _given_answer(rows[0]) if rows else None

    async def answer_and_count(
        self, question_id: int, user_id: int, choice: int, guild_id: int, channel_id: int
    ) -> tuple[GivenAnswer | None, Mapping[str, int]]:
        """Record a choice as `answer` does, and count what the member has mastered by then.

        That is by what stands before a colon, as in `Scores.mastered`.
        """
        member = {"user_id": user_id, "slug": None, "question_id": question_id}
        answers, counts = await self._database.write_all(
            self._answering(question_id, user_id, choice, guild_id, channel_id),
            Statement(COUNT_MASTERED, member),
        )
        return _given_answer(answers[0]) if answers else None, dict(map(tuple, counts))

    async def forget_old(self, days: int = 30) -> int:
        """Delete questions that nobody has answered for so long; gives how many."""
        before = int(self._now()) - days * SECONDS_A_DAY
        return await self._database.delete(
            "question", "id", "asked_at < :before AND answered_at < :before", before=before
        )

    async def streak(self, user_id: int, slug: str, day: int) -> Streak:
        """Count the days in a row on which a member answered, up to a day or the one before it."""
        rows = await self._database.read(
            "SELECT last_day, days, best FROM streak WHERE user_id = ? AND slug = ?", user_id, slug
        )
        if not rows:
            return Streak()
        last_day, days, best = rows[0]
        return Streak(days if last_day >= day - 1 else 0, best, last_day >= day)

    async def own_answer(self, question_id: int, user_id: int) -> OwnAnswer | None:
        """Give how a member answered the question of a day; None where they did not."""
        rows = await self._database.read(
            "SELECT slug, day, is_right, answered_count, right_count"
            " FROM answer JOIN question ON question.id = question_id"
            " WHERE question_id = ? AND user_id = ? AND day IS NOT NULL",
            question_id,
            user_id,
        )
        if not rows:
            return None
        slug, day, is_right, answered, right = rows[0]
        return OwnAnswer(slug, day, bool(is_right), Tally(answered, right))

    async def past_day(self, slug: str, day: int) -> PastDay | None:
        """Give the question of a day as it was shown; None where nobody saw it."""
        rows = await self._database.read(
            "SELECT document, answered_count, right_count FROM question WHERE slug = ? AND day = ?",
            slug,
            day,
        )
        if not rows:
            return None
        document, answered, right = rows[0]
        return PastDay(document, Tally(answered, right))

    async def tally(self, question_id: int) -> Tally:
        rows = await self._database.read(
            "SELECT answered_count, right_count FROM question WHERE id = ?", question_id
        )
        return Tally(*rows[0]) if rows else Tally()

    def _answering(
        self, question_id: int, user_id: int, choice: int, guild_id: int, channel_id: int | None
    ) -> Statement:
        now = self._now()
        parameters = {
            "question_id": question_id,
            "user_id": user_id,
            "choice": choice,
            "guild_id": guild_id,
            "channel_id": channel_id,
            "week": Period.WEEK.key(now),
            "month": Period.MONTH.key(now),
            "answered_at": int(now),
            "day": day_of(now),
        }
        return Statement(_ANSWER, parameters)

    async def _put(
        self,
        question: StoredQuestion,
        channel_id: int,
        *,
        day: int | None = None,
        owner_id: int | None = None,
    ) -> Row | None:
        """Store a question; None where it is not noted yet whose direct messages these are."""
        rows = await self._database.write(
            _PUT,
            **question._asdict(),
            **question.worth._asdict(),
            channel_id=channel_id,
            asked_at=int(self._now()),
            day=day,
            owner_id=owner_id,
        )
        return rows[0] if rows else None


def _given_answer(row: Row) -> GivenAnswer:
    fields = dict(row)
    fields["is_right"], fields["counts"] = bool(row["is_right"]), bool(row["counts"])
    return GivenAnswer(**fields)
