"""Before its first round a game waits for who joins, and may go into a thread."""

from dataclasses import replace

import pytest

from bot.errors import UserError
from bot.trivia.game.scenes import AnswerScene, LobbyScene, RoundScene
from tests.trivia.conftest import Room
from tests.trivia.game.venue import CHANNEL, GUILD, MIKA, OPEN, ROBIN, TIMED, Venue


async def test_a_lobby_gathers_players_before_the_first_round(patient: Venue) -> None:
    game_id = await patient.start(OPEN)
    await patient.stage.until(LobbyScene, 0)
    lobby = await patient.until_posted(game_id)
    assert await patient.host.join(lobby, ROBIN)
    assert not await patient.host.join(lobby, ROBIN), "once is enough"
    scene = await patient.host.open_scene(game_id, 100)
    assert isinstance(scene, LobbyScene)
    assert [player.user_id for player in scene.players] == [MIKA, ROBIN]
    assert scene.due_at == lobby.due_at, "who joins keeps nobody waiting"
    await patient.host.hurry(lobby)
    await patient.stage.until(RoundScene, 1)
    game = await patient.until_posted(game_id)
    assert game.question_id == lobby.question_id
    with pytest.raises(UserError, match="This game has already started"):
        await patient.host.join(game, 5)
    for user_id in (MIKA, ROBIN):
        await patient.answer(game_id, 1, user_id)
    await patient.stage.until(AnswerScene, 1)
    assert patient.stage.titles() == [
        ("LobbyScene", 0),
        ("RoundScene", 1),
        ("AnswerScene", 1),
    ], "who joined and answered waits for nobody else"


async def test_who_alone_has_joined_waits_in_the_first_round_for_others(patient: Venue) -> None:
    game_id = await patient.start(OPEN)
    await patient.host.hurry(await patient.until_posted(game_id))
    await patient.stage.until(RoundScene, 1)
    await patient.until(game_id, lambda game: game.round == 1 and game.message_id is not None)
    await patient.answer(game_id, 1, MIKA)
    game = await patient.host.game(game_id)
    assert not game.is_hurried
    await patient.answer(game_id, 1, ROBIN)
    assert not (await patient.host.game(game_id)).is_hurried


async def test_a_lobby_that_is_stopped_has_no_board(patient: Venue) -> None:
    game_id = await patient.start(OPEN)
    await patient.host.stop(await patient.until_posted(game_id))
    await patient.until_done(game_id)
    assert patient.stage.titles() == [("LobbyScene", 0)]
    over = patient.stage.scenes[-1]
    assert isinstance(over, LobbyScene)
    assert over.is_over
    assert await patient.start(TIMED) != game_id


async def test_a_lobby_goes_on_where_a_host_has_left_it(patient: Venue, room: Room) -> None:
    game_id = await patient.start(OPEN)
    await patient.until_posted(game_id)
    await patient.loop.close()
    after = Venue(room, 0.05)
    await after.loop.resume(lambda _guild_id: True)
    await after.stage.until(RoundScene, 1)
    assert after.stage.titles()[:2] == [("LobbyScene", 0), ("RoundScene", 1)]
    closed = after.stage.scenes[0]
    assert isinstance(closed, LobbyScene)
    assert closed.is_over, "it was posted before"
    await after.loop.close()


async def test_a_game_in_a_thread_keeps_its_channel_busy_and_draws_for_it(patient: Venue) -> None:
    patient.stage.thread_id = 100
    game_id = await patient.start(replace(OPEN, in_thread=True))
    await patient.host.hurry(await patient.until_posted(game_id))
    await patient.stage.until(RoundScene, 1)
    game = await patient.host.game(game_id)
    assert (game.channel_id, game.place_id) == (CHANNEL, 100)
    for place in (CHANNEL, 100):
        with pytest.raises(UserError, match="A game is already on"):
            await patient.host.start(place, GUILD, ROBIN, patient.slug, TIMED)
    await patient.host.stop(game)
    await patient.until_done(game_id)
    again = await patient.host.start(CHANNEL, GUILD, ROBIN, patient.slug, OPEN, 100)
    assert (await patient.host.game(again)).place_id == 100


async def test_where_no_thread_may_be_opened_a_game_is_played_in_its_channel(
    patient: Venue,
) -> None:
    game_id = await patient.start(replace(OPEN, in_thread=True))
    await patient.host.hurry(await patient.until_posted(game_id))
    await patient.stage.until(RoundScene, 1)
    assert (await patient.host.game(game_id)).place_id == CHANNEL
    assert patient.stage.threads == [game_id]
