"""What a day shows, all of it or one part, with the buttons that answer its question."""

import asyncio
from functools import lru_cache
from typing import Any, Final

import discord

from bot.client import Bot, Interaction
from bot.daily.content import DayContent, DayPart, PastQuestion
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.interview.days import ONLY, DayShare
from bot.interview.model import Interview
from bot.process.utc_days import day_of
from bot.state.questions import EVERY_CHANNEL
from bot.text import Text, _
from bot.trivia.kinds import Question
from bot.ui.cards import KEPT_CARDS, Card, small
from bot.ui.custom_ids import CHOICE, ROW, CustomId
from bot.ui.day_layout import day_layout, streak_note, tally_note
from bot.ui.day_sharing import ShareButton
from bot.ui.game_setup import TogetherButton
from bot.ui.question_cards import NEXT, choice_label, points_note, verdict_card
from bot.ui.quote_buttons import ContextButton
from bot.ui.reader import is_guest, reader_of
from bot.ui.replies import reply
from bot.ui.saving import SaveButton
from bot.ui.views import PersistentButton


class AnswerTodayButton(
    PersistentButton, schema=CustomId("today:answer", question_id=ROW, choice=CHOICE)
):
    """Gives an answer to the question of a day; the first one stands."""

    def __init__(self, question_id: int, choice: int, label: str = "") -> None:
        super().__init__(label, question_id=question_id, choice=choice)
        self.question_id = question_id
        self.choice = choice

    async def press(self, interaction: Interaction) -> None:
        bot, user_id = interaction.client, interaction.user.id
        if not bot.clock.is_right:
            raise UserError(
                _("My host's clock is wrong, so I can't count days just now."),
                _("Try again later; your streak waits."),
            )
        answer = await bot.state.questions.answer(
            self.question_id, user_id, self.choice, interaction.guild_id or 0, EVERY_CHANNEL
        )
        if answer is None or answer.day is None:
            raise UserError(_("This question is no longer kept."), _("Type /today for a new one."))
        reader = await reader_of(interaction, is_private=True)
        stored = Question.from_json(answer.document)
        locale = await _locale_shown(interaction)
        question = await bot.days.translated_question(stored, answer.day, locale)
        today = day_of(bot.clock.now())
        streak, tally = await asyncio.gather(
            bot.state.questions.streak(user_id, question.slug, today),
            bot.state.questions.tally(self.question_id),
        )
        note = streak_note(streak.days, streak.best, is_today=answer.day == today)
        card = verdict_card(
            question,
            bot.library.interviews.get(question.slug),
            reader,
            choice=answer.choice,
            is_late=answer.choice != self.choice,
            buttons=_onward(interaction, self.question_id, question.slug, reader),
            notes=[
                small(reader.say(tally_note(tally))),
                reader.say(note),
                points_note(answer, reader),
            ],
        )
        await reply(interaction, card)


async def day_card(
    bot: Bot,
    interview: Interview,
    reader: Reader,
    day: int,
    part: DayPart = DayPart.ALL,
    streak: Text | None = None,
    share: DayShare = ONLY,
) -> Card | None:
    """Make the card of a day, or of one part of it; None where there is nothing to show.

    It may tell whoever asked for it of their `streak`.
    """
    content = await bot.days.part_for(interview, day, part, reader, share)
    if content is None:
        return None
    past = await bot.days.past(interview, day - 1, reader.locale)
    if streak is None:
        return _kept_card(content, day, part, interview, reader, past)
    # It is somebody's, and a card of theirs is not kept.
    return _card(content, day, part, interview, reader, past, reader.say(streak))


def _card(
    content: DayContent,
    day: int,
    part: DayPart,
    interview: Interview,
    reader: Reader,
    past: PastQuestion | None,
    streak: str = "",
) -> Card:
    choices = content.question.choices if content.question else ()
    answers = [
        AnswerTodayButton(content.question_id, n, choice_label(n, choice))
        for n, choice in enumerate(choices)
    ]
    buttons: list[PersistentButton] = []
    if (quote := content.quote) is not None:
        buttons = [ContextButton(quote.slug, quote.number), SaveButton(quote.slug, quote.number)]
    return day_layout(content, day, part, interview, reader, answers, buttons, streak, past)


_kept_card: Final = lru_cache(KEPT_CARDS)(_card)


def _onward(
    interaction: Interaction, question_id: int, slug: str, reader: Reader
) -> list[discord.ui.Item[Any]]:
    """Offer what to do after the question of a day."""
    # Whoever answers its presses knows the button by its id.
    next_id = NEXT.build(slug=slug)
    more = discord.ui.Button[Any](label=reader.say(_("Practise")), custom_id=next_id)
    if interaction.guild_id is None or is_guest(interaction):
        return [more]
    return [ShareButton(question_id), more, TogetherButton(slug)]


async def _locale_shown(interaction: Interaction) -> str:
    """Give the language of the message that was pressed: the verdict speaks of its choices."""
    message = interaction.message
    is_seen_by_one = message is not None and message.flags.ephemeral
    return (await reader_of(interaction, is_private=is_seen_by_one)).locale
