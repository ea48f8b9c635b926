"""A game in the database: one a channel, each move once, points when it is over."""

import asyncio

import pytest

from bot.state.database import Database
from bot.state.games import Ending, Game, Games, Phase, Setup
from bot.state.periods import Period
from bot.state.questions import Questions, StoredQuestion, Worth
from bot.state.scores import Scores

CHANNEL, GUILD, STARTER = 5, 77, 1
SETUP = Setup(rounds=3, seconds=20)


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Stage:
    """A game in a channel; choice 1 is right and brings 100 points."""

    def __init__(self, database: Database) -> None:
        self.clock = Clock()
        self.games = Games(database, self.clock)
        self.questions = Questions(database, self.clock)
        self.scores = Scores(database, self.clock)

    async def question(self, statement: str) -> int:
        question = StoredQuestion(
            "{}", 4, 1, "boat", "curated", statement, statement, Worth(100, 10, 50)
        )
        return await self.questions.add(CHANNEL, question)

    async def start(self, statement: str = "fact:1") -> Game:
        question_id = await self.question(statement)
        game_id = await self.games.start(CHANNEL, GUILD, STARTER, "boat", SETUP, question_id)
        assert game_id is not None
        return await self.now(game_id)

    async def now(self, game_id: int) -> Game:
        game = await self.games.find(game_id)
        assert game is not None
        return game

    async def answer(self, game: Game, user_id: int, choice: int) -> tuple[int, int] | None:
        points = 100 if choice == game.right_choice else 0
        return await self.games.answer(game, user_id, choice, points, 1.0)

    async def over(self, game: Game) -> None:
        assert await self.games.end(game, Ending.STOPPED)
        await self.games.finish(game.id)

    async def board(self) -> list[tuple[int, int]]:
        top = await self.scores.top(GUILD, Period.WEEK, 10)
        return [(score.user_id, score.points) for score in top]


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


async def test_one_game_a_channel(stage: Stage) -> None:
    game = await stage.start()
    question_id = await stage.question("fact:2")
    assert await stage.games.start(CHANNEL, GUILD, 2, "boat", SETUP, question_id) is None
    assert await stage.games.is_played(CHANNEL)
    await stage.over(game)
    assert await stage.games.start(CHANNEL, GUILD, 2, "boat", SETUP, question_id) is not None


async def test_an_answer_may_be_changed_once(stage: Stage) -> None:
    game = await stage.start()
    assert await stage.answer(game, 7, 0) == (0, 0)
    assert await stage.answer(game, 7, 0) is None, "a double press changes nothing"
    assert await stage.answer(game, 7, 1) == (1, 1)
    assert await stage.answer(game, 7, 2) is None
    assert await stage.games.choice(game, 7) == 1
    assert [answer.points for answer in await stage.games.answers(game)] == [100]


async def test_no_answer_counts_after_the_round(stage: Stage) -> None:
    game = await stage.start()
    assert await stage.games.reveal(game, 99.0)
    assert await stage.answer(game, 7, 1) is None
    second = await stage.now(game.id)
    assert await stage.games.ask(second, await stage.question("fact:2"))
    assert await stage.answer(game, 7, 1) is None, "the button of a round before"
    assert await stage.games.answers(game) == []


async def test_each_move_is_made_once(stage: Stage) -> None:
    game = await stage.start()
    moves = [stage.games.reveal(game, 99.0) for _n in range(4)]
    moves += [stage.games.end(game, Ending.STOPPED) for _n in range(4)]
    assert sum(await asyncio.gather(*moves)) == 1


async def test_idle_rounds_are_counted_until_somebody_answers(stage: Stage) -> None:
    game = await stage.start()
    idle_rounds: list[int] = []
    for number in range(2, 6):
        if number == 4:
            await stage.answer(game, 7, 1)
        await stage.games.reveal(game, 99.0)
        game = await stage.now(game.id)
        idle_rounds.append(game.idle_rounds)
        await stage.games.ask(game, await stage.question(f"fact:{number}"))
        game = await stage.now(game.id)
    assert idle_rounds == [1, 2, 0, 1]
    assert await stage.games.statements(game) == [f"fact:{n}" for n in range(1, 6)]


async def test_all_have_answered_who_answered_before(stage: Stage) -> None:
    game = await stage.start()
    await stage.answer(game, 7, 1)
    await stage.answer(game, 8, 1)
    assert not await stage.games.all_have_answered(game), "in the first round nobody is known"
    await stage.games.reveal(game, 99.0)
    await stage.games.ask(await stage.now(game.id), await stage.question("fact:2"))
    game = await stage.now(game.id)
    await stage.answer(game, 7, 1)
    await stage.answer(game, 9, 1)
    assert not await stage.games.all_have_answered(game)
    await stage.answer(game, 8, 0)
    assert await stage.games.all_have_answered(game)


async def test_who_alone_answered_a_round_does_not_end_those_that_follow(stage: Stage) -> None:
    game = await stage.start()
    await stage.answer(game, 7, 1)
    await stage.answer(game, 8, 1)
    alone: list[bool] = []
    for number in range(2, 7):
        await stage.games.reveal(game, 99.0)
        await stage.games.ask(await stage.now(game.id), await stage.question(f"fact:{number}"))
        game = await stage.now(game.id)
        await stage.answer(game, 7, 1)
        alone.append(await stage.games.all_have_answered(game))
    assert alone == [False, False, False, True, True], "who left is not waited for any more"


async def test_two_hundred_members_in_one_second_are_each_counted_once(stage: Stage) -> None:
    game = await stage.start()
    users = range(1, 201)
    await asyncio.gather(*(stage.answer(game, user, user % 4) for user in users for _n in range(2)))
    answers = await stage.games.answers(game)
    assert {answer.user_id: answer.choice for answer in answers} == {
        user: user % 4 for user in users
    }
    assert await stage.games.count(game) == 200
    await stage.over(game)
    assert len(await stage.scores.top(GUILD, Period.WEEK, 500)) == 50


async def test_a_game_between_members_counts_each_time(stage: Stage) -> None:
    for expected in (100, 200):
        game = await stage.start()
        await stage.answer(game, 7, 1)
        await stage.answer(game, 8, 0)
        await stage.over(game)
        assert await stage.board() == [(7, expected)]
    assert (await stage.scores.numbers(GUILD, 8)).by_kind == {"curated": (2, 0)}
    assert (await stage.scores.practised(7, "boat"))["fact:1"].is_mastered


async def test_a_game_alone_counts_a_statement_once_a_week(stage: Stage) -> None:
    for _n in range(3):
        game = await stage.start()
        await stage.answer(game, 7, 1)
        await stage.over(game)
    assert await stage.board() == [(7, 100)]
    number = await stage.question("fact:1")
    answer = await stage.questions.answer(number, 7, 1, GUILD)
    assert answer is not None
    assert not answer.counts


async def test_what_a_game_brought_is_added_once(stage: Stage) -> None:
    game = await stage.start()
    await stage.answer(game, 7, 1)
    await stage.answer(game, 8, 1)
    await stage.over(game)
    await stage.games.finish(game.id)
    assert await stage.board() == [(7, 100), (8, 100)]
    assert (await stage.now(game.id)).phase is Phase.DONE
    assert await stage.games.under_way() == []


async def test_old_games_are_forgotten_and_what_they_brought_stays(stage: Stage) -> None:
    game = await stage.start()
    await stage.answer(game, 7, 1)
    await stage.over(game)
    running = await stage.start("fact:2")
    stage.clock.now += 31 * 86_400
    assert await stage.games.forget_old() == 1
    assert await stage.games.find(game.id) is None
    assert await stage.games.find(running.id) is not None
    assert (await stage.scores.numbers(GUILD, 7)).points == 100


async def test_a_question_of_a_game_is_answered_in_the_game_only(stage: Stage) -> None:
    game = await stage.start()
    assert await stage.questions.answer(game.question_id, 7, 1, GUILD, CHANNEL) is None
    assert await stage.board() == []


async def test_a_channel_keeps_its_last_games_and_the_question_of_one_under_way(
    stage: Stage, database: Database
) -> None:
    for _n in range(210):
        game = await stage.start()
        await stage.answer(game, 7, 1)
        await stage.answer(game, 8, 0)
        await stage.over(game)
    sizes = [
        (await database.read(f"SELECT count(*) FROM {table}"))[0][0]
        for table in ("game", "game_round", "game_answer")
    ]
    assert sizes == [200, 200, 400]
    assert await stage.board() == [(7, 21_000)], "what it brought stays"
    game = await stage.start()
    for number in range(2010):
        await stage.question(f"fact:{number}")
    assert (await stage.now(game.id)).document == "{}"


async def test_who_is_on_no_board_is_marked_where_others_read_along(stage: Stage) -> None:
    async def hidden(game: Game) -> list[int]:
        answers = await stage.games.answers(game)
        return [answer.user_id for answer in answers if answer.is_hidden]

    game = await stage.start()
    for user_id in (7, 8, 9, 10):
        await stage.answer(game, user_id, 1)
    assert await hidden(game) == []
    await stage.scores.put_off(0, 7, is_off=True)
    await stage.scores.put_off(GUILD, 8, is_off=True)
    await stage.scores.put_off(GUILD + 1, 9, is_off=True)
    assert await hidden(game) == [7, 8]
    question_id = await stage.question("fact:2")
    direct = await stage.games.start(99, 0, 7, "boat", SETUP, question_id)
    assert direct is not None
    alone = await stage.now(direct)
    await stage.answer(alone, 7, 1)
    assert await hidden(alone) == [], "there is nobody to hide from"
