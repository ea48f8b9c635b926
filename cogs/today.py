"""The quote, the fact and the question of the day."""

from dataclasses import replace
from time import time
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import UserError
from bot.interview.daily import day_of
from bot.text import _
from bot.trivia.questions import Shown
from bot.ui import options
from bot.ui.cards import Card
from bot.ui.quotes import ContextButton, SaveButton
from bot.ui.reader import asker_of, reader_of
from bot.ui.replies import reply
from bot.ui.today import streak_note, today_card
from bot.ui.trivia import choice_label, points_note, verdict_card
from bot.ui.views import PersistentButton

if TYPE_CHECKING:
    from bot.client import Bot
    from bot.interview.model import Interview
    from bot.ui.reader import Reader

_Interaction = discord.Interaction["Bot"]


class AnswerTodayButton(
    PersistentButton,
    template=r"today:answer:(?P<question_id>[0-9]{1,18}):(?P<choice>[0-3])",
):
    """Gives an answer to the question of a day; the first one stands."""

    def __init__(self, question_id: str | int, choice: str | int, label: str = "") -> None:
        super().__init__(f"today:answer:{question_id}:{choice}", label)
        self.question_id = int(question_id)
        self.choice = int(choice)

    async def press(self, interaction: _Interaction) -> None:
        bot, user_id = interaction.client, interaction.user.id
        given = await bot.questions.answer(
            self.question_id, user_id, self.choice, interaction.guild_id or 0
        )
        if given is None or given.day is None:
            raise UserError(_("This question is no longer kept."), _("Type /today for a new one."))
        shown = Shown.from_json(given.shown)
        reader = await reader_of(interaction, is_private=True)
        today = day_of(time())
        streak = await bot.questions.streak(user_id, shown.slug, today)
        note = streak_note(streak.days, streak.best, is_today=given.day == today)
        card = verdict_card(
            shown,
            bot.library.interviews.get(shown.slug),
            reader,
            choice=given.choice,
            is_late=given.choice != self.choice,
            notes=[reader.say(note), points_note(given, reader)],
        )
        await reply(interaction, card)


class Today(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.autocomplete(interview=options.interviews)
    async def today(self, interaction: _Interaction, interview: str | None = None) -> None:
        """See the quote, the fact and the question of the day.

        Args:
            interaction: The interaction.
            interview: Which interview they are from
        """
        reader = await asker_of(interaction)
        chosen = self.bot.interview_for(reader, interview)
        card = await _today_card(self.bot, chosen, reader, day_of(time()))
        await reply(interaction, card, is_private=reader.is_private)


async def _today_card(bot: "Bot", interview: "Interview", reader: "Reader", day: int) -> Card:
    today = await bot.daily.of(interview, day)
    shown, answers = None, list[AnswerTodayButton]()
    if today.question is not None:
        # Whoever sees it first fixes how it is asked on this day, whatever an editor changes.
        number, stored = await bot.questions.of_the_day(day, today.question.asked())
        shown = Shown.from_json(stored)
        answers = [
            AnswerTodayButton(number, n, choice_label(n, choice))
            for n, choice in enumerate(shown.choices)
        ]
    quote = today.quote
    if quote is not None and reader.audience.leaves_out(quote.slug, quote.number):
        today, quote = replace(today, quote=None), None
    buttons: list[PersistentButton] = []
    if quote is not None:
        buttons = [ContextButton(quote.slug, quote.number), SaveButton(quote.slug, quote.number)]
    return today_card(today, day, interview, reader, shown, answers, buttons)


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(AnswerTodayButton)
    await bot.add_cog(Today(bot))
