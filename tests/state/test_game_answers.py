"""An answer counts once, while its round is open, and is changed once at most."""

import asyncio

import pytest

from bot.state.game import Game
from bot.state.periods import Period
from tests.state.stage import GUILD, SETUP, Stage


async def test_an_answer_may_be_changed_once(stage: Stage) -> None:
    game = await stage.start()
    assert await stage.answer(game, 7, 0) == (0, 0)
    assert await stage.answer(game, 7, 0) is None, "a double press changes nothing"
    assert await stage.answer(game, 7, 1) == (1, 1)
    assert await stage.answer(game, 7, 2) is None
    assert await stage.answers.choice(game, 7) == 1
    assert [answer.points for answer in await stage.answers.list_for(game)] == [100]


async def test_no_answer_counts_after_the_round(stage: Stage) -> None:
    game = await stage.start()
    assert await stage.games.reveal(game, 99.0)
    assert await stage.answer(game, 7, 1) is None
    second = await stage.now(game.id)
    assert await stage.games.ask(second, await stage.question("fact:2"))
    assert await stage.answer(game, 7, 1) is None, "the button of a round before"
    assert await stage.answers.list_for(game) == []


async def test_all_have_answered_who_answered_before(stage: Stage) -> None:
    game = await stage.start()
    await stage.answer(game, 7, 1)
    await stage.answer(game, 8, 1)
    assert not await stage.answers.all_have_answered(game), "in the first round nobody is known"
    await stage.games.reveal(game, 99.0)
    await stage.games.ask(await stage.now(game.id), await stage.question("fact:2"))
    game = await stage.now(game.id)
    await stage.answer(game, 7, 1)
    await stage.answer(game, 9, 1)
    assert not await stage.answers.all_have_answered(game)
    await stage.answer(game, 8, 0)
    assert await stage.answers.all_have_answered(game)


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
        alone.append(await stage.answers.all_have_answered(game))
    assert alone == [False, False, False, True, True], "who left is not waited for any more"


@pytest.mark.usefixtures("unhurried")
async def test_two_hundred_members_in_one_second_are_each_counted_once(stage: Stage) -> None:
    game = await stage.start()
    users = range(1, 201)
    await asyncio.gather(*(stage.answer(game, user, user % 4) for user in users for _n in range(2)))
    answers = await stage.answers.list_for(game)
    assert {answer.user_id: answer.choice for answer in answers} == {
        user: user % 4 for user in users
    }
    assert await stage.answers.count(game) == 200
    await stage.over(game)
    assert len(await stage.scores.top(GUILD, Period.WEEK, 500)) == 50


async def test_who_is_on_no_board_is_marked_where_others_read_along(stage: Stage) -> None:
    async def hidden(game: Game) -> list[int]:
        answers = await stage.answers.list_for(game)
        return [answer.user_id for answer in answers if answer.is_hidden]

    game = await stage.start()
    for user_id in (7, 8, 9, 10):
        await stage.answer(game, user_id, 1)
    assert await hidden(game) == []
    await stage.scores.set_off_board(0, 7, is_off=True)
    await stage.scores.set_off_board(GUILD, 8, is_off=True)
    await stage.scores.set_off_board(GUILD + 1, 9, is_off=True)
    assert await hidden(game) == [7, 8]
    question_id = await stage.question("fact:2")
    direct = await stage.games.start(99, 0, 7, "boat", SETUP, question_id)
    assert direct is not None
    alone = await stage.now(direct)
    await stage.answer(alone, 7, 1)
    assert await hidden(alone) == [], "there is nobody to hide from"
