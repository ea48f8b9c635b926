"""Hosts games: what members do with them."""

from contextlib import suppress

from bot.errors import PassingError, UserError
from bot.state.game import Ending, Game, Phase, Setup
from bot.state.game_answers import GameAnswers
from bot.state.game_players import GamePlayers
from bot.state.games import Games
from bot.text import _
from bot.trivia.game.game_loop import GameLoop
from bot.trivia.game.game_questions import GameQuestions
from bot.trivia.game.rounds import round_points
from bot.trivia.game.scene_reader import SceneReader, question_of
from bot.trivia.game.scenes import LobbyScene, Receipt, RoundScene, Stage


class GameHost:
    """Starts and stops games and takes answers; a `GameLoop` does what nobody has to ask for."""

    def __init__(
        self,
        games: Games,
        players: GamePlayers,
        answers: GameAnswers,
        questions: GameQuestions,
        scenes: SceneReader,
        stage: Stage,
        loop: GameLoop,
    ) -> None:
        self._games = games
        self._players = players
        self._answers = answers
        self._questions = questions
        self._scenes = scenes
        self._stage = stage
        self._loop = loop

    async def start(
        self,
        channel_id: int,
        guild_id: int,
        starter_id: int,
        slug: str,
        setup: Setup,
        thread_id: int | None = None,
    ) -> int:
        """Start a game; raises UserError where one is played in the channel or nothing is left.

        It stands still until the loop leads it.
        """
        is_busy = UserError(
            _("A game is already on in this channel."),
            _("Join in, or start yours when it's over."),
        )
        if await self._games.is_played(channel_id):
            raise is_busy
        question_id = await self._questions.add_first(channel_id, guild_id, slug, setup)
        if question_id is None:
            raise UserError(
                _("I have no questions like that here."), _("Try it without kind or difficulty.")
            )
        game_id = await self._games.start(
            channel_id, guild_id, starter_id, slug, setup, question_id, thread_id
        )
        if game_id is None:
            raise is_busy
        return game_id

    async def game(self, game_id: int) -> Game:
        """Give a game; raises UserError where it is no longer kept."""
        game = await self._games.find(game_id)
        if game is None:
            raise UserError(_("I no longer have that game."), _("Type /trivia for a new one."))
        return game

    async def join(self, game: Game, user_id: int) -> bool:
        """Let a member join a game before its first round; False where they are in already.

        Raises UserError where it has begun.
        """
        if await self._players.join(game.id, user_id):
            self._stage.count_along(game)
            return True
        now = await self.game(game.id)
        if not now.is_lobby or now.phase is not Phase.READING:
            raise UserError(
                _("This game has already started."), _("Just answer: anyone can play along.")
            )
        return False

    async def answer(self, game: Game, number: int, user_id: int, choice: int) -> Receipt:
        """Record a choice in a round, or change it once; raises UserError where it is over."""
        seconds = max(0.0, self._games.now() - game.asked_at)
        if number == game.round and choice < game.choice_count:
            points = round_points(game, choice, seconds)
            row = await self._answers.put(game, user_id, choice, points, seconds)
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
            if not game.setup.is_calm and await self._answers.all_have_answered(game):
                await self.hurry(game)

    async def hurry(self, game: Game) -> None:
        """End the phase in which a game was seen; where it has ended already do nothing."""
        if await self._games.hurry(game):
            self._loop.nudge(game.id)

    async def stop(self, game: Game) -> None:
        """End a game; the board is shown all the same."""
        # A round may end just now: what is stopped is the game, wherever it is.
        while game.phase in (Phase.ASKING, Phase.READING):
            if await self._games.end(game, Ending.STOPPED):
                self._loop.nudge(game.id)
            game = await self.game(game.id)

    async def open_scene(self, game_id: int, message_id: int) -> LobbyScene | RoundScene | None:
        """Give a lobby or a round as it stands; None where its message shows something else."""
        game = await self._games.find(game_id)
        if game is None or game.message_id != message_id:
            return None
        if game.phase is Phase.ASKING:
            return await self._scenes.round(game, game.due_at)
        is_open = game.is_lobby and game.phase is Phase.READING
        return await self._scenes.lobby(game, game.due_at) if is_open else None

    async def _standing_choice(self, game: Game, number: int, user_id: int) -> int:
        """Give what a member chose before; raises UserError where the round is over."""
        now = await self._games.find(game.id)
        is_open = now and now.phase is Phase.ASKING and now.round == number
        choice = await self._answers.choice(game, user_id)
        if not is_open or choice is None:
            raise UserError(_("This round is over."), _("Look below for the next one."))
        return choice


def _receipt(game: Game, choice: int, changes: int | None) -> Receipt:
    return Receipt(game, question_of(game).choices[choice], choice, changes)
