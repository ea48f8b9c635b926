"""What a member practises: nothing twice as long as something else brings points."""

import random
from time import time

from bot.interview.audience import Reader, SpoilerPolicy, audience
from bot.state.questions import Questions
from bot.state.scores import Scores
from bot.trivia.practice import Practice
from tests.trivia.conftest import Room

SEES_ALL = Reader(audience(SpoilerPolicy.SHOW, allows_mature=True))
MEMBER, GUILD, CHANNEL = 7, 8, 9


async def test_nothing_is_asked_twice_where_points_are_counted(room: Room) -> None:
    questions = Questions(room.database, time)
    practice = Practice(room.maker, Scores(room.database, time), random.Random(5))
    statements: list[str] = []
    verdicts: list[bool] = []
    for _n in range(24):
        question = await practice.next(MEMBER, GUILD, room.interview, SEES_ALL)
        assert question is not None
        question_id = await questions.add(CHANNEL, question.stored())
        wrong = (question.right + 1) % len(question.choices)
        answer = await questions.answer(question_id, MEMBER, wrong, GUILD, CHANNEL)
        assert answer is not None
        statements.append(question.statement)
        verdicts.append(answer.counts)
    new = len(set(statements))
    assert new == 16, "twelve quotes and four facts"
    assert verdicts == [True] * new + [False] * (24 - new)


async def test_what_was_mastered_is_asked_no_more(room: Room) -> None:
    questions = Questions(room.database, time)
    practice = Practice(room.maker, Scores(room.database, time), random.Random(5))
    items: list[str] = []
    while question := await practice.next(MEMBER, GUILD, room.interview, SEES_ALL):
        question_id = await questions.add(CHANNEL, question.stored())
        await questions.answer(question_id, MEMBER, question.right, GUILD, CHANNEL)
        items.append(question.item)
        assert len(items) < 200
    assert {items.count(item) for item in items} == {2}
