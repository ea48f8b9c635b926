"""A game in the database: one a channel, each move once, points when it is over."""

import asyncio

from bot.state.database import Database
from bot.state.game import Ending, Phase
from tests.state.stage import CHANNEL, GUILD, SETUP, Stage


async def test_one_game_a_channel(stage: Stage) -> None:
    game = await stage.start()
    question_id = await stage.question("fact:2")
    assert await stage.games.start(CHANNEL, GUILD, 2, "boat", SETUP, question_id) is None
    assert await stage.games.is_played(CHANNEL)
    await stage.over(game)
    assert await stage.games.start(CHANNEL, GUILD, 2, "boat", SETUP, question_id) is not None


async def test_each_move_is_made_once(stage: Stage) -> None:
    game = await stage.start()
    moves = [stage.games.reveal(game, 99.0) for _n in range(4)]
    moves += [stage.games.end(game, Ending.STOPPED) for _n in range(4)]
    assert sum(await asyncio.gather(*moves)) == 1


async def test_a_phase_that_is_ended_early_is_so_until_the_next(stage: Stage) -> None:
    game = await stage.start()
    assert await stage.games.hurry(game)
    assert (await stage.now(game.id)).is_hurried, "also before its message is known"
    await stage.games.posted(game, 5, 99.0)
    game = await stage.now(game.id)
    assert (game.is_hurried, game.due_at) == (True, 99.0)
    await stage.games.reveal(game, 199.0)
    assert not (await stage.now(game.id)).is_hurried
    assert not await stage.games.hurry(game), "it was seen in the phase before"


async def test_where_an_answer_was_shown_is_known_until_the_next_round(stage: Stage) -> None:
    game = await stage.start()
    await stage.games.reveal(game, 99.0)
    reading = await stage.now(game.id)
    await stage.games.end(reading, Ending.STOPPED)
    await stage.games.answer_shown(reading, 9)
    game = await stage.now(game.id)
    assert (game.message_id, game.answer_shown_in) == (9, Phase.READING)


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


async def test_a_game_keeps_its_questions_however_much_is_asked_beside_it(stage: Stage) -> None:
    game = await stage.start()
    await stage.games.reveal(game, 99.0)
    await stage.games.ask(await stage.now(game.id), await stage.question("fact:2"))
    await stage.many_questions(2_100)
    assert set(await stage.games.documents(game)) == {1, 2}
    await stage.over(await stage.now(game.id))
    await stage.question("fact:3")
    assert await stage.games.documents(game) == {}, "then they go as all others do"
