"""Leads games from round to round: the database says what is due, this does it in Discord."""

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import discord

from bot.errors import UserError
from bot.interview.audience import Audience
from bot.interview.model import Spoiler
from bot.process.discord_api import PASSING
from bot.state.games import Ending, Game, Phase, Setup
from bot.text import _
from bot.trivia.kinds import Question
from bot.trivia.rounds import (
    ending_after,
    hardest,
    is_abandoned,
    phase_seconds,
    remaining,
    standings,
    wanted_in,
)
from bot.ui.cards import Card
from bot.ui.game import game_board_card, reveal_card, round_card
from bot.ui.gamebuttons import AgainButton, ChoiceButton, GoOnButton, StopButton
from bot.ui.reader import Reader, locale_of
from bot.ui.trivia import choice_label
from bot.ui.views import PersistentButton

if TYPE_CHECKING:
    from bot.client import Bot

log = logging.getLogger(__name__)

_ATTEMPTS: Final = 12
"""Questions that are drawn to find one which was not asked in the game."""
_RETRIES: Final = 5
_RETRY_SECONDS: Final = 3.0
_UNKNOWN_MESSAGE: Final = 10008


class GameMaster:
    """One task a game. Whatever it has not done when it dies, the next start does."""

    def __init__(self, bot: "Bot") -> None:
        self._bot = bot
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._nudges: dict[int, asyncio.Event] = {}

    async def start(
        self, channel_id: int, guild_id: int, starter_id: int, slug: str, setup: Setup
    ) -> int:
        """Start a game; raises UserError where one is played in the channel or nothing is left."""
        running = UserError(
            _("A game is played in this channel already."),
            _("Join it, or start yours when it is over."),
        )
        if await self._bot.games.is_played(channel_id):
            raise running
        shown = await self._next_question(channel_id, slug, setup, guild_id, ())
        if shown is None:
            raise UserError(_("There is nothing to ask here."), _("Leave out kind or difficulty."))
        asked = await self._bot.questions.add(channel_id, shown.asked())
        game_id = await self._bot.games.start(channel_id, guild_id, starter_id, slug, setup, asked)
        if game_id is None:
            raise running
        return game_id

    async def resume(self) -> None:
        """Go on with all games that a restart has interrupted."""
        for game_id, guild_id in await self._bot.games.under_way():
            if self._bot.is_ours(guild_id):
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

    def count_along(self, game: Game) -> None:
        """Show a little later how many have answered a round."""
        message_id = game.message_id
        if message_id is None:
            return

        async def edit() -> None:
            seen = await self._bot.games.find(game.id)
            if seen and seen.phase is Phase.ASKING and seen.message_id == message_id:
                card = await self._round(seen, seen.due_at)
                await self._message(seen.channel_id, message_id).edit(view=card)

        self._bot.edits.request(message_id, edit)

    async def close(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _lead(self, game_id: int) -> None:
        failures = 0
        try:
            while (game := await self._bot.games.find(game_id)) and game.phase is not Phase.DONE:
                try:
                    await self._step(game)
                    failures = 0
                except (discord.HTTPException, *PASSING) as error:
                    failures += 1
                    is_final = isinstance(error, discord.Forbidden | discord.NotFound)
                    log.info("game %d in channel %d: %s", game_id, game.channel_id, error)
                    if is_final or failures >= _RETRIES:
                        # The channel, the right to post or the bot's place there is gone.
                        await self._bot.games.finish(game)
                        return
                    await asyncio.sleep(_RETRY_SECONDS)
        except Exception:
            log.exception("game %d cannot go on", game_id)
        finally:
            del self._tasks[game_id], self._nudges[game_id]

    async def _step(self, game: Game) -> None:
        """Do what is due in the phase that a game is in."""
        match game.phase:
            case Phase.ASKING if game.message_id is None:
                due_at = self._bot.games.now() + phase_seconds(game.setup, is_asking=True)
                card = await self._round(game, due_at)
                message = await self._post(game, card, f"r{game.round}")
                await self._bot.games.posted(game, message.id, due_at)
            case Phase.ASKING:
                limit = phase_seconds(game.setup, is_asking=True)
                if await self._waited(game, limit) and not await self._given_up(game):
                    pause = phase_seconds(game.setup, is_asking=False)
                    await self._bot.games.reveal(game, self._bot.games.now() + pause)
            case Phase.READING:
                await self._show_answer(game)
                limit = phase_seconds(game.setup, is_asking=False)
                if await self._waited(game, limit) and not await self._given_up(game):
                    await self._go_on(game)
            case Phase.BOARD:
                await self._show_answer(game)
                await self._post(game, await self._board(game), "board")
                await self._bot.games.finish(game)
            case Phase.DONE:
                pass

    async def _waited(self, game: Game, limit: float) -> bool:
        """Wait until a phase is over; False where the game has to be looked at before."""
        nudge = self._nudges[game.id]
        pause = remaining(game.due_at, self._bot.games.now(), limit)
        try:
            await asyncio.wait_for(nudge.wait(), pause)
        except TimeoutError:
            return True
        nudge.clear()
        return False

    async def _given_up(self, game: Game) -> bool:
        """End a calm game that was left alone; says whether it was."""
        if not is_abandoned(game):
            return False
        await self._bot.games.end(game, Ending.IDLE)
        return True

    async def _go_on(self, game: Game) -> None:
        """Ask the next question, or end the game."""
        ending = ending_after(game)
        if ending is not None:
            await self._bot.games.end(game, ending)
            return
        asked = await self._bot.games.statements(game)
        shown = await self._next_question(
            game.channel_id, game.slug, game.setup, game.guild_id, asked
        )
        if shown is None:
            await self._bot.games.end(game, Ending.EMPTY)
            return
        question_id = await self._bot.questions.add(game.channel_id, shown.asked())
        await self._bot.games.ask(game, question_id)

    async def _next_question(
        self, channel_id: int, slug: str, setup: Setup, guild_id: int, asked: Sequence[str]
    ) -> Question | None:
        """Draw until something comes that was not asked in this game; None where nothing does."""
        interview = self._bot.library.interviews.get(slug)
        if interview is None:
            return None
        wanted = wanted_in(setup)
        reader = await self._reader(setup, guild_id)
        audience, locale = reader.audience, reader.locale
        for _attempt in range(_ATTEMPTS):
            try:
                shown = await self._bot.asking.next(channel_id, interview, wanted, audience, locale)
            except UserError:
                return None
            if shown.statement not in asked:
                return shown
        return None

    async def _show_answer(self, game: Game) -> None:
        """Turn the message of a round into its answer; where it is gone, say it anew."""
        if game.message_id is None:
            return
        shown = Question.from_json(game.document)
        reader = await self._reader(game.setup, game.guild_id)
        moves = _moves(game) if game.phase is Phase.READING else []
        card = reveal_card(
            game,
            shown,
            await self._bot.games.answers(game),
            self._bot.library.interviews.get(game.slug),
            reader,
            moves,
        )
        await self._bot.edits.settle(game.message_id)
        try:
            await self._message(game.channel_id, game.message_id).edit(view=card)
        except discord.NotFound as error:
            if error.code != _UNKNOWN_MESSAGE:
                raise
            await self._post(game, card, f"a{game.round}")

    async def _round(self, game: Game, due_at: float) -> Card:
        shown = Question.from_json(game.document)
        answers = [
            ChoiceButton(game.id, game.round, n, choice_label(n, choice))
            for n, choice in enumerate(shown.choices)
        ]
        count = await self._bot.games.count(game)
        reader = await self._reader(game.setup, game.guild_id)
        return round_card(game, shown, count, due_at, reader, answers, _moves(game))

    async def _board(self, game: Game) -> Card:
        answers = await self._bot.games.answers(game)
        number = hardest(answers)
        shown = await self._bot.games.documents(game)
        worst = None
        if number is not None and number in shown:
            worst = number, Question.from_json(shown[number]).prompt
        reader = await self._reader(game.setup, game.guild_id)
        return game_board_card(game, standings(answers), worst, reader, [AgainButton(game.id)])

    async def _post(self, game: Game, card: Card, step: str) -> discord.Message:
        """Post a step of a game; posted again after a crash, Discord gives the first message."""
        channel = self._bot.get_partial_messageable(game.channel_id)
        return await channel.send(view=card, silent=True, nonce=f"g{game.id}{step}")

    def _message(self, channel_id: int, message_id: int) -> discord.PartialMessage:
        return self._bot.get_partial_messageable(channel_id).get_partial_message(message_id)

    async def _reader(self, setup: Setup, guild_id: int) -> Reader:
        settings = await self._bot.guild_settings.get(guild_id or None)
        level = Spoiler(setup.plain)
        left_out = frozenset(settings.left_out)
        audience = Audience(level, level, setup.allows_mature, left_out)
        return Reader(audience, locale_of(self._bot, guild_id))


def _moves(game: Game) -> list[PersistentButton]:
    """Give the buttons of who leads a game: a calm one waits for them."""
    stop = StopButton(game.id)
    if not game.setup.is_calm:
        return [stop]
    return [GoOnButton(game.id, game.round, is_asking=game.phase is Phase.ASKING), stop]
