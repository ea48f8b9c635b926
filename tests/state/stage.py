"""A channel in which games are played, as it is stored."""

from bot.state.database import Database
from bot.state.game import Ending, Game, Setup
from bot.state.game_answers import GameAnswers
from bot.state.games import Games
from bot.state.periods import Period
from bot.state.questions import Questions, StoredQuestion, Worth
from bot.state.scores import Scores

CHANNEL, GUILD, STARTER = 5, 77, 1
SETUP = Setup(rounds=3, seconds=20)


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Stage:
    """A game in a channel; choice 1 is right and brings 100 points."""

    def __init__(self, database: Database) -> None:
        self.clock = Clock()
        self.games = Games(database, self.clock)
        self.answers = GameAnswers(database)
        self.questions = Questions(database, self.clock)
        self.scores = Scores(database, self.clock)

    async def question(self, statement: str) -> int:
        question = StoredQuestion(
            "{}", 4, 1, "boat", "curated", statement, statement, Worth(100, 10, 50)
        )
        return await self.questions.add(CHANNEL, question)

    async def start(self, statement: str = "fact:1") -> Game:
        question_id = await self.question(statement)
        game_id = await self.games.start(CHANNEL, GUILD, STARTER, "boat", SETUP, question_id)
        assert game_id is not None
        return await self.now(game_id)

    async def now(self, game_id: int) -> Game:
        game = await self.games.find(game_id)
        assert game is not None
        return game

    async def answer(self, game: Game, user_id: int, choice: int) -> tuple[int, int] | None:
        points = 100 if choice == game.right_choice else 0
        return await self.answers.put(game, user_id, choice, points, 1.0)

    async def over(self, game: Game) -> None:
        assert await self.games.end(game, Ending.STOPPED)
        await self.games.finish(game.id)

    async def board(self) -> list[tuple[int, int]]:
        top = await self.scores.top(GUILD, Period.WEEK, 10)
        return [(score.user_id, score.points) for score in top]
