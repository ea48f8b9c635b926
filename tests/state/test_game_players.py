"""Who joins a game before its first round, and for how long that is stored."""

from dataclasses import replace

from bot.state.database import Database
from bot.state.game import Ending, Player
from bot.state.game_players import GamePlayers
from tests.state.stage import CHANNEL, GUILD, SETUP, STARTER, Stage

OPEN = replace(SETUP, has_lobby=True)


async def lobby(stage: Stage) -> int:
    question_id = await stage.question("fact:1")
    game_id = await stage.games.start(CHANNEL, GUILD, STARTER, "boat", OPEN, question_id)
    assert game_id is not None
    return game_id


async def test_a_member_joins_once_and_only_before_the_first_round(
    stage: Stage, database: Database
) -> None:
    players, game_id = GamePlayers(database), await lobby(stage)
    game = await stage.now(game_id)
    assert game.is_lobby
    assert [await players.join(game_id, user_id) for user_id in (7, 7, STARTER)] == [
        True,
        False,
        False,
    ]
    assert await stage.games.ask(game, game.question_id)
    assert not await players.join(game_id, 8)
    first = await stage.now(game_id)
    assert (first.round, first.document) == (1, game.document)
    assert await players.list_for(first) == [Player(STARTER), Player(7)]


async def test_the_first_round_waits_for_who_has_joined(stage: Stage, database: Database) -> None:
    players, game_id = GamePlayers(database), await lobby(stage)
    await players.join(game_id, 7)
    game = await stage.now(game_id)
    await stage.games.ask(game, game.question_id)
    game = await stage.now(game_id)
    ends: list[bool] = []
    for user_id in (9, STARTER, 7):
        await stage.answer(game, user_id, 1)
        ends.append(await stage.answers.all_have_answered(game))
    assert ends == [False, False, True]


async def test_who_is_on_no_board_is_marked_among_the_players(
    stage: Stage, database: Database
) -> None:
    players, game_id = GamePlayers(database), await lobby(stage)
    await players.join(game_id, 7)
    await stage.scores.set_off_board(0, 7, is_off=True)
    await stage.scores.set_off_board(GUILD, STARTER, is_off=True)
    game = await stage.now(game_id)
    await players.join(game_id, 8)
    assert await players.list_for(game) == [Player(STARTER, True), Player(7, True), Player(8)]
    assert game.shown_starter_id is None


async def test_who_joined_is_forgotten_with_the_game(stage: Stage, database: Database) -> None:
    for _n in range(205):
        game_id = await lobby(stage)
        await GamePlayers(database).join(game_id, 7)
        game = await stage.now(game_id)
        assert await stage.games.end(game, Ending.STOPPED)
        await stage.games.finish(game_id)
    rows = await database.read("SELECT count(*) FROM game_player")
    assert rows[0][0] == 400, "two in each of the last 200 games of a channel"
    assert await stage.board() == [], "a game that never began brings nothing"
