"""A server's week: who may be named, ties, and what is left out."""

import pytest

from bot.process.utc_days import SECONDS_A_DAY
from bot.state.database import Database
from bot.state.questions import Questions, StoredQuestion, Worth
from bot.state.scores import EVERYWHERE, Scores
from bot.state.seasons import LongStreak, Points, Season, Seasons

GUILD, CHANNEL = 7, 8
ADA, BEN, CLEO = 11, 12, 13
# A Wednesday in 2024-W40.
NOW = 20_000 * SECONDS_A_DAY - 7 * SECONDS_A_DAY
ASKED = StoredQuestion("{}", 4, 0, "boat", "curated", "curated:1", "fact:1", Worth(100))


class Week:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.now: float = NOW
        self.questions = Questions(database, lambda: self.now)
        self.scores = Scores(database, lambda: self.now)
        self._number = 0

    async def answers(self, *right: int, wrong: tuple[int, ...] = ()) -> None:
        """Ask one question, and let some be right and others not."""
        self._number += 1
        item = f"curated:{self._number}"
        question = replace_item(ASKED, item)
        question_id = await self.questions.add(CHANNEL, question)
        for user_id in right:
            await self.questions.answer(question_id, user_id, 0, GUILD, CHANNEL)
        for user_id in wrong:
            await self.questions.answer(question_id, user_id, 1, GUILD, CHANNEL)

    async def game(self, **points: int) -> None:
        """Note a game that was played in the week."""
        question_id = await self.questions.add(CHANNEL, ASKED)
        ((game_id,),) = await self.database.write(
            "INSERT INTO game (channel_id, guild_id, starter_id, slug, setup, phase, round,"
            " question_id, week, month) VALUES (?, ?, 0, 'boat', '', 'board', 1, ?, ?, '2024-10')"
            " RETURNING id",
            CHANNEL,
            GUILD,
            question_id,
            WEEK,
        )
        for name, own in points.items():
            await self.database.write(
                "INSERT INTO game_answer (game_id, round, user_id, choice, is_right, points,"
                " seconds) VALUES (?, 1, ?, 0, true, ?, 1.0)",
                game_id,
                {"ada": ADA, "ben": BEN, "cleo": CLEO}[name],
                own,
            )
        await self.database.write("UPDATE game SET phase = 'done' WHERE id = ?", game_id)

    async def told(self) -> Season:
        return await Seasons(self.database).of(GUILD, WEEK)


def replace_item(question: StoredQuestion, item: str) -> StoredQuestion:
    return question._replace(item=item, statement=item)


WEEK = "2024-W39"


@pytest.fixture
def week(database: Database) -> Week:
    return Week(database)


async def test_a_week_in_which_nobody_played_is_empty(week: Week) -> None:
    assert await week.told() == Season([], [], [], [])


async def test_points_streaks_and_what_was_hard_are_of_that_week_alone(week: Week) -> None:
    for _n in range(3):
        await week.answers(ADA, BEN, wrong=(CLEO,))
    await week.answers(ADA, wrong=(BEN, CLEO))
    season = await week.told()
    assert season.leaders == [Points(ADA, 400), Points(BEN, 300)]
    assert season.streaks == [LongStreak(ADA, 4), LongStreak(BEN, 3)]
    assert [(one.right, one.answered) for one in season.hard] == [(1, 3), (2, 3), (2, 3), (2, 3)]
    week.now += 7 * SECONDS_A_DAY
    await week.answers(CLEO)
    assert await week.told() == season


async def test_the_closest_game_is_found_and_a_tie_in_it_is_a_tie(week: Week) -> None:
    await week.game(ada=200, ben=100)
    assert (await week.told()).race == [Points(ADA, 200), Points(BEN, 100)]
    await week.game(ada=300)
    await week.game(ada=150, ben=150, cleo=20)
    assert (await week.told()).race == [Points(ADA, 150), Points(BEN, 150), Points(CLEO, 20)]


async def test_who_hides_from_boards_is_in_nothing_that_names_anybody(week: Week) -> None:
    for _n in range(3):
        await week.answers(ADA, BEN, wrong=(CLEO,))
    await week.game(ada=200, ben=190, cleo=100)
    await week.scores.set_off_board(EVERYWHERE, ADA, is_off=True)
    await week.scores.set_off_board(GUILD, CLEO, is_off=True)
    season = await week.told()
    assert [one.user_id for one in season.leaders] == [BEN]
    assert [one.user_id for one in season.streaks] == [BEN]
    assert season.race == []
    assert season.hard[0].answered == 3
