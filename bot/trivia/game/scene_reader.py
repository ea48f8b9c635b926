"""Scenes of a game, made of what is stored of it."""

from collections.abc import Sequence

from bot.state.game import Game, GameAnswer
from bot.state.game_answers import GameAnswers
from bot.state.games import Games
from bot.trivia.game.rounds import hardest, standings
from bot.trivia.game.scenes import AnswerScene, BoardScene, RoundScene
from bot.trivia.kinds import Question


class SceneReader:
    def __init__(self, games: Games, answers: GameAnswers) -> None:
        self._games = games
        self._answers = answers

    async def round(self, game: Game, due_at: float) -> RoundScene:
        return RoundScene(game, question_of(game), await self._answers.count(game), due_at)

    async def answer(self, game: Game, message_id: int) -> AnswerScene:
        return AnswerScene(game, message_id, question_of(game), await self._answers.list_for(game))

    async def board(self, game: Game) -> BoardScene:
        answers = await self._answers.list_for(game)
        worst = await self._hardest(game, answers)
        return BoardScene(game, standings(answers), worst, bool(answers))

    async def _hardest(self, game: Game, answers: Sequence[GameAnswer]) -> tuple[int, str] | None:
        number = hardest(answers)
        documents = await self._games.documents(game)
        if number is None or number not in documents:
            return None
        return number, Question.from_json(documents[number]).prompt


def question_of(game: Game) -> Question:
    """Give the question of the round that a game is in."""
    return Question.from_json(game.document)
