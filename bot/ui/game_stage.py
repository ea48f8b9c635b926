"""The stage of games: shows in Discord what the loop of a game wants shown."""

from typing import Final

import discord

from bot.client import Bot
from bot.process.discord_api import told_apart
from bot.state.game import Game, Phase
from bot.trivia.game.scenes import AnswerScene, BoardScene, RoundScene
from bot.ui.cards import Card
from bot.ui.game_buttons import AgainButton, ChoiceButton, moves_of
from bot.ui.game_cards import answer_card, game_board_card, round_card
from bot.ui.question_cards import choice_label
from bot.ui.reader import public_reader

# Discord's code for a message that is gone, while its channel is there.
_UNKNOWN_MESSAGE: Final = 10008


class GameStage:
    """Posts each step of a game once; posted again after a crash, Discord gives the first."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def open_round(self, scene: RoundScene) -> int:
        card = await self._round_card(scene)
        return await self._post(scene.game, card, f"r{scene.game.round}")

    def count_along(self, game: Game) -> None:
        message_id = game.message_id
        if message_id is None:
            return

        async def draw() -> Card | None:
            scene = await self._bot.game_host.round_scene(game.id, message_id)
            return scene and await self._round_card(scene)

        self._bot.edits.request(self._bot.message(game.channel_id, message_id), draw)

    async def show_answer(self, scene: AnswerScene) -> int:
        game, message_id = scene.game, scene.message_id
        reader = await public_reader(self._bot, game.guild_id)
        interview = self._bot.library.interviews.get(game.slug)
        moves = moves_of(game) if game.phase is Phase.READING else []
        card = answer_card(scene, interview, reader, moves)
        message = self._bot.message(game.channel_id, message_id)
        # A count that is edited in now would turn the answer back into the question.
        await self._bot.edits.settle(message)
        with told_apart():
            try:
                await message.edit(view=card)
            except discord.NotFound as error:
                if error.code != _UNKNOWN_MESSAGE:
                    raise
                # Whoever deletes an answer that was shown does not want it said again.
                if game.answer_shown_in is None:
                    return await self._post(game, card, f"a{game.round}")
        return message_id

    async def show_board(self, scene: BoardScene) -> None:
        reader = await public_reader(self._bot, scene.game.guild_id)
        card = game_board_card(scene, reader, [AgainButton(scene.game.id)])
        await self._post(scene.game, card, "board")

    async def _round_card(self, scene: RoundScene) -> Card:
        game = scene.game
        answers = [
            ChoiceButton(game.id, game.round, n, choice_label(n, choice))
            for n, choice in enumerate(scene.question.choices)
        ]
        reader = await public_reader(self._bot, game.guild_id)
        return round_card(scene, reader, answers, moves_of(game))

    async def _post(self, game: Game, card: Card, step: str) -> int:
        channel = self._bot.get_partial_messageable(game.channel_id)
        with told_apart():
            nonce = f"g{game.id}{step}"
            # Silent: the fifth notification in two minutes is one too many.
            return (await channel.send(view=card, silent=True, nonce=nonce)).id
