"""A game goes from its start to its board, whatever fails on the way."""

import asyncio
import logging
from collections import deque

import pytest

from bot.errors import GoneError, PassingError, StateUnavailableError
from bot.process.outages import Part
from bot.state.game import Ending, Phase, Setup
from bot.trivia.game.scenes import AnswerScene, RoundScene
from tests.trivia.conftest import Room
from tests.trivia.game.venue import CALM, CHANNEL, GUILD, MIKA, ROBIN, TIMED, Venue
from tests.waiting import until


async def test_a_game_goes_from_its_first_round_to_its_board(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    for number in (1, 2):
        await patient.stage.until(RoundScene, number)
        for user_id in (MIKA, ROBIN):
            await patient.answer(game_id, number, user_id)
        # Who led the first round ends it; the second ends when both have answered.
        if number == 1:
            await patient.host.hurry(await patient.host.game(game_id))
        await patient.stage.until(AnswerScene, number)
        await patient.host.hurry(await patient.host.game(game_id))
    game = await patient.until_done(game_id)
    assert patient.stage.titles() == [
        ("RoundScene", 1),
        ("AnswerScene", 1),
        ("RoundScene", 2),
        ("AnswerScene", 2),
        ("BoardScene", 2),
    ]
    assert game.ending is Ending.PLAYED
    assert {standing.user_id for standing in patient.stage.board.standings} == {MIKA, ROBIN}
    assert patient.stage.counted == [1, 1, 2, 2]
    questions = [scene.question for scene in patient.stage.scenes if isinstance(scene, RoundScene)]
    assert questions[0].statement != questions[1].statement


async def test_a_game_that_nobody_answers_ends_early(hasty: Venue) -> None:
    game_id = await hasty.start(Setup(rounds=9, seconds=20))
    game = await hasty.until_done(game_id)
    assert (game.round, game.ending) == (2, Ending.IDLE)
    assert hasty.stage.board.standings == []


async def test_a_calm_game_that_is_left_alone_is_given_up(hasty: Venue) -> None:
    game = await hasty.until_done(await hasty.start(CALM))
    assert (game.round, game.ending) == (1, Ending.IDLE)


async def test_a_game_that_has_asked_everything_ends_early(patient: Venue) -> None:
    # One curated question is easy, and a game asks nothing twice.
    game_id = await patient.start(Setup(rounds=9, seconds=20, kind="curated", difficulty="easy"))
    await patient.stage.until(RoundScene)
    await patient.answer(game_id, 1, MIKA)
    await patient.host.hurry(await patient.until_posted(game_id))
    await patient.stage.until(AnswerScene)
    await patient.host.hurry(await patient.host.game(game_id))
    game = await patient.until_done(game_id)
    assert (game.round, game.ending) == (1, Ending.EMPTY)
    assert patient.stage.titles()[-1] == ("BoardScene", 1)


async def test_what_passes_is_tried_again(patient: Venue) -> None:
    patient.stage.failures.extend([PassingError("503")] * 4)
    game_id = await patient.start(TIMED)
    await patient.stage.until(RoundScene)
    assert patient.stage.tries == 5
    assert (await patient.host.game(game_id)).phase is Phase.ASKING


async def test_what_does_not_pass_after_all_ends_the_game(room: Room) -> None:
    venue = Venue(room, 60, patience=0.05)
    venue.stage.failures.extend([PassingError("503")] * 9999)
    await venue.until_done(await venue.start(TIMED))
    assert venue.stage.scenes == []
    venue.stage.failures.clear()
    await venue.start(TIMED)
    await venue.stage.until(RoundScene)
    assert not venue.outages.reasons
    await venue.loop.close()


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("RoundScene", 1),
        ("AnswerScene", 1),
        ("RoundScene", 2),
        ("AnswerScene", 2),
        ("BoardScene", 2),
    ],
)
async def test_a_game_goes_on_by_itself_after_the_database_was_locked(
    hasty: Venue, name: str, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await hasty.lock_at(name, number)
    game = await hasty.until_done(await hasty.start(Setup(rounds=9, seconds=20)))
    assert (game.round, game.ending) == (2, Ending.IDLE)
    assert [type(scene).__name__ for scene in hasty.stage.scenes] == [
        "RoundScene",
        "AnswerScene",
        "RoundScene",
        "AnswerScene",
        "AnswerScene",
        "BoardScene",
    ], "nothing is posted twice"
    lines = [record.message for record in caplog.records if record.message.startswith("games")]
    trouble = hasty.room.place.trouble
    assert lines == [f"games: not working for now: {trouble}", "games: working again"]
    await hasty.start(TIMED)


async def test_a_bug_ends_its_game_alone_and_is_shown_once(
    patient: Venue, caplog: pytest.LogCaptureFixture
) -> None:
    patient.stage.failures.append(ValueError("ours"))
    game_id = await patient.start(TIMED)
    await patient.until_done(game_id)
    (record,) = [record for record in caplog.records if record.exc_info]
    assert record.message == f"game {game_id} in channel {CHANNEL} ends"
    await patient.start(TIMED)
    await patient.stage.until(RoundScene)


async def test_a_bug_while_the_database_is_locked_frees_the_channel_later(patient: Venue) -> None:
    await patient.room.place.hurry(patient.room.database)
    patient.stage.failures.append(ValueError("ours"))
    game_id = await patient.host.start(CHANNEL, GUILD, MIKA, patient.slug, TIMED)
    with patient.room.place.locked():
        patient.loop.lead(game_id)
        await until(lambda: Part.GAMES in patient.outages.reasons)
    await patient.until_done(game_id)
    assert not patient.outages.reasons


async def test_a_game_that_cannot_be_read_any_more_keeps_no_channel_busy(
    patient: Venue, room: Room
) -> None:
    game_id = await patient.host.start(CHANNEL, GUILD, MIKA, patient.slug, TIMED)
    await room.database.write("UPDATE game SET setup = '{}' WHERE id = ?", game_id)
    patient.loop.lead(game_id)
    await patient.until_free()
    assert await patient.start(TIMED) != game_id


async def test_a_game_whose_question_is_gone_keeps_no_channel_busy(
    patient: Venue, room: Room
) -> None:
    game_id = await patient.host.start(CHANNEL, GUILD, MIKA, patient.slug, TIMED)
    await room.database.write("DELETE FROM question")
    patient.loop.lead(game_id)
    await patient.until_free()
    assert await patient.start(TIMED) != game_id


async def test_one_game_that_waits_does_not_come_and_go_with_the_others(
    patient: Venue, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    patient.stage.failures.extend([PassingError("503")] * 5)
    game_ids = [
        await patient.host.start(channel, GUILD, MIKA, patient.slug, TIMED) for channel in (7, 8)
    ]
    for game_id in game_ids:
        patient.loop.lead(game_id)
    for game_id in game_ids:
        await patient.until_posted(game_id)
    lines = [record.message for record in caplog.records if record.message.startswith("games")]
    assert lines == ["games: not working for now: 503", "games: working again"]


async def test_games_are_resumed_when_the_database_can_be_read_again(
    patient: Venue, monkeypatch: pytest.MonkeyPatch
) -> None:
    game_id = await patient.host.start(CHANNEL, GUILD, MIKA, patient.slug, TIMED)
    failures = deque([StateUnavailableError("locked"), ValueError("ours"), None])
    under_way = patient.games.under_way

    async def failing() -> list[tuple[int, int]]:
        if (failure := failures.popleft()) is not None:
            raise failure
        return await under_way()

    monkeypatch.setattr(patient.games, "under_way", failing)
    await patient.loop.resume(lambda _guild_id: True)
    await patient.stage.until(RoundScene)
    assert (await patient.until_posted(game_id)).round == 1
    assert not failures


async def test_a_host_that_waits_closes_without_a_word(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    venue = Venue(room, 60)
    venue.stage.failures.extend([PassingError("503")] * 9999)
    await venue.start(TIMED)
    await until(lambda: Part.GAMES in venue.outages.reasons)
    caplog.clear()
    await venue.loop.close()
    assert caplog.records == []
    assert venue.loop._tasks == {}


async def test_a_place_that_is_gone_ends_the_game_at_once(patient: Venue) -> None:
    patient.stage.failures.append(GoneError("Unknown Channel"))
    await patient.until_done(await patient.start(TIMED))
    assert patient.stage.tries == 1
    await patient.start(TIMED)


async def test_a_game_goes_on_where_a_host_has_left_it(patient: Venue, room: Room) -> None:
    game_id = await patient.start(TIMED)
    await patient.stage.until(RoundScene)
    await patient.answer(game_id, 1, MIKA)
    await patient.until_posted(game_id)
    await patient.loop.close()
    after = Venue(room, 60)
    await after.loop.resume(lambda guild_id: guild_id == GUILD)
    await after.host.hurry(await after.host.game(game_id))
    await after.stage.until(AnswerScene)
    assert after.stage.titles() == [("AnswerScene", 1)], "the round was shown before"
    await after.loop.close()
    elsewhere = Venue(room, 60)
    await elsewhere.loop.resume(lambda guild_id: guild_id != GUILD)
    assert elsewhere.loop._tasks == {}


def answers_shown(venue: Venue) -> list[tuple[Phase, int]]:
    """List the phases in which the answer was shown, and in which message."""
    shown = [scene for scene in venue.stage.scenes if isinstance(scene, AnswerScene)]
    return [(scene.game.phase, scene.message_id) for scene in shown]


async def until_answered(venue: Venue, game_id: int) -> None:
    await venue.host.hurry(await venue.until_posted(game_id))
    await venue.until(game_id, lambda game: game.answer_shown_in is Phase.READING)


async def test_an_answer_is_shown_once_however_often_a_game_is_looked_at(
    patient: Venue, room: Room
) -> None:
    game_id = await patient.start(CALM)
    await until_answered(patient, game_id)
    for _n in range(3):
        patient.loop.nudge(game_id)
        await until(lambda: not patient.loop._nudges[game_id].is_set())
    await patient.loop.close()
    assert answers_shown(patient) == [(Phase.READING, 101)]
    after = Venue(room, 60)
    after.loop.lead(game_id)
    await after.host.hurry(await after.host.game(game_id))
    await after.stage.until(RoundScene, 2)
    assert answers_shown(after) == []
    await until_answered(after, game_id)
    assert answers_shown(after) == [(Phase.READING, 102)], "that of the next round is another"
    await after.loop.close()


async def test_an_answer_that_was_said_anew_is_changed_where_it_stands(patient: Venue) -> None:
    game_id = await patient.start(CALM)
    patient.stage.answered_in = 999
    await until_answered(patient, game_id)
    await patient.host.stop(await patient.host.game(game_id))
    await patient.until_done(game_id)
    assert answers_shown(patient) == [(Phase.READING, 101), (Phase.BOARD, 999)]


async def test_a_host_closes_also_while_a_game_is_nudged(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    game = await patient.until_posted(game_id)
    await asyncio.sleep(0.05)
    patient.loop.nudge(game.id)
    # Its task has not been awake since.
    await asyncio.sleep(0)
    async with asyncio.timeout(60):
        await patient.loop.close()
    assert patient.loop._tasks == {}


async def test_an_answer_says_what_comes_next_until_that_is_there(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    for number in (1, 2):
        await patient.stage.until(RoundScene, number)
        await patient.host.hurry(await patient.until_posted(game_id))
        await patient.stage.until(AnswerScene, number)
        await patient.host.hurry(await patient.host.game(game_id))
    await patient.until_done(game_id)
    assert patient.stage.left == [1], "the last one is changed once the board is due"
    assert answers_shown(patient)[-1] == (Phase.BOARD, 102)


async def test_a_game_that_was_deleted_with_its_starter_draws_nothing_more(
    hasty: Venue, room: Room
) -> None:
    game_id = await hasty.start(Setup(rounds=9, seconds=20))
    await hasty.stage.until(AnswerScene)
    game = await hasty.host.game(game_id)
    await room.database.write("DELETE FROM game WHERE id = ?", game_id)
    await until(lambda: not hasty.loop._tasks)
    counting = "SELECT (SELECT count(*) FROM question), (SELECT count(*) FROM bag)"
    before = tuple((await room.database.read(counting))[0])
    assert await hasty.questions.add_next(game) is None
    assert tuple((await room.database.read(counting))[0]) == before
