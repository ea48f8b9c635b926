"""Duels: challenging somebody, and the buttons that both play with."""

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.state.duels import Duel, DuelPhase
from bot.state.questions import GivenAnswer
from bot.text import Text, _
from bot.trivia.duel.duel_host import DuelTurn
from bot.trivia.kinds import Question
from bot.trivia.question_draw import QuestionFilter
from bot.ui.cards import Card
from bot.ui.custom_ids import CHOICE, ROW, CustomId, Field
from bot.ui.duel_cards import challenge_card, closed_card, duel_card, played_note, turn_card
from bot.ui.game_start import check_may_start
from bot.ui.question_cards import choice_label, points_note, verdict_card
from bot.ui.reader import asker_of, choose_interview, public_reader, reader_of
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
        duel = await _own_duel(interaction, self.duel_id)
        if duel.message_id is None and interaction.message and not is_seen_by_one(interaction):
            # The process was killed before it noted where the challenge stands.
            await host.posted(duel, interaction.message.id)
            duel = await host.duel(duel.id)
        if duel.phase is DuelPhase.ASKED and user_id == duel.opponent_id:
            await _check_is_seen(interaction, user_id)
            duel = await host.accept(duel)
            _show_begun(interaction, duel)
        reader = await reader_of(interaction, is_private=True)
        turn = await host.turn(duel, user_id)
        if turn is None:
            note = played_note(duel, await host.right_of(duel, user_id), reader)
            await turn_privately(interaction, Card(reader.locale, note))
            return
        await turn_privately(interaction, _turn_card(turn, reader))


class DuelDeclineButton(PersistentButton, schema=CustomId("duel:decline", duel_id=ROW)):
    """Calls a challenge off: the opponent does not want it, or the challenger no longer."""

    def __init__(self, duel_id: int) -> None:
        super().__init__(_("Not now"), duel_id=duel_id)
        self.duel_id = duel_id

    async def press(self, interaction: Interaction) -> None:
        duel = await _own_duel(interaction, self.duel_id)
        await interaction.client.duel_host.decline(duel)
        reader = await public_reader(interaction.client, duel.guild_id)
        card = closed_card(_("This duel was called off. Maybe another time!"), reader)
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
        duel = await _own_duel(interaction, self.duel_id)
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
            notes.append(played_note(duel, await host.right_of(duel, user_id), reader))
        question = Question.from_json(answer.document)
        return verdict_card(
            question,
            interaction.client.library.interviews.get(question.slug),
            reader,
            choice=answer.choice,
            is_late=answer.choice != self.choice,
            is_alone=True,
            buttons=buttons,
            notes=notes,
        )


async def start_duel(
    interaction: Interaction,
    opponent: discord.User | discord.Member,
    only: QuestionFilter,
    interview: str | None,
) -> None:
    """Challenge a member of the server; raises UserError where that cannot be."""
    await _check_can_play(interaction, opponent)
    reader = await asker_of(interaction)
    if reader.is_private:
        raise UserError(_("It's busy in here right now."), _("Try again in a minute."))
    host = interaction.client.duel_host
    chosen_interview = choose_interview(interaction.client.library, reader, interview)
    place = interaction.channel_id or 0, interaction.guild_id or 0
    players = interaction.user.id, opponent.id
    duel = await host.challenge(place, chosen_interview, only, reader, players)
    await _post(interaction, duel, reader)
    turn = await host.turn(duel, interaction.user.id)
    if turn is not None:
        own = await reader_of(interaction, is_private=True)
        await interaction.followup.send(view=_turn_card(turn, own), ephemeral=True)


async def _post(interaction: Interaction, duel: Duel, reader: Reader) -> None:
    """Show a challenge; one that Discord does not take is none."""
    host = interaction.client.duel_host
    card = challenge_card(duel, reader, [DuelPlayButton(duel.id), DuelDeclineButton(duel.id)])
    try:
        response = await interaction.response.send_message(view=card)
    except discord.HTTPException:
        await host.drop(duel)
        raise
    if response.message_id is not None:
        await host.posted(duel, response.message_id)


async def _check_can_play(
    interaction: Interaction, opponent: discord.User | discord.Member
) -> None:
    if interaction.guild_id is None:
        raise UserError(_("A duel only works in a server you're both in."), _("Type it there."))
    await check_may_start(interaction)
    if opponent.id == interaction.user.id:
        raise UserError(_("You can't challenge yourself."), _("Type /trivia to play alone."))
    if opponent.bot:
        raise UserError(_("Bots don't play."), _("Pick a member of this server."))
    if not isinstance(opponent, discord.Member):
        raise UserError(_("They're not in this server."), _("Pick somebody who is."))
    await _check_is_seen(interaction, interaction.user.id)
    hiding = await interaction.client.state.scores.hiding(interaction.guild_id, opponent.id)
    if hiding.is_hidden:
        raise UserError(_("This member keeps their stats private."))


async def _check_is_seen(interaction: Interaction, user_id: int) -> None:
    """Raise UserError for a player who hides from boards: the channel reads the result."""
    hiding = await interaction.client.state.scores.hiding(interaction.guild_id or 0, user_id)
    if hiding.is_by_wish:
        raise UserError(
            _("You're hidden from boards, and a duel would show your name."),
            _("Show yourself again in /privacy, or play alone with /trivia."),
        )
    if hiding.is_by_moderator:
        raise UserError(
            _("You're not on this server's boards, and a duel would show your name."),
            _("You can play alone with /trivia."),
        )


async def _own_duel(interaction: Interaction, duel_id: int) -> Duel:
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
        scores = await bot.state.duels.scores(duel)
        if now is None or now.phase is not DuelPhase.RUNNING or not scores:
            return None
        reader = await public_reader(bot, duel.guild_id)
        return duel_card(now, scores, reader, [DuelPlayButton(duel.id)])

    bot.edits.request(bot.message(duel.channel_id, duel.message_id), draw)


def _turn_card(turn: DuelTurn, reader: Reader) -> Card:
    buttons = [
        DuelAnswerButton(turn.duel.id, turn.number, n, choice_label(n, choice))
        for n, choice in enumerate(turn.question.choices)
    ]
    return turn_card(turn, reader, buttons)
