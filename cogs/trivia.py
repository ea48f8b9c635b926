"""Trivia: one question that stays open, each member's answer private."""

from typing import TYPE_CHECKING, Literal, get_args

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import UserError
from bot.interview.model import Difficulty, Interview
from bot.text import _
from bot.trivia.asking import Wanted
from bot.trivia.questions import Kind, Shown
from bot.ui import options
from bot.ui.cards import Card
from bot.ui.reader import Reader, asker_of, reader_of
from bot.ui.replies import reply
from bot.ui.trivia import choice_label, question_card, verdict_card
from bot.ui.views import PersistentButton

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]
_KindName = Literal["curated", "who", "line", "question", "true-or-false"]
_DifficultyName = Literal["easy", "medium", "hard"]


class AnswerButton(
    PersistentButton,
    template=r"trivia:answer:(?P<question_id>[0-9]{1,18}):(?P<choice>[0-3])",
):
    """Gives an answer; the first one stands."""

    def __init__(self, question_id: str | int, choice: str | int, label: str = "") -> None:
        super().__init__(f"trivia:answer:{question_id}:{choice}", label)
        self.question_id = int(question_id)
        self.choice = int(choice)

    async def press(self, interaction: _Interaction) -> None:
        bot, user_id = interaction.client, interaction.user.id
        given = await bot.questions.answer(self.question_id, user_id, self.choice)
        if given is None:
            raise UserError(_("This question is no longer kept."), _("Type /trivia for a new one."))
        reader = await reader_of(interaction, is_private=True)
        shown = Shown.from_json(given.shown)
        interview = bot.library.interviews.get(shown.slug)
        card = verdict_card(
            shown,
            interview,
            reader,
            choice=given.choice,
            is_late=given.choice != self.choice,
            buttons=[NextButton(shown.slug)],
        )
        await reply(interaction, card)
        await self._show_tally(interaction, shown)

    async def _show_tally(self, interaction: _Interaction, shown: Shown) -> None:
        message = interaction.message
        if message is None or message.flags.ephemeral:
            return
        bot, place = interaction.client, bot_message(interaction, message.id)
        reader = await reader_of(interaction, is_private=False)

        async def edit() -> None:
            tally = await bot.questions.tally(self.question_id)
            await place.edit(
                view=_card(shown, self.question_id, reader, tally.answered, tally.right)
            )

        bot.edits.request(message.id, edit)


class NextButton(PersistentButton, template=r"trivia:next:(?P<slug>[a-z0-9-]{1,32})"):
    """Asks privately one more question."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"trivia:next:{slug}", _("Next for me"), discord.ButtonStyle.primary)
        self.slug = slug

    async def press(self, interaction: _Interaction) -> None:
        interview = interaction.client.interview(self.slug)
        reader = await reader_of(interaction, is_private=True)
        await reply(interaction, await _asked(interaction, interview, reader, Wanted()))


class Trivia(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.autocomplete(interview=options.interviews)
    async def trivia(
        self,
        interaction: _Interaction,
        kind: _KindName | None = None,
        difficulty: _DifficultyName | None = None,
        interview: str | None = None,
    ) -> None:
        """Ask a question about the interview; everybody may answer.

        Args:
            interaction: The interaction.
            kind: What kind of question
            difficulty: How hard
            interview: Which interview it is about
        """
        reader = await asker_of(interaction)
        chosen = self.bot.interview_for(reader, interview)
        wanted = Wanted(
            Kind(kind) if kind else None, Difficulty(difficulty) if difficulty else None
        )
        card = await _asked(interaction, chosen, reader, wanted)
        await reply(interaction, card, is_private=reader.is_private)


async def _asked(
    interaction: _Interaction, interview: Interview, reader: Reader, wanted: Wanted
) -> Card:
    bot, channel_id = interaction.client, interaction.channel_id or 0
    shown = await bot.asking.next(channel_id, interview, wanted, reader.audience)
    question_id = await bot.questions.add(channel_id, shown.asked())
    return _card(shown, question_id, reader, 0, 0)


def _card(shown: Shown, question_id: int, reader: Reader, answered: int, right: int) -> Card:
    buttons = [
        AnswerButton(question_id, n, choice_label(n, choice))
        for n, choice in enumerate(shown.choices)
    ]
    return question_card(shown, reader, buttons, answered=answered, right=right)


def bot_message(interaction: _Interaction, message_id: int) -> discord.PartialMessage:
    channel = interaction.client.get_partial_messageable(interaction.channel_id or 0)
    return channel.get_partial_message(message_id)


assert set(get_args(_KindName)) == set(Kind)


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(AnswerButton, NextButton)
    await bot.add_cog(Trivia(bot))
