"""Points, streaks, boards and mastery, as answers come in."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.interview.model import Difficulty
from bot.state.bags import Bags
from bot.state.database import Database
from bot.state.erasure import Erasure
from bot.state.periods import Period
from bot.state.questions import GivenAnswer, Questions, StoredQuestion, Worth
from bot.state.scores import MAX_PLACE, MemberStats, Score, Scores
from bot.trivia.scoring import worth

GUILD = 77
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> float:
        return self.now.timestamp()


class Room:
    """Members who answer questions in a server; choice 1 is right."""

    def __init__(self, database: Database) -> None:
        self.clock = Clock()
        self.questions = Questions(database, self.clock)
        self.scores = Scores(database, self.clock)
        self._asked = 0

    async def answer(
        self, user_id: int, choice: int = 1, statement: str = "", guild_id: int = GUILD
    ) -> GivenAnswer:
        self._asked += 1
        name = statement or f"fact:{self._asked}"
        question = StoredQuestion("shown", 4, 1, "boat", "curated", name, name, Worth(100, 10, 50))
        number = await self.questions.add(5, question)
        answer = await self.questions.answer(number, user_id, choice, guild_id)
        assert answer is not None
        return answer

    async def board(self, period: Period = Period.WEEK) -> list[tuple[int, int]]:
        top = await self.scores.top(GUILD, period, 10)
        return [(score.user_id, score.points) for score in top]


@pytest.fixture
def room(database: Database) -> Room:
    return Room(database)


@pytest.mark.parametrize(
    ("difficulty", "choices", "points", "bonus"),
    [
        (Difficulty.EASY, 4, 50, 50),
        (Difficulty.MEDIUM, 4, 100, 50),
        (Difficulty.HARD, 4, 150, 50),
        (Difficulty.EASY, 2, 25, 25),
        (Difficulty.HARD, 2, 75, 25),
    ],
)
def test_what_a_question_is_worth(
    difficulty: Difficulty, choices: int, points: int, bonus: int
) -> None:
    rated = worth(difficulty, choices)
    assert (rated.points, rated.max_bonus, 5 * rated.step) == (points, bonus, bonus)


async def test_a_streak_is_worth_more_each_time_and_a_wrong_answer_costs_nothing(
    room: Room,
) -> None:
    points = [(await room.answer(1)).points for _n in range(8)]
    assert points == [100, 110, 120, 130, 140, 150, 150, 150]
    missed = await room.answer(1, choice=0)
    assert (missed.points, missed.streak) == (0, 0)
    assert (await room.answer(1)).points == 100
    numbers = await room.scores.numbers(GUILD, 1)
    assert numbers == MemberStats(10, 9, sum(points) + 100, 1, 8, {"curated": (10, 9)})


async def test_a_statement_counts_once_a_week(room: Room) -> None:
    assert (await room.answer(1, statement="fact:1")).points == 100
    again = await room.answer(1, statement="fact:1")
    assert (again.points, again.counts, again.is_right) == (0, False, True)
    assert await room.board() == [(1, 100)]
    assert (await room.answer(2, statement="fact:1")).counts, "for somebody else it does"
    assert (await room.answer(1, statement="fact:1", guild_id=8)).counts, "elsewhere it does"
    room.clock.now += timedelta(days=7)
    assert (await room.answer(1, statement="fact:1")).counts, "a week later it does"


async def test_weeks_and_months_begin_anew(room: Room) -> None:
    await room.answer(1)
    await room.answer(2)
    await room.answer(2)
    assert await room.board() == [(2, 210), (1, 100)]
    room.clock.now += timedelta(days=7)
    assert await room.board() == []
    assert await room.board(Period.MONTH) == [(2, 210), (1, 100)]
    room.clock.now += timedelta(days=7)
    assert await room.board(Period.MONTH) == []
    assert await room.board(Period.EVER) == [(2, 210), (1, 100)]


async def test_everybody_has_a_place(room: Room) -> None:
    for user_id in range(1, 61):
        for _n in range(1 + user_id % 2):
            await room.answer(user_id)
    place = await room.scores.place(GUILD, Period.WEEK, 2)
    assert place == (31, Score(2, 100, 1, 1))
    assert (await room.scores.place(GUILD, Period.WEEK, 3) or (0,))[0] == 1
    assert await room.scores.place(GUILD, Period.WEEK, 999) is None
    assert MAX_PLACE > 60


async def test_who_is_off_the_board_is_passed_over(room: Room) -> None:
    for user_id in (1, 1, 2, 2, 3):
        await room.answer(user_id)
    await room.scores.set_off_board(GUILD, 1, is_off=True)
    await room.scores.set_off_board(0, 2, is_off=True)
    await room.scores.set_off_board(GUILD + 1, 3, is_off=True)
    assert await room.board() == [(3, 100)]
    assert (await room.scores.place(GUILD, Period.WEEK, 3) or (0,))[0] == 1
    await room.scores.set_off_board(GUILD, 1, is_off=False)
    assert [user_id for user_id, _points in await room.board()] == [1, 3]


async def test_who_a_moderator_took_off_stays_off_though_everything_was_deleted(
    database: Database, room: Room
) -> None:
    erasure = Erasure(database, room.clock, Bags(database))
    await room.scores.set_off_board(GUILD, 1, is_off=True)
    await room.scores.set_off_board(0, 2, is_off=True)
    for user_id in (1, 2):
        await erasure.forget_member(user_id)
    for user_id in (1, 1, 2, 3):
        await room.answer(user_id)
    assert await room.board() == [(2, 100), (3, 100)], "their own wish is deleted with the rest"
    assert (await room.scores.place(GUILD, Period.WEEK, 3) or (0,))[0] == 1
    assert (await room.scores.hiding(GUILD, 1)).is_hidden
    assert not (await room.scores.hiding(GUILD + 1, 1)).is_hidden
    await room.scores.set_off_board(GUILD, 1, is_off=False)
    assert not (await room.scores.hiding(GUILD, 1)).is_hidden
    assert len(await room.board()) == 3


async def test_a_server_takes_whom_its_moderators_took_off_with_it(
    database: Database, room: Room
) -> None:
    erasure = Erasure(database, room.clock, Bags(database))
    await room.scores.set_off_board(GUILD, 1, is_off=True)
    await erasure.forget_member(1)
    assert await erasure.guilds() == {GUILD}
    await erasure.guild_left(GUILD)
    room.clock.now += timedelta(days=31)
    assert await erasure.forget_left_guilds() == 1
    assert not (await room.scores.hiding(GUILD, 1)).is_hidden


async def test_right_twice_in_a_row_is_mastered(room: Room) -> None:
    async def is_mastered() -> bool:
        return (await room.scores.practised(1, "boat"))["fact:1"].is_mastered

    for choice, expected in ((1, False), (1, True), (0, False), (1, False), (1, True), (1, True)):
        await room.answer(1, choice, "fact:1")
        assert await is_mastered() is expected
    assert await room.scores.celebrate(1, "boat")
    assert not await room.scores.celebrate(1, "boat")


async def test_a_race_of_clicks_scores_once_a_member(room: Room) -> None:
    question = StoredQuestion(
        "shown", 4, 1, "boat", "curated", "fact:1", "fact:1", Worth(100, 10, 50)
    )
    number = await room.questions.add(5, question)
    await asyncio.gather(
        *(room.questions.answer(number, user, 1, GUILD) for user in range(1, 21) for _n in range(4))
    )
    assert await room.scores.top(GUILD, Period.WEEK, 50) == [
        Score(user, 100, 1, 1) for user in range(1, 21)
    ]


async def test_old_questions_are_forgotten_and_what_they_brought_stays(room: Room) -> None:
    await room.answer(1)
    room.clock.now += timedelta(days=29)
    kept = await room.questions.add(5, StoredQuestion("shown", 4, 1))
    assert await room.questions.forget_old() == 0
    room.clock.now += timedelta(days=2)
    assert await room.questions.forget_old() == 1
    assert await room.questions.answer(kept, 2, 1) is not None
    assert await room.board(Period.EVER) == [(1, 100)]


async def test_weeks_and_months_go_after_two_years_and_what_there_was_in_all_stays(
    room: Room, database: Database
) -> None:
    for _week in range(130):
        await room.answer(1)
        room.clock.now += timedelta(days=7)
        await room.scores.forget_old()
    ((rows, ever),) = await database.read(
        "SELECT count(*), sum(points) FILTER (WHERE period = 'ever') FROM score"
    )
    assert 104 + 24 < rows <= 106 + 25 + 1
    assert [(1, int(ever))] == await room.board(Period.EVER)
    ((counted,),) = await database.read("SELECT count(*) FROM counted")
    assert counted <= 2, "of weeks that are over nobody asks"


async def test_why_a_member_is_on_no_board(room: Room) -> None:
    assert await room.scores.hiding(GUILD, 1) == (False, False)
    await room.scores.set_off_board(GUILD, 1, is_off=True)
    assert await room.scores.hiding(GUILD, 1) == (False, True)
    assert await room.scores.hiding(GUILD + 1, 1) == (False, False)
    await room.scores.set_off_board(0, 1, is_off=True)
    hiding = await room.scores.hiding(GUILD + 1, 1)
    assert hiding.is_by_wish
    assert hiding.is_hidden
