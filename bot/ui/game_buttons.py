"""The buttons of a game; what they may do is decided by the game as it is stored."""

from typing import Final

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.state.game import Game, Phase
from bot.text import _
from bot.trivia.game.rounds import filter_of
from bot.trivia.question_draw import QuestionFilter
from bot.ui.custom_ids import CHOICE, ROW, SLUG, CustomId, Field, one_of
from bot.ui.game_cards import receipt_card
from bot.ui.game_start import start_game
from bot.ui.permissions import may_moderate
from bot.ui.reader import reader_of
from bot.ui.replies import reply
from bot.ui.views import PersistentButton

# Two minutes: short enough to begin one between two other things.
_TOGETHER: Final = 5
_ROUND: Final = Field(r"[0-9]{1,2}", int)
_LABELS: Final = {Phase.ASKING.value: _("Show the answer"), Phase.READING.value: _("Go on")}


class ChoiceButton(
    PersistentButton,
    schema=CustomId("game:answer", game_id=ROW, number=_ROUND, choice=CHOICE),
):
    """Gives an answer in a round, or changes it once."""

    def __init__(self, game_id: int, number: int, choice: int, label: str = "") -> None:
        super().__init__(label, game_id=game_id, number=number, choice=choice)
        self.game_id = game_id
        self.number = number
        self.choice = choice

    async def press(self, interaction: Interaction) -> None:
        host, user_id = interaction.client.game_host, interaction.user.id
        game = await _game_of(interaction, self.game_id)
        receipt = await host.answer(game, self.number, user_id, self.choice)
        reader = await reader_of(interaction, is_private=True)
        await reply(interaction, receipt_card(receipt, reader))
        await host.after_answer(receipt)


class GoOnButton(
    PersistentButton,
    schema=CustomId("game:end", game_id=ROW, number=_ROUND, phase=one_of(*_LABELS)),
):
    """Ends a round of a calm game, or the time to read its answer; a second press does nothing."""

    def __init__(self, game_id: int, number: int, phase: str) -> None:
        style = discord.ButtonStyle.primary
        super().__init__(_LABELS[phase], style, game_id=game_id, number=number, phase=phase)
        self.game_id = game_id
        self.number = number
        self.phase = phase

    async def press(self, interaction: Interaction) -> None:
        game = await _led_game(interaction, self.game_id)
        await interaction.response.defer()
        if (game.round, game.phase.value) == (self.number, self.phase):
            await interaction.client.game_host.hurry(game)


class EarlierGoOnButton(PersistentButton, schema=CustomId("game:on", game_id=ROW, number=_ROUND)):
    """Answers below rounds of before ids told the phase: it ends whichever there is."""

    def __init__(self, game_id: int, number: int) -> None:
        super().__init__("", game_id=game_id, number=number)
        self.game_id = game_id
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        game = await _led_game(interaction, self.game_id)
        await interaction.response.defer()
        if game.round == self.number:
            await interaction.client.game_host.hurry(game)


class StopButton(PersistentButton, schema=CustomId("game:stop", game_id=ROW)):
    """Ends a game; the board is shown all the same."""

    def __init__(self, game_id: int) -> None:
        super().__init__(_("Stop"), game_id=game_id)
        self.game_id = game_id

    async def press(self, interaction: Interaction) -> None:
        game = await _led_game(interaction, self.game_id)
        await interaction.response.defer()
        await interaction.client.game_host.stop(game)


class AgainButton(PersistentButton, schema=CustomId("game:again", game_id=ROW)):
    """Starts another game like the one that is over."""

    def __init__(self, game_id: int) -> None:
        super().__init__(_("Again"), discord.ButtonStyle.primary, game_id=game_id)
        self.game_id = game_id

    async def press(self, interaction: Interaction) -> None:
        game = await _game_of(interaction, self.game_id)
        await start_game(
            interaction,
            game.slug,
            game.setup.rounds,
            filter_of(game.setup),
            seconds=game.setup.seconds,
            is_calm=game.setup.is_calm,
        )


class TogetherButton(PersistentButton, schema=CustomId("trivia:together", slug=SLUG)):
    """Starts a game of five rounds from the verdict on one question."""

    def __init__(self, slug: str) -> None:
        super().__init__(_("Play 5 together"), slug=slug)
        self.slug = slug

    async def press(self, interaction: Interaction) -> None:
        await start_game(interaction, self.slug, _TOGETHER, QuestionFilter())


def moves_of(game: Game) -> list[PersistentButton]:
    """Give the buttons of who leads a game: a calm one waits for them."""
    stop = StopButton(game.id)
    if not game.setup.is_calm:
        return [stop]
    return [GoOnButton(game.id, game.round, game.phase.value), stop]


async def _game_of(interaction: Interaction, game_id: int) -> Game:
    """Give a game of the channel that a press came from; raises UserError for any other.

    The id comes from the network, and who keeps order here does not do so elsewhere.
    """
    game = await interaction.client.game_host.game(game_id)
    if game.channel_id != interaction.channel_id:
        raise UserError(_("That game is in another channel."), _("Type /trivia for a new one."))
    return game


async def _led_game(interaction: Interaction, game_id: int) -> Game:
    """Give a game to who started it or keeps order; raises UserError for anybody else."""
    game = await _game_of(interaction, game_id)
    if interaction.user.id != game.starter_id and not may_moderate(interaction):
        raise UserError(_("Only moderators and whoever started the game may do that."))
    if game.phase in (Phase.BOARD, Phase.DONE):
        raise UserError(_("This game is over already."))
    return game
