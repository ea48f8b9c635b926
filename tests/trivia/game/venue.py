"""A host of games without Discord: on a stage that only notes what it shows."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from time import time

from bot.process.outages import Outages, Part
from bot.state.game import Game, Phase, Setup
from bot.state.game_answers import GameAnswers
from bot.state.game_players import GamePlayers
from bot.state.games import Games
from bot.state.guild_settings import GuildSettingsStore
from bot.state.questions import Questions
from bot.trivia.game.game_loop import GameLoop
from bot.trivia.game.game_questions import GameQuestions
from bot.trivia.game.host import GameHost
from bot.trivia.game.scene_reader import SceneReader
from bot.trivia.game.scenes import AnswerScene, BoardScene, LobbyScene, RoundScene
from tests.trivia.conftest import Room
from tests.waiting import until

CHANNEL, GUILD, MIKA, ROBIN = 1, 2, 3, 4
TIMED = Setup(rounds=2, seconds=20)
CALM = Setup(rounds=2, seconds=20, is_calm=True)
OPEN = Setup(rounds=2, seconds=20, has_lobby=True)

Scene = LobbyScene | RoundScene | AnswerScene | BoardScene


class NotedStage:
    """Notes the scenes that it is given; a failure in `failures` is raised instead of the next."""

    def __init__(self) -> None:
        self.scenes: list[Scene] = []
        self.counted: list[int] = []
        self.left: list[int] = []
        self.failures: deque[Exception] = deque()
        self.on_scene: Callable[[str, int], None] = lambda _name, _number: None
        self.tries = 0
        self.answered_in: int | None = None
        self.thread_id: int | None = None
        self.threads: list[int] = []
        self._changed = asyncio.Event()

    async def open_lobby(self, scene: LobbyScene) -> int:
        self._note(scene)
        return 100

    async def close_lobby(self, scene: LobbyScene) -> None:
        self._note(scene)

    async def open_thread(self, game: Game) -> int | None:
        self.threads.append(game.id)
        return self.thread_id

    async def open_round(self, scene: RoundScene) -> int:
        self._note(scene)
        return 100 + scene.game.round

    def count_along(self, game: Game) -> None:
        self.counted.append(game.round)

    async def show_answer(self, scene: AnswerScene) -> int:
        if scene.is_past:
            self.left.append(scene.game.round)
        else:
            self._note(scene)
        return self.answered_in or scene.message_id

    async def show_board(self, scene: BoardScene) -> None:
        self._note(scene)

    def _note(self, scene: Scene) -> None:
        self.tries += 1
        if self.failures:
            raise self.failures.popleft()
        self.scenes.append(scene)
        self._changed.set()
        self.on_scene(type(scene).__name__, scene.game.round)

    async def until(self, kind: type, number: int = 1) -> None:
        """Wait for a scene of a kind in a round."""
        async with asyncio.timeout(60):
            while not any(
                type(scene) is kind and scene.game.round == number for scene in self.scenes
            ):
                self._changed.clear()
                await self._changed.wait()

    def titles(self) -> list[tuple[str, int]]:
        """List what was shown, each thing once, with its round."""
        titles = [(type(scene).__name__, scene.game.round) for scene in self.scenes]
        return list(dict.fromkeys(titles))

    @property
    def board(self) -> BoardScene:
        (board,) = [scene for scene in self.scenes if isinstance(scene, BoardScene)]
        return board


class Venue:
    """A host whose loop tries again at once, its stage, and the games as they are stored."""

    def __init__(self, room: Room, seconds: float, patience: float = 60) -> None:
        self.room = room
        self.stage = NotedStage()
        self.outages = room.database.outages = Outages()
        self.games = Games(room.database, time)
        self.players = GamePlayers(room.database)
        self.answers = GameAnswers(room.database)
        self.slug = room.interview.slug
        self.questions = questions = GameQuestions(
            room.library,
            room.draw,
            self.games,
            Questions(room.database, time),
            GuildSettingsStore(room.database),
            lambda _guild_id: "en",
        )
        scenes = SceneReader(self.games, self.players, self.answers)
        self.loop = GameLoop(
            self.games,
            questions,
            scenes,
            self.stage,
            lambda _setup, _phase, _number: seconds,
            self.outages,
            first_pause=0.001,
            patience=patience,
        )
        self.host = GameHost(
            self.games, self.players, self.answers, questions, scenes, self.stage, self.loop
        )

    async def lock_at(self, name: str, number: int) -> None:
        """Lock the database when something is shown, until that is noticed."""
        unlocking: list[asyncio.Task[None]] = []

        async def unlock(block: AbstractContextManager[None]) -> None:
            await until(lambda: Part.GAMES in self.outages.reasons)
            block.__exit__(None, None, None)

        def lock(shown: str, of: int) -> None:
            if (shown, of) == (name, number):
                self.stage.on_scene = lambda _name, _number: None
                block = self.room.place.locked()
                block.__enter__()
                unlocking.append(asyncio.create_task(unlock(block)))

        await self.room.place.hurry(self.room.database)
        self.stage.on_scene = lock

    async def start(self, setup: Setup) -> int:
        game_id = await self.host.start(CHANNEL, GUILD, MIKA, self.slug, setup)
        self.loop.lead(game_id)
        return game_id

    async def answer(self, game_id: int, number: int, user_id: int, choice: int = 0) -> None:
        game = await self.host.game(game_id)
        await self.host.after_answer(await self.host.answer(game, number, user_id, choice))

    async def until(self, game_id: int, is_so: Callable[[Game], bool]) -> Game:
        """Wait until a game is stored as it should be."""
        for _n in range(6000):
            if is_so(game := await self.host.game(game_id)):
                return game
            await asyncio.sleep(0.01)
        raise AssertionError(game)

    async def until_free(self) -> None:
        """Wait until another game can be played in the channel."""
        for _n in range(6000):
            if not await self.games.is_played(CHANNEL):
                return
            await asyncio.sleep(0.01)
        raise AssertionError

    async def until_posted(self, game_id: int) -> Game:
        return await self.until(game_id, lambda game: game.message_id is not None)

    async def until_done(self, game_id: int) -> Game:
        game = await self.until(game_id, lambda game: game.phase is Phase.DONE)
        leading = self.loop._tasks.get(game_id)
        if leading is not None:
            await leading
        return game
