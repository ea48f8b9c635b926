"""Hosts games: what a game needs next is read from the database, and shown on a stage."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final, TypeVar

from bot.errors import GoneError, PassingError, UserError
from bot.interview.audience import Audience, Reader
from bot.interview.library.library import Library
from bot.interview.model import Spoiler
from bot.process.outages import Outages, Part
from bot.process.persistence import FIRST_PAUSE, persist
from bot.state.games import Ending, Game, Games, Phase, Setup
from bot.state.guild_settings import GuildSettingsStore
from bot.state.questions import Questions
from bot.text import _
from bot.trivia.kinds import Question
from bot.trivia.question_draw import QuestionDraw
from bot.trivia.rounds import (
    PhaseSeconds,
    ending_after,
    filter_of,
    hardest,
    is_abandoned,
    remaining,
    round_points,
    standings,
)
from bot.trivia.scenes import AnswerScene, BoardScene, Receipt, RoundScene, Stage

log = logging.getLogger(__name__)

PATIENCE: Final = 900.0
"""Seconds after which a game ends that cannot go on: by then its players have gone."""
# As long as players wait before they look elsewhere.
_LONGEST_PAUSE: Final = 15.0

_T = TypeVar("_T")


class GameHost:
    """One task a game. Whatever it has not done when it dies, the next start does.

    What passes is waited for; what does not ends the game, so that another can begin.
    """

    def __init__(
        self,
        games: Games,
        questions: Questions,
        guild_settings: GuildSettingsStore,
        library: Library,
        draw: QuestionDraw,
        stage: Stage,
        seconds: PhaseSeconds,
        outages: Outages,
        *,
        first_pause: float = FIRST_PAUSE,
        patience: float = PATIENCE,
    ) -> None:
        self._games = games
        self._questions = questions
        self._guild_settings = guild_settings
        self._library = library
        self._draw = draw
        self._stage = stage
        self._seconds = seconds
        self._outages = outages
        self._first_pause = first_pause
        self._patience = patience
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._nudges: dict[int, asyncio.Event] = {}

    async def start(
        self, channel_id: int, guild_id: int, starter_id: int, slug: str, setup: Setup
    ) -> int:
        """Start a game; raises UserError where one is played in the channel or nothing is left.

        It stands still until `lead` is called.
        """
        is_busy = UserError(
            _("A game is played in this channel already."),
            _("Join it, or start yours when it is over."),
        )
        if await self._games.is_played(channel_id):
            raise is_busy
        question = await self._next_question(channel_id, slug, setup, guild_id, ())
        if question is None:
            raise UserError(_("There is nothing to ask here."), _("Leave out kind or difficulty."))
        question_id = await self._questions.add(channel_id, question.stored())
        game_id = await self._games.start(
            channel_id, guild_id, starter_id, slug, setup, question_id
        )
        if game_id is None:
            raise is_busy
        return game_id

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

    async def game(self, game_id: int) -> Game:
        """Give a game; raises UserError where it is no longer kept."""
        game = await self._games.find(game_id)
        if game is None:
            raise UserError(_("This game is no longer kept."), _("Type /trivia for a new one."))
        return game

    async def answer(self, game_id: int, number: int, user_id: int, choice: int) -> Receipt:
        """Record a choice in a round, or change it once; raises UserError where it is over."""
        game = await self.game(game_id)
        seconds = max(0.0, self._games.now() - game.asked_at)
        if number == game.round and choice < game.choice_count:
            points = round_points(game, choice, seconds)
            row = await self._games.answer(game, user_id, choice, points, seconds)
            if row is not None:
                return _receipt(game, *row)
        return _receipt(game, await self._standing_choice(game, number, user_id), None)

    async def after_answer(self, receipt: Receipt) -> None:
        """Show the count, and end a round in which everybody has answered.

        Called when the member has their receipt: the answer is what they wait for.
        """
        game = receipt.game
        if receipt.changes != 0:
            return
        self._stage.count_along(game)
        # A round that is not ended early ends in time: nobody has to be told.
        with suppress(PassingError):
            if not game.setup.is_calm and await self._games.all_have_answered(game):
                await self.hurry(game)

    async def hurry(self, game: Game) -> None:
        """End the phase in which a game was seen; where it has ended already do nothing."""
        if await self._games.hurry(game):
            self._nudge(game.id)

    async def stop(self, game: Game) -> None:
        """End a game; the board is shown all the same."""
        # A round may end just now: what is stopped is the game, wherever it is.
        while game.phase in (Phase.ASKING, Phase.READING):
            if await self._games.end(game, Ending.STOPPED):
                self._nudge(game.id)
            game = await self.game(game.id)

    async def round_scene(self, game_id: int, message_id: int) -> RoundScene | None:
        """Give a round as it stands; None where its message shows something else by now."""
        game = await self._games.find(game_id)
        if game is None or game.phase is not Phase.ASKING or game.message_id != message_id:
            return None
        return await self._round(game, game.due_at)

    async def close(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _nudge(self, game_id: int) -> None:
        """Look at a game again: what is due may have changed."""
        if game_id in self._nudges:
            self._nudges[game_id].set()
        else:
            self.lead(game_id)

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
                await self._patiently(game, self._show_answer)
                await self._patiently(game, self._show_board)
        except (GoneError, PassingError) as error:
            log.info("%s ends: %s", where, error)
        except Exception:
            log.exception("%s ends", where)
        await self._persist(partial(self._games.finish, game_id), game_id, outlasts_bugs=True)

    async def _step(self, game: Game) -> None:
        """Do what is due in the phase that a game is in."""
        match game.phase:
            case Phase.ASKING if game.message_id is None:
                await self._open_round(game)
            case Phase.ASKING:
                if await self._wait_until_over(game, is_asking=True):
                    await self._patiently(game, self._reveal)
            case _:
                await self._patiently(game, self._show_answer)
                if await self._wait_until_over(game, is_asking=False):
                    await self._patiently(game, self._go_on)

    async def _find(self, game_id: int) -> Game | None:
        return await self._persist(partial(self._games.find, game_id), game_id)

    async def _open_round(self, game: Game) -> None:
        message_id, due_at = await self._patiently(game, self._post_round)
        # Tried again by itself: Discord gives the first message for a few minutes only.
        posted = partial(self._games.posted, message_id=message_id, due_at=due_at)
        await self._patiently(game, posted)

    async def _post_round(self, game: Game) -> tuple[int, float]:
        due_at = self._games.now() + self._seconds(game.setup, is_asking=True)
        return await self._stage.open_round(await self._round(game, due_at)), due_at

    async def _reveal(self, game: Game) -> None:
        pause = self._seconds(game.setup, is_asking=False)
        await self._games.reveal(game, self._games.now() + pause)

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

    async def _wait_until_over(self, game: Game, *, is_asking: bool) -> bool:
        """Wait for the end of a phase; False where the game has to be looked at anew."""
        limit = self._seconds(game.setup, is_asking=is_asking)
        nudge = self._nudges[game.id]
        try:
            # Not `wait_for`: until Python 3.12 that loses a cancellation that comes with the nudge.
            async with asyncio.timeout(remaining(game.due_at, self._games.now(), limit)):
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

    async def _go_on(self, game: Game) -> None:
        """Ask the next question, or end the game."""
        ending = ending_after(game)
        if ending is not None:
            await self._games.end(game, ending)
            return
        statements = await self._games.statements(game)
        question = await self._next_question(
            game.channel_id, game.slug, game.setup, game.guild_id, statements
        )
        if question is None:
            await self._games.end(game, Ending.EMPTY)
            return
        question_id = await self._questions.add(game.channel_id, question.stored())
        await self._games.ask(game, question_id)

    async def _next_question(
        self, channel_id: int, slug: str, setup: Setup, guild_id: int, statements: Sequence[str]
    ) -> Question | None:
        """Draw what the game has not stated yet; None where nothing is left."""
        interview = self._library.interviews.get(slug)
        if interview is None:
            return None
        reader = await self._reader(setup, guild_id)
        return await self._draw.find_new(
            channel_id, interview, filter_of(setup), reader, statements
        )

    async def _reader(self, setup: Setup, guild_id: int) -> Reader:
        settings = await self._guild_settings.get(guild_id or None)
        level = Spoiler(setup.plain)
        audience = Audience(level, level, setup.allows_mature, frozenset(settings.left_out))
        return Reader(audience, self._stage.locale(guild_id))

    async def _round(self, game: Game, due_at: float) -> RoundScene:
        return RoundScene(game, _question(game), await self._games.count(game), due_at)

    async def _show_answer(self, game: Game) -> None:
        if game.message_id is not None:
            answers = await self._games.answers(game)
            await self._stage.show_answer(AnswerScene(game, _question(game), answers))

    async def _show_board(self, game: Game) -> None:
        await self._stage.show_board(await self._board(game))

    async def _board(self, game: Game) -> BoardScene:
        answers = await self._games.answers(game)
        number = hardest(answers)
        documents = await self._games.documents(game)
        worst = None
        if number is not None and number in documents:
            worst = number, Question.from_json(documents[number]).prompt
        return BoardScene(game, standings(answers), worst, bool(answers))

    async def _standing_choice(self, game: Game, number: int, user_id: int) -> int:
        """Give what a member chose before; raises UserError where the round is over."""
        now = await self._games.find(game.id)
        is_open = now and now.phase is Phase.ASKING and now.round == number
        choice = await self._games.choice(game, user_id)
        if not is_open or choice is None:
            raise UserError(_("This round is over."), _("The next one is below."))
        return choice


def _receipt(game: Game, choice: int, changes: int | None) -> Receipt:
    return Receipt(game, _question(game).choices[choice], choice, changes)


def _question(game: Game) -> Question:
    return Question.from_json(game.document)
