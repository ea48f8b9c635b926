"""Answers: the first one stands, all are counted, none is lost."""

import asyncio
from collections.abc import Mapping
from time import time

import pytest

from bot.state.database import Database
from bot.state.questions import EVERY_CHANNEL, Questions, StoredQuestion, Tally
from tests.state.stage import hops


async def test_the_first_answer_stands(database: Database) -> None:
    questions = Questions(database, time)
    number = await questions.add(5, StoredQuestion("shown", 4, 2))
    first = await questions.answer(number, 11, 2)
    later = await questions.answer(number, 11, 0)
    assert first is not None
    assert first == later
    assert (first.choice, first.is_right, first.document) == (2, True, "shown")
    assert await questions.tally(number) == Tally(1, 1)


async def test_a_race_of_clicks_counts_once_a_member(database: Database) -> None:
    questions = Questions(database, time)
    number = await questions.add(5, StoredQuestion("shown", 4, 1))
    answers = await asyncio.gather(
        *(questions.answer(number, user, choice) for user in range(20) for choice in range(4))
    )
    assert await questions.tally(number) == Tally(
        20, sum(answer.is_right for answer in answers if answer) // 4
    )


async def test_an_answer_and_what_it_masters_are_one_hop(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = Questions(database, time)
    items = ("fact:1", "fact:1", "curated:1", "fact:1")
    asked = [StoredQuestion("shown", 4, 1, "boat", item=item) for item in items]
    numbers = [await questions.add(5, question) for question in asked]
    other = await questions.add(5, StoredQuestion("shown", 4, 1, "ship", item="fact:1"))
    noted, counts = hops(database, monkeypatch), list[Mapping[str, int]]()
    for number, choice in zip([*numbers, other], (1, 1, 1, 0, 1), strict=True):
        answer, count = await questions.answer_and_count(number, 11, choice, 0, 5)
        assert answer is not None
        counts.append(count)
    assert counts == [{}, {"fact": 1}, {"fact": 1}, {}, {}], "each as it is after the answer"
    assert len(noted) == 5


async def test_the_owner_of_direct_messages_is_noted_once_before_their_questions(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = Questions(database, time)
    await questions.add(5, StoredQuestion("shown", 4, 2), 11)
    ((channel_id, user_id),) = await database.read("SELECT channel_id, user_id FROM dm_channel")
    assert (channel_id, user_id) == (5, 11)
    taken = hops(database, monkeypatch)
    await questions.add(5, StoredQuestion("shown next", 4, 2), 11)
    assert len(taken) == 1
    await database.write("DELETE FROM dm_channel")
    await questions.add(5, StoredQuestion("shown again", 4, 2), 11)
    assert len(await database.read("SELECT user_id FROM dm_channel")) == 1


async def test_an_answer_to_what_is_gone_is_none(database: Database) -> None:
    assert await Questions(database, time).answer(404, 1, 1) is None
    assert await Questions(database, time).tally(404) == Tally()


async def test_a_choice_that_the_question_does_not_have_is_none(database: Database) -> None:
    questions = Questions(database, time)
    number = await questions.add(5, StoredQuestion("shown", 2, 1))
    assert await questions.answer(number, 11, 3) is None
    assert await questions.tally(number) == Tally()


class Days:
    """A clock that stands at noon of a day."""

    def __init__(self) -> None:
        self.day = 20_000

    def __call__(self) -> float:
        return self.day * 86_400 + 43_200


async def test_the_question_of_a_day_is_one_for_everyone(database: Database) -> None:
    questions = Questions(database, time)
    first = await questions.of_the_day(20_000, StoredQuestion("shown", 4, 2, "boat"))
    edited = await questions.of_the_day(20_000, StoredQuestion("edited", 4, 1, "boat"))
    another = await questions.of_the_day(20_001, StoredQuestion("next", 4, 1, "boat"))
    assert first == edited == (first[0], "shown")
    assert another[0] != first[0]
    assert await questions.add(5, StoredQuestion("a", 4, 1)) != await questions.add(
        5, StoredQuestion("a", 4, 1)
    )


async def test_days_in_a_row_are_counted_and_a_gap_begins_anew(database: Database) -> None:
    clock = Days()
    questions = Questions(database, clock)
    streaks: list[tuple[int, int]] = []
    for clock.day in (20_000, 20_001, 20_002, 20_004, 20_005):
        number, _document = await questions.of_the_day(
            clock.day, StoredQuestion("shown", 4, 2, "boat")
        )
        await questions.answer(number, 7, 0)
        await questions.answer(number, 7, 2)
        streak = await questions.streak(7, "boat", clock.day)
        streaks.append((streak.days, streak.best))
    assert streaks == [(1, 1), (2, 2), (3, 3), (1, 3), (2, 3)]
    assert (await questions.streak(7, "boat", 20_006)).days == 2
    assert (await questions.streak(7, "boat", 20_007)).days == 0
    assert (await questions.streak(8, "boat", 20_005)).days == 0


async def test_an_answer_to_an_earlier_day_is_no_day_in_a_row(database: Database) -> None:
    clock = Days()
    questions = Questions(database, clock)
    number, _document = await questions.of_the_day(clock.day, StoredQuestion("shown", 4, 2, "boat"))
    clock.day += 1
    assert await questions.answer(number, 7, 2) is not None
    assert (await questions.streak(7, "boat", clock.day)).days == 0


async def test_other_questions_make_no_streak(database: Database) -> None:
    clock = Days()
    questions = Questions(database, clock)
    number = await questions.add(5, StoredQuestion("shown", 4, 2))
    await questions.answer(number, 7, 2)
    assert (await questions.streak(7, "boat", clock.day)).best == 0


async def test_a_channel_keeps_its_last_questions(database: Database) -> None:
    questions = Questions(database, time)
    elsewhere = await questions.add(6, StoredQuestion("shown", 4, 1))
    daily, _document = await questions.of_the_day(20_000, StoredQuestion("shown", 4, 1, "boat"))
    first = await questions.add(5, StoredQuestion("shown", 4, 1))
    assert await questions.answer(first, 7, 1) is not None
    numbers = [await questions.add(5, StoredQuestion("shown", 4, 1)) for _n in range(2100)]
    ((count,),) = await database.read("SELECT count(*) FROM question WHERE channel_id = 5")
    assert count == 2000
    assert await questions.answer(first, 8, 1) is None, "answered or not, the oldest goes"
    for number in (elsewhere, daily, numbers[-1], numbers[-2000]):
        assert await questions.answer(number, 7, 1) is not None


async def test_a_question_is_answered_where_it_was_asked(database: Database) -> None:
    questions = Questions(database, time)
    number = await questions.add(5, StoredQuestion("shown", 4, 1))
    daily, _document = await questions.of_the_day(20_000, StoredQuestion("shown", 4, 1, "boat"))
    assert await questions.answer(number, 7, 1, channel_id=6) is None
    assert await questions.answer(number, 7, 1, channel_id=EVERY_CHANNEL) is None
    assert await questions.answer(daily, 7, 1, channel_id=5) is None, "it has buttons of its own"
    assert await questions.tally(number) == await questions.tally(daily) == Tally()
    assert await questions.answer(number, 7, 1, channel_id=5) is not None
    assert await questions.answer(daily, 7, 1, channel_id=EVERY_CHANNEL) is not None
