"""Leads games from phase to phase: what is due is read from the database, and shown on a stage."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from bot.errors import GoneError, PassingError
from bot.process.outages import Outages, Part
from bot.process.persistence import FIRST_PAUSE, persist
from bot.process.tasks import cancel
from bot.state.game import Ending, Game, Phase
from bot.state.games import Games
from bot.trivia.game.game_questions import GameQuestions
from bot.trivia.game.rounds import PhaseSeconds, ending_after, is_abandoned, remaining
from bot.trivia.game.scene_reader import SceneReader
from bot.trivia.game.scenes import Stage

log = logging.getLogger(__name__)

PATIENCE: Final = 900.0
"""Seconds after which a game ends that cannot go on: by then its players have gone."""
# As long as players wait before they look elsewhere.
_LONGEST_PAUSE: Final = 15.0

_T = TypeVar("_T")


class GameLoop:
    """One task a game. Whatever it has not done when it dies, the next start does.

    What passes is waited for; what does not ends the game, so that another can begin.
    """

    def __init__(
        self,
        games: Games,
        questions: GameQuestions,
        scenes: SceneReader,
        stage: Stage,
        seconds: PhaseSeconds,
        outages: Outages,
        *,
        first_pause: float = FIRST_PAUSE,
        patience: float = PATIENCE,
    ) -> None:
        self._games = games
        self._questions = questions
        self._scenes = scenes
        self._stage = stage
        self._seconds = seconds
        self._outages = outages
        self._first_pause = first_pause
        self._patience = patience
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._nudges: dict[int, asyncio.Event] = {}

    async def resume(self, is_ours: Callable[[int], bool]) -> None:
        """Go on with the games that a restart has interrupted, in the servers that are ours."""
        games = await self._persist(self._games.under_way, outlasts_bugs=True)
        for game_id, guild_id in games:
            if is_ours(guild_id):
                self.lead(game_id)

    def lead(self, game_id: int) -> None:
        """Lead a game from where it stands."""
        if game_id not in self._tasks:
            self._nudges[game_id] = asyncio.Event()
            self._tasks[game_id] = asyncio.create_task(self._lead(game_id))

    def nudge(self, game_id: int) -> None:
        """Look at a game again: what is due may have changed."""
        if game_id in self._nudges:
            self._nudges[game_id].set()
        else:
            self.lead(game_id)

    async def close(self) -> None:
        await cancel(self._tasks.values())

    async def _lead(self, game_id: int) -> None:
        """Play a game to its end. Whatever ends it, its channel is free for another one then."""
        try:
            await self._play(game_id)
        finally:
            del self._tasks[game_id], self._nudges[game_id]

    async def _play(self, game_id: int) -> None:
        where = f"game {game_id}"
        try:
            while (game := await self._find(game_id)) and game.phase in (
                Phase.ASKING,
                Phase.READING,
            ):
                where = f"game {game_id} in channel {game.channel_id}"
                await self._step(game)
            if game and game.phase is Phase.BOARD:
                await self._close(game)
        except (GoneError, PassingError) as error:
            log.info("%s ends: %s", where, error)
        except Exception:
            log.exception("%s ends", where)
        await self._persist(partial(self._games.finish, game_id), game_id, outlasts_bugs=True)

    async def _step(self, game: Game) -> None:
        """Do what is due in the phase that a game is in."""
        match game.phase:
            case Phase.ASKING if game.message_id is None:
                await self._open(game, self._post_round)
            case Phase.ASKING:
                if await self._wait_until_over(game):
                    await self._patiently(game, self._reveal)
            case _ if game.is_lobby:
                await self._step_in_lobby(game)
            case _:
                await self._show_answer(game)
                if await self._wait_until_over(game):
                    await self._patiently(game, self._leave_answer)
                    await self._patiently(game, self._go_on)

    async def _step_in_lobby(self, game: Game) -> None:
        if game.message_id is None:
            await self._open(game, self._post_lobby)
        elif await self._wait_until_over(game):
            game = await self._open_thread(game)
            await self._patiently(game, self._leave_lobby)
            ask = partial(self._games.ask, question_id=game.question_id)
            await self._patiently(game, ask)

    async def _close(self, game: Game) -> None:
        """Show how a game has ended; one that never began has no board."""
        if game.is_lobby:
            await self._patiently(game, self._leave_lobby)
        else:
            await self._show_answer(game)
            await self._patiently(game, self._show_board)

    async def _find(self, game_id: int) -> Game | None:
        return await self._persist(partial(self._games.find, game_id), game_id)

    async def _open(self, game: Game, post: Callable[[Game], Awaitable[tuple[int, float]]]) -> None:
        """Post what a phase begins with, and note the message and when the phase ends."""
        message_id, due_at = await self._patiently(game, post)
        # Tried again by itself: Discord gives the first message for a few minutes only.
        posted = partial(self._games.posted, message_id=message_id, due_at=due_at)
        await self._patiently(game, posted)

    async def _post_lobby(self, game: Game) -> tuple[int, float]:
        due_at = self._games.now() + self._length(game)
        return await self._stage.open_lobby(await self._scenes.lobby(game, due_at)), due_at

    async def _post_round(self, game: Game) -> tuple[int, float]:
        due_at = self._games.now() + self._length(game)
        return await self._stage.open_round(await self._scenes.round(game, due_at)), due_at

    async def _open_thread(self, game: Game) -> Game:
        """Open the thread of a game that is to have one; gives the game as it is played then."""
        if not game.setup.in_thread or game.thread_id is not None:
            return game
        thread_id = await self._patiently(game, self._stage.open_thread)
        if thread_id is None:
            return game
        await self._patiently(game, partial(self._games.opened_thread, thread_id=thread_id))
        return replace(game, thread_id=thread_id)

    async def _leave_lobby(self, game: Game) -> None:
        await self._stage.close_lobby(await self._scenes.lobby(game, game.due_at, is_over=True))

    async def _leave_answer(self, game: Game) -> None:
        """Say no more what comes next; where nothing does, the end of the game does so."""
        if game.message_id is not None and ending_after(game) is None:
            scene = await self._scenes.answer(game, game.message_id, is_past=True)
            await self._stage.show_answer(scene)

    async def _reveal(self, game: Game) -> None:
        pause = self._seconds(game.setup, Phase.READING, game.round)
        await self._games.reveal(game, self._games.now() + pause)

    async def _show_answer(self, game: Game) -> None:
        """Show the answer of a round, unless it was shown in this phase."""
        if game.message_id is None or game.answer_shown_in is game.phase:
            return
        post = partial(self._post_answer, message_id=game.message_id)
        message_id = await self._patiently(game, post)
        note = partial(self._games.answer_shown, message_id=message_id)
        await self._patiently(game, note)

    async def _post_answer(self, game: Game, message_id: int) -> int:
        return await self._stage.show_answer(await self._scenes.answer(game, message_id))

    async def _go_on(self, game: Game) -> None:
        """Ask the next question, or end the game."""
        ending = ending_after(game)
        if ending is None:
            question_id = await self._questions.add_next(game)
            if question_id is not None:
                await self._games.ask(game, question_id)
                return
            ending = Ending.EMPTY
        await self._games.end(game, ending)

    async def _show_board(self, game: Game) -> None:
        await self._stage.show_board(await self._scenes.board(game))

    def _length(self, game: Game) -> float:
        return self._seconds(game.setup, game.phase, game.round)

    async def _wait_until_over(self, game: Game) -> bool:
        """Wait for the end of a phase; False where the game has to be looked at anew."""
        limit = self._length(game)
        nudge = self._nudges[game.id]
        try:
            # Not `wait_for`: until Python 3.12 that loses a cancellation that comes with the nudge.
            async with asyncio.timeout(remaining(game, self._games.now(), limit)):
                await nudge.wait()
        except TimeoutError:
            return not await self._give_up_if_abandoned(game)
        nudge.clear()
        return False

    async def _give_up_if_abandoned(self, game: Game) -> bool:
        """End a calm game that was left alone; says whether it was."""
        if not is_abandoned(game):
            return False
        await self._patiently(game, partial(self._games.end, ending=Ending.IDLE))
        return True

    async def _patiently(self, game: Game, action: Callable[[Game], Awaitable[_T]]) -> _T:
        """Do something until it works; raises the last PassingError when it takes too long."""
        return await self._persist(partial(action, game), game.id, patience=self._patience)

    async def _persist(
        self,
        action: Callable[[], Awaitable[_T]],
        game_id: int | None = None,
        *,
        patience: float | None = None,
        outlasts_bugs: bool = False,
    ) -> _T:
        return await persist(
            action,
            self._outages,
            Part.GAMES,
            subject=game_id,
            first_pause=self._first_pause,
            longest_pause=_LONGEST_PAUSE,
            patience=patience,
            outlasts_bugs=outlasts_bugs,
        )
