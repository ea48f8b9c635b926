"""What several processes write at once is as if one had waited for the other."""

import asyncio
from random import Random
from typing import Final

import asyncpg
import pytest

from tests.state.postgresql import talk
from tests.state.postgresql.talk import DAY, NOW

Process = asyncpg.Connection
NOTHING: Final = "INSERT 0 0"


async def race(first: Process, statement: str, second: Process, other: str) -> str:
    """Run a statement, and another one in another process before the first one is done."""
    async with first.transaction():
        await first.execute(statement)
        late = asyncio.create_task(second.execute(other))
        await until_it_waits(late, second, first)
    return await late


async def until_it_waits(late: asyncio.Task[str], second: Process, first: Process) -> None:
    """Ask in one process until what another one does is held up by a lock."""
    held_up = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pid = $1)"
    for _n in range(6000):
        if await first.fetchval(held_up, second.get_server_pid()):
            return
        assert not late.done(), "it has to wait"
        await asyncio.sleep(0.01)
    raise AssertionError


async def persist(process: Process, statement: str) -> int:
    """Run a statement as often as it takes; gives how often it was in vain."""
    for attempt in range(100):
        try:
            await process.execute(statement)
        except asyncpg.SerializationError:
            continue
        return attempt
    raise AssertionError("it never succeeds")


async def value(process: Process, sql: str) -> object:
    return await process.fetchval(sql)


async def test_two_right_answers_at_once_are_two_in_a_row(here: Process, there: Process) -> None:
    for number in (1, 2):
        await here.execute(talk.question(number, f"curated:{number}"))
    with pytest.raises(asyncpg.SerializationError):
        await race(here, talk.answer(1, 7, 1), there, talk.answer(2, 7, 1))
    assert await persist(there, talk.answer(2, 7, 1)) == 0
    assert await value(here, "SELECT streak FROM player") == 2


async def test_a_statement_counts_once_a_week_also_when_it_is_answered_twice_at_once(
    here: Process, there: Process
) -> None:
    for number in (1, 2):
        await here.execute(talk.question(number, "curated:1"))
    with pytest.raises(asyncpg.SerializationError):
        await race(here, talk.answer(1, 7, 0), there, talk.answer(2, 7, 0))
    assert await persist(there, talk.answer(2, 7, 0)) == 0
    assert await value(here, "SELECT answered FROM score WHERE period = 'ever'") == 1


async def test_of_a_double_click_the_first_one_stands(here: Process, there: Process) -> None:
    await here.execute(talk.question(1, "curated:1", day=DAY))
    await race(here, talk.answer(1, 7, 1), there, talk.answer(1, 7, 2))
    assert await here.fetchrow("SELECT choice, answered_count FROM answer, question") == (1, 1)


async def test_two_members_wait_for_each_other_no_longer_than_they_have_to(
    here: Process, there: Process
) -> None:
    await here.execute(talk.question(1, "curated:1"))
    assert await race(here, talk.answer(1, 7, 1), there, talk.answer(1, 8, 1)) == "INSERT 0 1"
    assert await value(here, "SELECT answered_count FROM question") == 2


async def test_a_question_that_goes_meanwhile_is_not_answered(
    here: Process, there: Process
) -> None:
    await here.execute(talk.question(1, "curated:1"))
    assert await race(here, "DELETE FROM question", there, talk.answer(1, 7, 1)) == NOTHING
    assert await value(here, "SELECT count(*) FROM player") == 0


async def test_a_choice_comes_too_late_where_its_round_has_ended_meanwhile(
    here: Process, there: Process
) -> None:
    await _play(here)
    assert await race(here, talk.reveal(3), there, talk.choose(3, 7, 1)) == NOTHING


async def test_a_round_that_is_answered_at_the_last_moment_is_not_idle(
    here: Process, there: Process
) -> None:
    await _play(here)
    with pytest.raises(asyncpg.SerializationError):
        await race(here, talk.choose(3, 7, 1), there, talk.reveal(3))
    assert await persist(there, talk.reveal(3)) == 0
    assert await value(here, "SELECT idle_rounds FROM game") == 0


async def test_what_a_member_answers_while_their_own_game_ends_counts_once(
    here: Process, there: Process
) -> None:
    await _play(here)
    await here.execute(talk.choose(3, 7, 1))
    await here.execute(talk.question(2, "curated:1"))
    with pytest.raises(asyncpg.SerializationError):
        await race(here, talk.finish(3), there, talk.answer(2, 7, 0))
    assert await persist(there, talk.answer(2, 7, 0)) == 0
    assert await value(here, "SELECT answered FROM score WHERE period = 'ever'") == 1


async def test_a_game_counts_once_whoever_ends_it(here: Process, there: Process) -> None:
    await _play(here)
    await here.execute(talk.choose(3, 7, 1))
    assert await race(here, talk.finish(3), there, talk.finish(3)) == "UPDATE 0"
    assert await value(here, "SELECT points FROM score WHERE period = 'ever'") == 100


async def test_who_is_forgotten_while_a_game_ends_gets_nothing_for_it(
    here: Process, there: Process
) -> None:
    await _play(here)
    for user in (7, 8):
        await here.execute(talk.choose(3, user, 1))
    await race(here, talk.finish(3), there, talk.forget_member(7))
    assert await here.fetch("SELECT DISTINCT user_id FROM score") == [(8,)]


async def test_who_presses_while_they_are_forgotten_begins_anew(
    here: Process, there: Process
) -> None:
    for number in (1, 2):
        await here.execute(talk.question(number, f"curated:{number}"))
    await here.execute(talk.answer(1, 7, 1))
    with pytest.raises(asyncpg.SerializationError):
        await race(here, talk.forget_member(7), there, talk.answer(2, 7, 1))
    assert await persist(there, talk.answer(2, 7, 1)) == 0
    assert await here.fetch("SELECT streak, best_streak FROM player") == [(1, 1)]


@pytest.mark.parametrize("stored", ["question", "bag"])
async def test_nothing_is_stored_about_direct_messages_that_are_forgotten_meanwhile(
    here: Process, there: Process, stored: str
) -> None:
    storing = talk.bag(9) if stored == "bag" else talk.question(1, "curated:1", channel=9)
    await here.execute(talk.dm(9, 7))
    with pytest.raises(asyncpg.SerializationError):
        await race(here, talk.forget_member(7), there, storing)
    assert await value(here, f"SELECT count(*) FROM {stored}") == 0


async def test_also_a_statement_that_began_before_is_not_too_late(
    here: Process, there: Process
) -> None:
    await here.execute(talk.dm(9, 7))
    await here.execute("SELECT pg_advisory_lock(1)")
    slow = talk.bag(9).replace("WHERE", "FROM pg_advisory_xact_lock(1) WHERE", 1)
    late = asyncio.create_task(there.execute(slow))
    await until_it_waits(late, there, here)
    await here.execute(talk.forget_member(7))
    await here.execute("SELECT pg_advisory_unlock(1)")
    with pytest.raises(asyncpg.SerializationError):
        await late
    assert await persist(there, talk.bag(9)) == 0
    assert await value(here, "SELECT count(*) FROM bag") == 0


async def test_what_was_stored_just_before_is_forgotten_too(here: Process, there: Process) -> None:
    await here.execute(talk.dm(9, 7))
    await race(here, talk.bag(9), there, talk.forget_member(7))
    assert await value(here, "SELECT count(*) FROM bag") == 0


@pytest.mark.parametrize("second", [(7, 8), (8, 7)])
async def test_two_who_challenge_each_other_have_one_duel(
    here: Process, there: Process, second: tuple[int, int]
) -> None:
    for number in (1, 2):
        await here.execute(talk.duel(number, asked_at=NOW + number))
    with pytest.raises(asyncpg.SerializationError):
        await race(here, talk.pair(1, 7, 8), there, talk.pair(2, *second))
    assert await persist(there, talk.pair(2, *second)) == 0
    assert await value(here, "SELECT count(*) FROM duel_player") == 2


async def test_a_turn_is_taken_by_one(here: Process, there: Process) -> None:
    take = """
        INSERT INTO session_turn (bucket, begun_at) VALUES (0, unix_now())
        ON CONFLICT (bucket) DO UPDATE SET begun_at = excluded.begun_at
        WHERE session_turn.begun_at <= excluded.begun_at - 5
    """
    assert await race(here, take, there, take) == NOTHING
    assert await value(here, "SELECT count(*) FROM session_begun") == 1


async def test_what_makes_room_waits_for_nobody(here: Process, there: Process) -> None:
    post = "INSERT INTO posting (channel_id, what, posted_at) VALUES (5, '{}', {})"
    await here.execute(post.format("old", 0))
    async with here.transaction():
        await here.execute("UPDATE posting SET posted_at = 1000")
        await asyncio.wait_for(there.execute(post.format("new", 1_001)), 5)
    assert await value(here, "SELECT count(*) FROM posting") == 2


async def test_many_who_press_at_once_are_all_counted_and_block_nobody(
    here: Process, there: Process
) -> None:
    """Two processes: whoever waits for the other in a circle gets an error, and fails this."""
    for number in range(1, 9):
        await here.execute(talk.question(number, f"curated:{number % 3}"))
        await here.execute(talk.game(number, number, channel=number, guild=77 + number % 2))
        await here.execute(talk.ask(number, number))
        for user in range(1, 6):
            await here.execute(talk.choose(number, user, user % 3))
    await asyncio.gather(_press(here, Random(1)), _press(there, Random(2)))
    numbers = "SELECT sum(answered), (SELECT count(*) FROM answer) + 40 FROM kind_score"
    answered, told = await here.fetchrow(numbers)
    counts = "SELECT count(*) FROM answer WHERE NOT counts"
    assert answered == told - await here.fetchval(counts)
    assert await value(here, "SELECT sum(answered_count) FROM question") == told - 40


async def _press(process: Process, rng: Random) -> None:
    ends = [talk.finish(number) for number in range(1, 9)]
    answers = [talk.answer(1 + n % 8, 1 + n // 8, n % 2, guild=77 + n % 2) for n in range(40)]
    presses = ends + answers + answers
    rng.shuffle(presses)
    for press in presses:
        await persist(process, press)


async def _play(process: Process) -> None:
    for statement in (talk.question(1, "curated:1"), talk.game(3, 1), talk.ask(3, 1)):
        await process.execute(statement)
