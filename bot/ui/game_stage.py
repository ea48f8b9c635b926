"""The stage of games: shows in Discord what the loop of a game wants shown."""

from contextlib import suppress
from functools import partial
from typing import Final

import discord

from bot.client import Bot
from bot.errors import GoneError
from bot.process.discord_api import told_apart
from bot.state.game import Game, Phase
from bot.text import _, say
from bot.trivia.game.scenes import AnswerScene, BoardScene, LobbyScene, RoundScene
from bot.ui.cards import Card
from bot.ui.game_board import game_board_card
from bot.ui.game_buttons import AgainButton, ChoiceButton, moves_of
from bot.ui.game_cards import lobby_card, round_card
from bot.ui.game_receipts import outcome_card
from bot.ui.game_reveal import answer_card
from bot.ui.question_cards import choice_label
from bot.ui.reader import public_reader

# Discord's code for a message that is gone, while its channel is there.
_UNKNOWN_MESSAGE: Final = 10008
# For a message below which there is a thread.
_HAS_THREAD: Final = 160004


class GameStage:
    """Posts each step of a game once; posted again after a crash, Discord gives the first."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def open_lobby(self, scene: LobbyScene) -> int:
        return await self._post(scene.game, await self._open_card(scene), "lobby")

    async def close_lobby(self, scene: LobbyScene) -> None:
        game = scene.game
        if game.message_id is None:
            return
        message = self._bot.message(game.lobby_place_id, game.message_id)
        await self._bot.edits.settle(message)
        # Without its lobby a game begins as well.
        with suppress(GoneError), told_apart():
            card = await self._open_card(scene)
            await message.edit(view=card, allowed_mentions=discord.AllowedMentions.none())

    async def open_thread(self, game: Game) -> int | None:
        guild = self._bot.get_guild(game.guild_id)
        if game.message_id is None or (guild and guild.get_thread(game.message_id)):
            return game.message_id
        channel = self._bot.get_partial_messageable(game.channel_id, guild_id=game.guild_id)
        message = channel.get_partial_message(game.message_id)
        name = say(
            _("Trivia: {rounds} rounds", rounds=game.setup.rounds),
            self._bot.locale_of(game.guild_id),
        )
        try:
            with told_apart():
                return (await message.create_thread(name=name, auto_archive_duration=60)).id
        except GoneError:
            return None
        except discord.HTTPException as error:
            # It was opened before a crash, and has the id of its message.
            return game.message_id if error.code == _HAS_THREAD else None

    async def open_round(self, scene: RoundScene) -> int:
        return await self._post(scene.game, await self._open_card(scene), f"r{scene.game.round}")

    def count_along(self, game: Game) -> None:
        message_id = game.message_id
        if message_id is None:
            return

        async def draw() -> Card | None:
            scene = await self._bot.game_host.open_scene(game.id, message_id)
            return scene and await self._open_card(scene)

        place_id = game.lobby_place_id if game.is_lobby else game.place_id
        self._bot.edits.request(self._bot.message(place_id, message_id), draw)

    async def show_answer(self, scene: AnswerScene) -> int:
        game, message_id = scene.game, scene.message_id
        reader = await public_reader(self._bot, game.guild_id)
        interview = self._bot.library.interviews.get(game.slug)
        is_read = game.phase is Phase.READING and not scene.is_past
        card = answer_card(scene, interview, reader, moves_of(game) if is_read else [])
        message = self._bot.message(game.place_id, message_id)
        # A count that is edited in now would turn the answer back into the question.
        await self._bot.edits.settle(message)
        message_id = await self._turn(scene, message, card)
        draw = partial(outcome_card, scene)
        self._bot.receipts.tell((game.id, game.round), draw)
        return message_id

    async def _turn(self, scene: AnswerScene, message: discord.PartialMessage, card: Card) -> int:
        game = scene.game
        with told_apart():
            try:
                await message.edit(view=card, allowed_mentions=discord.AllowedMentions.none())
            except discord.NotFound as error:
                if error.code != _UNKNOWN_MESSAGE:
                    raise
                # Whoever deletes an answer that was shown does not want it said again.
                if game.answer_shown_in is None:
                    return await self._post(game, card, f"a{game.round}")
        return message.id

    async def show_board(self, scene: BoardScene) -> None:
        reader = await public_reader(self._bot, scene.game.guild_id)
        card = game_board_card(scene, reader, [AgainButton(scene.game.id)])
        await self._post(scene.game, card, "board")

    async def _open_card(self, scene: LobbyScene | RoundScene) -> Card:
        game = scene.game
        reader = await public_reader(self._bot, game.guild_id)
        if isinstance(scene, LobbyScene):
            return lobby_card(scene, reader, [] if scene.is_over else moves_of(game))
        answers = [
            ChoiceButton(game.id, game.round, n, choice_label(n, choice))
            for n, choice in enumerate(scene.question.choices)
        ]
        return round_card(scene, reader, answers, moves_of(game))

    async def _post(self, game: Game, card: Card, step: str) -> int:
        channel = self._bot.get_partial_messageable(game.place_id)
        with told_apart():
            nonce = f"g{game.id}{step}"
            # Silent: the fifth notification in two minutes is one too many.
            return (await channel.send(view=card, silent=True, nonce=nonce)).id
