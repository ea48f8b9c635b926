"""The buttons of one question that stays open, and of the verdict on it."""

from collections.abc import Mapping

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.state.questions import GivenAnswer, Tally
from bot.text import Text, _
from bot.trivia.kinds import Question
from bot.ui.cards import Card
from bot.ui.custom_ids import CHOICE, ROW, CustomId
from bot.ui.game_setup import TogetherButton
from bot.ui.permissions import check_quota
from bot.ui.question_cards import (
    NEXT,
    choice_label,
    mastered_note,
    points_note,
    question_card,
    verdict_card,
)
from bot.ui.reader import dm_owner, interview_of, is_guest, reader_of
from bot.ui.replies import is_seen_by_one, turn_privately
from bot.ui.views import PersistentButton
from cogs.trivia._cards import celebration
from cogs.trivia._reports import ReportButton


class AnswerButton(
    PersistentButton, schema=CustomId("trivia:answer", question_id=ROW, choice=CHOICE)
):
    """Gives an answer; the first one stands."""

    def __init__(self, question_id: int, choice: int, label: str = "") -> None:
        super().__init__(label, question_id=question_id, choice=choice)
        self.question_id = question_id
        self.choice = choice

    async def press(self, interaction: Interaction) -> None:
        answer, counts = await interaction.client.state.questions.answer_and_count(
            self.question_id,
            interaction.user.id,
            self.choice,
            interaction.guild_id or 0,
            _channel_of(interaction),
        )
        if answer is None:
            raise UserError(_("I no longer have that question."), _("Type /trivia for a new one."))
        question = Question.from_json(answer.document)
        card = await _verdict(interaction, answer, question, self.choice, counts)
        await turn_privately(interaction, card)
        await self._show_tally(interaction, question)

    async def _show_tally(self, interaction: Interaction, question: Question) -> None:
        message = interaction.message
        if message is None or is_seen_by_one(interaction):
            return
        bot = interaction.client
        reader = await reader_of(interaction, is_private=False)
        is_together = _is_among_others(interaction, reader)

        async def draw() -> Card:
            tally = await bot.state.questions.tally(self.question_id)
            return _card(question, self.question_id, reader, tally, is_together=is_together)

        bot.edits.request(bot.message(interaction.channel_id or 0, message.id), draw)


class NextButton(PersistentButton, schema=NEXT):
    """Asks privately what a member has not mastered yet, in the place of the verdict before it."""

    def __init__(self, slug: str, label: Text | None = None) -> None:
        super().__init__(label or _("Next"), discord.ButtonStyle.primary, slug=slug)
        self.slug = slug

    async def press(self, interaction: Interaction) -> None:
        bot = interaction.client
        check_quota(interaction)
        reader = await reader_of(interaction, is_private=True)
        interview = interview_of(bot.library, self.slug, reader)
        user_id, guild_id = interaction.user.id, interaction.guild_id or 0
        question = await bot.practice.next(user_id, guild_id, interview, reader)
        if question is None:
            raise UserError(
                _("You've mastered everything in this interview."),
                _("Type /trivia to play with others."),
            )
        await turn_privately(interaction, await open_question(interaction, question, reader))


async def open_question(interaction: Interaction, question: Question, reader: Reader) -> Card:
    """Store a question, and show it with nothing answered yet."""
    questions = interaction.client.state.questions
    question_id = await questions.add(
        interaction.channel_id or 0, question.stored(), dm_owner(interaction)
    )
    is_together = _is_among_others(interaction, reader)
    return _card(question, question_id, reader, Tally(), is_together=is_together)


def _channel_of(interaction: Interaction) -> int:
    # Every press and command has one; without it nothing is answered anywhere.
    return interaction.channel_id or -1


async def _verdict(
    interaction: Interaction,
    answer: GivenAnswer,
    question: Question,
    pressed: int,
    counts: Mapping[str, int],
) -> Card:
    """Tell a member how their answer was, what it brought and how far they are.

    `counts` are what they have mastered of each source.
    """
    bot, reader = interaction.client, await reader_of(interaction, is_private=True)
    interview = bot.library.interviews.get(question.slug)
    notes, buttons = [points_note(answer, reader)], list[PersistentButton]()
    if interview is not None:
        user_id = interaction.user.id
        mastery = bot.practice.mastery_of(counts, interview, reader.audience)
        notes.append(mastered_note(mastery, reader))
        if mastery.is_complete and await bot.state.scores.celebrate(user_id, question.slug):
            notes.append(celebration(mastery, interview, reader))
        buttons.append(NextButton(question.slug))
        if interaction.guild_id is not None and not is_guest(interaction):
            buttons.append(TogetherButton(question.slug))
        buttons.append(ReportButton(question.slug, question.item))
    return verdict_card(
        question,
        interview,
        reader,
        choice=answer.choice,
        is_late=answer.choice != pressed,
        is_alone=is_seen_by_one(interaction),
        buttons=buttons,
        notes=notes,
    )


def _is_among_others(interaction: Interaction, reader: Reader) -> bool:
    """Say whether there is anybody to play a game with."""
    return not reader.is_private and interaction.guild_id is not None


def _card(
    question: Question, question_id: int, reader: Reader, tally: Tally, *, is_together: bool
) -> Card:
    buttons = [
        AnswerButton(question_id, n, choice_label(n, choice))
        for n, choice in enumerate(question.choices)
    ]
    moves = [TogetherButton(question.slug)] if is_together else []
    return question_card(
        question, reader, buttons, moves, answered=tally.answered, right=tally.right
    )
