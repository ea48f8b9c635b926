"""The buttons of a game; what they may do is decided by the game as it is stored."""

from typing import Final

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.state.game import Game, Phase
from bot.text import Text, _
from bot.trivia.game.rounds import ending_after, filter_of
from bot.ui.cards import Card
from bot.ui.custom_ids import CHOICE, ROW, CustomId, Field, one_of
from bot.ui.game_receipts import receipt_card
from bot.ui.game_start import start_game
from bot.ui.permissions import may_moderate
from bot.ui.reader import reader_of
from bot.ui.replies import reply
from bot.ui.views import PersistentButton

_ROUND: Final = Field(r"[0-9]{1,2}", int)
_START: Final = _("start this game early")
_ACTIONS: Final = {
    Phase.ASKING: _("show the answer"),
    Phase.READING: _("continue the game"),
}
_LABELS: Final = {Phase.ASKING.value: _("Show answer"), Phase.READING.value: _("Continue")}


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
        round_of_game = self.game_id, self.number
        card = receipt_card(receipt, reader)
        await interaction.client.receipts.show(interaction, round_of_game, card)
        await host.after_answer(receipt)


class JoinButton(PersistentButton, schema=CustomId("game:join", game_id=ROW)):
    """Joins a game before its first round; the lobby shows who has."""

    def __init__(self, game_id: int) -> None:
        super().__init__(_("Join"), discord.ButtonStyle.primary, game_id=game_id)
        self.game_id = game_id

    async def press(self, interaction: Interaction) -> None:
        bot, user_id = interaction.client, interaction.user.id
        game = await _game_of(interaction, self.game_id)
        is_new = await bot.game_host.join(game, user_id)
        hiding = await bot.state.scores.hiding(interaction.guild_id or 0, user_id)
        if is_new and not hiding.is_hidden:
            await interaction.response.defer()
            return
        reader = await reader_of(interaction, is_private=True)
        words = _("You're in. Your name stays off the list.") if is_new else _("You're in already.")
        await reply(interaction, Card(reader.locale, reader.say(words)))


class GoOnButton(
    PersistentButton,
    schema=CustomId("game:end", game_id=ROW, number=_ROUND, phase=one_of(*_LABELS)),
):
    """Ends a lobby, a round of a calm game, or the time to read its answer.

    A second press does nothing.
    """

    def __init__(self, game_id: int, number: int, phase: str) -> None:
        label = _("Start now") if number == 0 else _LABELS[phase]
        style = discord.ButtonStyle.primary if number else discord.ButtonStyle.secondary
        super().__init__(label, style, game_id=game_id, number=number, phase=phase)
        self.game_id = game_id
        self.number = number
        self.phase = phase

    async def press(self, interaction: Interaction) -> None:
        action = _START if self.number == 0 else _ACTIONS[Phase(self.phase)]
        game = await _led_game(interaction, self.game_id, action)
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
        game = await _led_game(interaction, self.game_id, _ACTIONS[Phase.READING])
        await interaction.response.defer()
        if game.round == self.number:
            await interaction.client.game_host.hurry(game)


class StopButton(PersistentButton, schema=CustomId("game:stop", game_id=ROW)):
    """Ends a game; the board is shown all the same."""

    def __init__(self, game_id: int) -> None:
        super().__init__(_("Stop"), game_id=game_id)
        self.game_id = game_id

    async def press(self, interaction: Interaction) -> None:
        game = await _led_game(interaction, self.game_id, _("stop this game"))
        await interaction.response.defer()
        await interaction.client.game_host.stop(game)


class AgainButton(PersistentButton, schema=CustomId("game:again", game_id=ROW)):
    """Starts another game like the one that is over."""

    def __init__(self, game_id: int) -> None:
        super().__init__(_("Again"), discord.ButtonStyle.primary, game_id=game_id)
        self.game_id = game_id

    async def press(self, interaction: Interaction) -> None:
        game = await _game_of(interaction, self.game_id)
        # Nothing comes twice in a channel, so that the next one in its thread is the channel's too.
        channel_id = game.channel_id if game.thread_id == interaction.channel_id else None
        await start_game(
            interaction,
            game.slug,
            game.setup.rounds,
            filter_of(game.setup),
            seconds=game.setup.seconds,
            is_calm=game.setup.is_calm,
            thread_of=channel_id,
        )
        await interaction.response.defer()


def moves_of(game: Game) -> list[PersistentButton]:
    """Give the buttons below a lobby, a round or its answer: a calm game waits for who leads it.

    Where only the board is left to come there is nothing to stop.
    """
    stop = StopButton(game.id)
    go_on = GoOnButton(game.id, game.round, game.phase.value)
    if game.is_lobby:
        return [JoinButton(game.id), go_on, stop]
    is_over = game.phase is Phase.READING and ending_after(game) is not None
    moves: list[PersistentButton] = [go_on] if game.setup.is_calm else []
    return moves if is_over else [*moves, stop]


async def _game_of(interaction: Interaction, game_id: int) -> Game:
    """Give a game of the channel that a press came from; raises UserError for any other.

    The id comes from the network, and who keeps order here does not do so elsewhere.
    """
    game = await interaction.client.game_host.game(game_id)
    if interaction.channel_id not in (game.channel_id, game.place_id):
        raise UserError(_("That game is in another channel."), _("Type /trivia for a new one."))
    return game


async def _led_game(interaction: Interaction, game_id: int, action: Text) -> Game:
    """Give a game to who started it or keeps order; raises UserError for anybody else.

    They are told what they may not do, an `action` such as `stop this game`.
    """
    game = await _game_of(interaction, game_id)
    if interaction.user.id != game.starter_id and not may_moderate(interaction):
        starter = game.shown_starter_id
        who = f"<@{starter}>" if starter else _("the player who started it")
        raise UserError(
            _("Only {starter} or a moderator can {action}.", starter=who, action=action)
        )
    if game.phase in (Phase.BOARD, Phase.DONE):
        raise UserError(_("This game is already over."))
    return game
