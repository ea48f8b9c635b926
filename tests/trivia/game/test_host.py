"""What members do with a game: they start and stop it, answer, and look at a round."""

import asyncio

import pytest

from bot.errors import StateUnavailableError, UserError
from bot.state.game import Ending
from bot.trivia.game.scenes import AnswerScene, RoundScene
from tests.trivia.game.venue import CALM, CHANNEL, GUILD, MIKA, ROBIN, TIMED, Venue


async def test_an_open_round_shows_who_answered_only_as_a_number(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    await patient.stage.until(RoundScene)
    message_id = (await patient.until_posted(game_id)).message_id
    assert message_id == 101
    await patient.answer(game_id, 1, ROBIN)
    scene = await patient.host.open_scene(game_id, message_id)
    assert isinstance(scene, RoundScene)
    assert scene.answered == 1
    assert await patient.host.open_scene(game_id, 999) is None, "another message by now"


async def test_a_choice_is_changed_once_and_stands_then(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    await patient.stage.until(RoundScene)
    game = await patient.host.game(game_id)
    receipts = [await patient.host.answer(game, 1, ROBIN, choice) for choice in (0, 1, 0)]
    assert [(receipt.choice, receipt.changes) for receipt in receipts] == [
        (0, 0),
        (1, 1),
        (1, None),
    ]
    await patient.host.hurry(await patient.until_posted(game_id))
    await patient.stage.until(AnswerScene)
    with pytest.raises(UserError, match="This round is over"):
        await patient.host.answer(await patient.host.game(game_id), 1, MIKA, 0)


async def test_a_channel_has_one_game_at_a_time(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    with pytest.raises(UserError, match="A game is already on in this channel"):
        await patient.host.start(CHANNEL, GUILD, ROBIN, patient.slug, TIMED)
    await patient.stage.until(RoundScene)
    await patient.host.stop(await patient.host.game(game_id))
    await patient.until_done(game_id)
    await patient.start(TIMED)


async def test_a_game_that_is_stopped_shows_its_board(patient: Venue) -> None:
    game_id = await patient.start(CALM)
    await patient.stage.until(RoundScene)
    seen = await patient.until_posted(game_id)
    await asyncio.gather(patient.host.stop(seen), patient.host.stop(seen))
    game = await patient.until_done(game_id)
    assert game.ending is Ending.STOPPED
    assert patient.stage.titles() == [("RoundScene", 1), ("AnswerScene", 1), ("BoardScene", 1)]


async def test_an_answer_that_stands_is_not_told_to_have_failed(patient: Venue) -> None:
    game_id = await patient.start(TIMED)
    await patient.stage.until(RoundScene)
    await patient.answer(game_id, 1, MIKA)
    await patient.host.hurry(await patient.until_posted(game_id))
    await patient.stage.until(AnswerScene, 1)
    await patient.host.hurry(await patient.host.game(game_id))
    await patient.stage.until(RoundScene, 2)
    await patient.until_posted(game_id)
    receipt = await patient.host.answer(await patient.host.game(game_id), 2, MIKA, 0)
    await patient.room.place.hurry(patient.room.database)
    with patient.room.place.locked():
        await patient.host.after_answer(receipt)
        with pytest.raises(StateUnavailableError):
            await patient.host.answer(await patient.host.game(game_id), 2, ROBIN, 0)
    await patient.answer(game_id, 2, ROBIN)
    answers = await patient.answers.list_for(receipt.game)
    assert {answer.user_id for answer in answers} == {MIKA, ROBIN}


async def test_a_game_that_is_no_longer_kept_is_a_sentence(patient: Venue) -> None:
    with pytest.raises(UserError, match="I no longer have that game"):
        await patient.host.answer(await patient.host.game(4711), 1, MIKA, 0)
