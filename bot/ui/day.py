"""What a day shows, all of it or one part, with the buttons that answer its question."""

from dataclasses import replace
from time import time
from typing import TYPE_CHECKING, Final, TypeAlias

import discord

from bot.daily.content import DayContent
from bot.errors import UserError
from bot.interview.days import day_of
from bot.interview.model import Interview
from bot.state.schedules import PostKind
from bot.text import _
from bot.trivia.kinds import Question
from bot.ui.cards import Card
from bot.ui.quotes import ContextButton, SaveButton
from bot.ui.reader import Reader, reader_of
from bot.ui.replies import reply
from bot.ui.today import DayPart, streak_note, today_card
from bot.ui.trivia import choice_label, points_note, verdict_card
from bot.ui.views import PersistentButton

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction: TypeAlias = "discord.Interaction[Bot]"

_TURNS: Final = (PostKind.QUOTE, PostKind.FACT, PostKind.QUESTION, PostKind.PROMPT)


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
        if not bot.clock.is_right:
            raise UserError(
                _("The clock of my host is wrong, so I cannot count days just now."),
                _("Try again later; your streak waits."),
            )
        given = await bot.questions.answer(
            self.question_id, user_id, self.choice, interaction.guild_id or 0
        )
        if given is None or given.day is None:
            raise UserError(_("This question is no longer kept."), _("Type /today for a new one."))
        reader = await reader_of(interaction, is_private=True)
        locale = await _locale_shown(interaction)
        shown = await bot.daily.question_told(Question.from_json(given.document), given.day, locale)
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


async def _locale_shown(interaction: _Interaction) -> str:
    """Give the language of the message that was pressed: the verdict speaks of its choices."""
    message = interaction.message
    is_seen_by_one = message is not None and message.flags.ephemeral
    return (await reader_of(interaction, is_private=is_seen_by_one)).locale


async def day_card(
    bot: "Bot", interview: Interview, reader: Reader, day: int, part: DayPart = DayPart.ALL
) -> Card | None:
    """Make the card of a day, or of one part of it; None where there is nothing to show."""
    today = _only(await bot.daily.of(interview, day), part)
    if today.quote and reader.audience.leaves_out(today.quote.slug, today.quote.number):
        today = replace(today, quote=None)
    if today == DayContent():
        return None
    number = 0
    if today.question is not None:
        # Whoever sees it first fixes how it is asked on this day, whatever an editor changes.
        number, stored = await bot.questions.of_the_day(day, today.question.asked())
        today = replace(today, question=Question.from_json(stored))
    today = await bot.daily.told(today, day, reader.locale)
    answers = [
        AnswerTodayButton(number, n, choice_label(n, choice))
        for n, choice in enumerate(today.question.choices if today.question else ())
    ]
    buttons: list[PersistentButton] = []
    if (quote := today.quote) is not None:
        buttons = [ContextButton(quote.slug, quote.number), SaveButton(quote.slug, quote.number)]
    return today_card(today, day, part, interview, reader, answers, buttons)


def part_of(what: PostKind, day: int) -> DayPart:
    """Give what a daily post shows on a day."""
    return DayPart((_TURNS[day % len(_TURNS)] if what is PostKind.TURN else what).value)


def _only(today: DayContent, part: DayPart) -> DayContent:
    match part:
        case DayPart.ALL:
            return replace(today, prompt=None)
        case DayPart.QUOTE:
            return DayContent(quote=today.quote)
        case DayPart.FACT:
            return DayContent(fact=today.fact)
        case DayPart.QUESTION:
            return DayContent(question=today.question)
        case DayPart.PROMPT:
            return DayContent(prompt=today.prompt)
