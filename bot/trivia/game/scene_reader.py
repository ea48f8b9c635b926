"""Scenes of a game, made of what is stored of it."""

from collections.abc import Sequence

from bot.state.game import Game, GameAnswer
from bot.state.game_answers import GameAnswers
from bot.state.game_players import GamePlayers
from bot.state.games import Games
from bot.trivia.game.scenes import AnswerScene, BoardScene, Hardest, LobbyScene, RoundScene
from bot.trivia.game.standings import closest, hardest, standings
from bot.trivia.kinds import Question


class SceneReader:
    def __init__(self, games: Games, players: GamePlayers, answers: GameAnswers) -> None:
        self._games = games
        self._players = players
        self._answers = answers

    async def lobby(self, game: Game, due_at: float, *, is_over: bool = False) -> LobbyScene:
        return LobbyScene(game, await self._players.list_for(game), due_at, is_over)

    async def round(self, game: Game, due_at: float) -> RoundScene:
        return RoundScene(game, question_of(game), await self._answers.count(game), due_at)

    async def answer(self, game: Game, message_id: int, *, is_past: bool = False) -> AnswerScene:
        answers = await self._answers.list_for(game)
        return AnswerScene(game, message_id, question_of(game), answers, is_past)

    async def board(self, game: Game) -> BoardScene:
        answers = await self._answers.list_for(game)
        worst = await self._hardest(game, answers)
        has_hidden = any(answer.is_hidden and answer.points for answer in answers)
        table, moment = standings(answers), closest(answers)
        return BoardScene(game, table, worst, moment, bool(answers), has_hidden)

    async def _hardest(self, game: Game, answers: Sequence[GameAnswer]) -> Hardest | None:
        number = hardest(answers)
        documents = await self._games.documents(game)
        if number is None or number not in documents:
            return None
        question = Question.from_json(documents[number])
        verdicts = [answer.is_right for answer in answers if answer.round == number]
        statement = question.passage or question.prompt
        answer = question.choices[question.right]
        return Hardest(number, statement, answer, sum(verdicts), len(verdicts))


def question_of(game: Game) -> Question:
    """Give the question of the round that a game is in."""
    return Question.from_json(game.document)
