"""Answers: the first one stands, all are counted, none is lost."""

import asyncio

from bot.state.database import Database
from bot.state.questions import Questions, Tally


async def test_the_first_answer_stands(database: Database) -> None:
    questions = Questions(database)
    number = await questions.add(5, "shown", 2)
    first = await questions.answer(number, 11, 2)
    later = await questions.answer(number, 11, 0)
    assert first is not None
    assert first == later
    assert (first.choice, first.is_right, first.shown) == (2, True, "shown")
    assert await questions.tally(number) == Tally(1, 1)


async def test_a_race_of_clicks_counts_once_a_member(database: Database) -> None:
    questions = Questions(database)
    number = await questions.add(5, "shown", 1)
    given = await asyncio.gather(
        *(questions.answer(number, user, choice) for user in range(20) for choice in range(4))
    )
    assert await questions.tally(number) == Tally(20, sum(g.is_right for g in given if g) // 4)


async def test_an_answer_to_what_is_gone_is_none(database: Database) -> None:
    assert await Questions(database).answer(404, 1, 1) is None
    assert await Questions(database).tally(404) == Tally()
