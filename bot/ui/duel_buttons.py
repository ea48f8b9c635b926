"""The buttons that two play a duel with."""

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.state.duels import Duel, DuelPhase
from bot.state.questions import GivenAnswer
from bot.text import Text, _
from bot.trivia.duel.duel_host import ENDINGS, DuelTurn
from bot.trivia.kinds import Question
from bot.ui.cards import Card
from bot.ui.custom_ids import CHOICE, ROW, CustomId, Field
from bot.ui.duel_cards import closed_card, duel_card, number_in_duel, played_note, turn_card
from bot.ui.question_cards import choice_label, points_note, verdict_card
from bot.ui.reader import public_reader, reader_of
from bot.ui.replies import is_seen_by_one, turn_privately
from bot.ui.views import PersistentButton

_NUMBER = Field(r"[1-9]", int)


class DuelPlayButton(PersistentButton, schema=CustomId("duel:play", duel_id=ROW)):
    """Asks a player the next question; the opponent's first press takes the challenge up."""

    def __init__(self, duel_id: int, label: Text | None = None) -> None:
        super().__init__(label or _("Play"), discord.ButtonStyle.primary, duel_id=duel_id)
        self.duel_id = duel_id

    async def press(self, interaction: Interaction) -> None:
        host, user_id = interaction.client.duel_host, interaction.user.id
        duel = await own_duel(interaction, self.duel_id)
        if duel.message_id is None and interaction.message and not is_seen_by_one(interaction):
            # The process was killed before it noted where the challenge stands.
            await host.posted(duel, interaction.message.id)
            duel = await host.duel(duel.id)
        if duel.phase is DuelPhase.ASKED and user_id == duel.opponent_id:
            duel = await host.accept(duel)
            _show_begun(interaction, duel)
        reader = await reader_of(interaction, is_private=True)
        turn = await host.turn(duel, user_id)
        if turn is None:
            note = played_note(duel, await host.scores(duel), user_id, reader)
            await turn_privately(interaction, Card(reader.locale, note))
            return
        await turn_privately(interaction, turn_card_of(turn, reader))


class DuelDeclineButton(PersistentButton, schema=CustomId("duel:decline", duel_id=ROW)):
    """Calls a challenge off: the opponent does not want it, or the challenger no longer."""

    def __init__(self, duel_id: int) -> None:
        super().__init__(_("Not now"), duel_id=duel_id)
        self.duel_id = duel_id

    async def press(self, interaction: Interaction) -> None:
        duel = await own_duel(interaction, self.duel_id)
        ending = await interaction.client.duel_host.call_off(duel, interaction.user.id)
        reader = await public_reader(interaction.client, duel.guild_id)
        card = closed_card(ENDINGS[ending], reader)
        await interaction.response.edit_message(view=card)


class DuelAnswerButton(
    PersistentButton,
    schema=CustomId("duel:answer", duel_id=ROW, number=_NUMBER, choice=CHOICE),
):
    """Gives an answer in a duel; the first one stands."""

    def __init__(self, duel_id: int, number: int, choice: int, label: str = "") -> None:
        super().__init__(label, duel_id=duel_id, number=number, choice=choice)
        self.duel_id = duel_id
        self.number = number
        self.choice = choice

    async def press(self, interaction: Interaction) -> None:
        host = interaction.client.duel_host
        duel = await own_duel(interaction, self.duel_id)
        answer = await host.answer(duel, self.number, interaction.user.id, self.choice)
        await turn_privately(interaction, await self._verdict(interaction, duel, answer))
        host.look()

    async def _verdict(self, interaction: Interaction, duel: Duel, answer: GivenAnswer) -> Card:
        """Tell how an answer was, and what follows: the next question, or waiting."""
        host, user_id = interaction.client.duel_host, interaction.user.id
        reader = await reader_of(interaction, is_private=True)
        notes, buttons = [points_note(answer, reader)], list[PersistentButton]()
        if await host.turn(duel, user_id):
            buttons.append(DuelPlayButton(duel.id, _("Next")))
        else:
            notes.append(played_note(duel, await host.scores(duel), user_id, reader))
        question = Question.from_json(answer.document)
        return verdict_card(
            question,
            interaction.client.library.interviews.get(question.slug),
            reader,
            choice=answer.choice,
            is_late=answer.choice != self.choice,
            is_alone=True,
            header=number_in_duel(self.number, len(duel.question_ids)),
            buttons=buttons,
            notes=notes,
        )


async def own_duel(interaction: Interaction, duel_id: int) -> Duel:
    """Give a duel to one of its players, in its channel; raises UserError for anybody else."""
    duel = await interaction.client.duel_host.duel(duel_id)
    if duel.channel_id != interaction.channel_id:
        raise UserError(_("That duel is in another channel."))
    if interaction.user.id not in duel.players:
        raise UserError(
            _("This duel is for two other players."), _("Type /trivia for one of your own.")
        )
    return duel


def _show_begun(interaction: Interaction, duel: Duel) -> None:
    """Have the challenge show that it was taken up; it needs no hurry, and nobody waits for it."""
    bot = interaction.client
    if duel.message_id is None:
        return

    async def draw() -> Card | None:
        now = await bot.state.duels.find(duel.id)
        if now is None or now.phase is not DuelPhase.RUNNING:
            return None
        reader = await public_reader(bot, duel.guild_id)
        return duel_card(now, reader, [DuelPlayButton(duel.id)])

    bot.edits.request(bot.message(duel.channel_id, duel.message_id), draw)


def turn_card_of(turn: DuelTurn, reader: Reader) -> Card:
    """Ask a player what comes next for them."""
    buttons = [
        DuelAnswerButton(turn.duel.id, turn.number, n, choice_label(n, choice))
        for n, choice in enumerate(turn.question.choices)
    ]
    return turn_card(turn, reader, buttons)
