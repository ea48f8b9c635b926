"""The card of a day."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import discord

from bot.daily.content import DayContent, DayPart, PastQuestion
from bot.interview.audience import Reader
from bot.interview.model import Interview
from bot.letters import one_line
from bot.process.utc_days import SECONDS_A_DAY, begins_at
from bot.state.questions import Streak, Tally
from bot.text import Text, _
from bot.ui.budget import FlexibleText, Line, TextBlock
from bot.ui.cards import Card, Item, row_of, rows_of, small
from bot.ui.markdown import plain
from bot.ui.question_cards import question_lines
from bot.ui.quote_cards import fact_text, quote_text, small_print

_NOON: Final = SECONDS_A_DAY // 2
_HEADINGS: Final = {
    DayPart.QUOTE: _("### Quote of the day"),
    DayPart.FACT: _("### Fact of the day"),
    DayPart.QUESTION: _("### Question of the day"),
    DayPart.PROMPT: _("### What do you think?"),
}
_LABELS: Final = {
    DayPart.QUOTE: _("Quote of the day"),
    DayPart.FACT: _("Fact of the day"),
    DayPart.QUESTION: _("Question of the day"),
}
_YESTERDAY: Final = _("Yesterday")
# Of fewer answers a share in percent says more than there is to say.
_LEAST_ANSWERS: Final = 10


def day_layout(
    content: DayContent,
    day: int,
    part: DayPart,
    interview: Interview,
    reader: Reader,
    answers: Sequence[Item],
    buttons: Sequence[Item],
    streak: str = "",
    past: PastQuestion | None = None,
) -> Card:
    """Show what a day brings, how the day before was, and when the next comes."""
    # At noon a UTC day is the same day almost everywhere.
    heading = _HEADINGS.get(part, _("### Today, <t:{noon}:D>", noon=begins_at(day) + _NOON))
    items: list[Item] = [discord.ui.TextDisplay(reader.say(heading))]
    for label, text in _texts(content, interview, reader):
        if len(items) > 1:
            items.append(discord.ui.Separator())
        is_labelled = part is DayPart.ALL and label in _LABELS
        above = [small(f"**{reader.say(_LABELS[label])}**")] if is_labelled else []
        items.append(TextBlock([*above, *text]))
    items += rows_of(answers)
    if streak:
        items.append(discord.ui.TextDisplay(small(streak)))
    if past is not None and part in (DayPart.ALL, DayPart.QUESTION):
        items += [discord.ui.Separator(), TextBlock(_yesterday(past, reader))]
    if notes := _notes(day, part, has_answers=bool(answers)):
        items.append(discord.ui.TextDisplay(small_print(notes, reader)))
    return Card(reader.locale, discord.ui.Container[Any](*items), *row_of(buttons))


def streak_note(days: int, best: int, *, is_today: bool) -> Text:
    """Tell how many days in a row a member has answered."""
    if not is_today:
        return _("-# That was another day's question; your streak counts only the day itself.")
    if days == 1:
        return _("-# Your streak begins: 1 day. The best so far: {best}.", best=best)
    return _("-# Your streak: {days} days. The best so far: {best}.", days=days, best=best)


def share_right(tally: Tally) -> Text:
    """Say how many got a question right; in percent only of enough of them."""
    return share_right_of(tally.right, tally.answered)


def share_right_of(right: int, answered: int) -> Text:
    """Say how many of some answers were right."""
    if answered < _LEAST_ANSWERS:
        return _("{right} of {answered} got it right", right=right, answered=answered)
    return _("{percent} % got it right", percent=round(100 * right / answered))


def tally_note(tally: Tally) -> Text:
    """Tell who has just answered how all did."""
    if tally.answered <= 1:
        return _("You're the first to answer.")
    return share_right(tally)


def own_streak(streak: Streak) -> Text | None:
    """Tell a member of their streak before they answer, or after."""
    if streak.days == 0:
        return None
    if streak.days == 1 and streak.has_today:
        return _("Your streak: 1 day, today.")
    if streak.days == 1:
        return _("Your streak: 1 day. Answer today to keep it.")
    if streak.has_today:
        return _("Your streak: {days} days, today included.", days=streak.days)
    return _("Your streak: {days} days. Answer today to keep it.", days=streak.days)


def public_streak(user_id: int, streak: Streak) -> Text | None:
    """Tell a channel of a member's streak, once there is one."""
    if streak.days < 2:
        return None
    return _("<@{user}>: {days} days in a row", user=user_id, days=streak.days)


def _yesterday(past: PastQuestion, reader: Reader) -> list[Line]:
    question = past.question
    right = plain(one_line(question.choices[question.right]))
    answer = _("The answer was **{right}**", right=right)
    parts = [answer, share_right(past.tally)] if past.tally.answered else [answer]
    return [
        small(f"**{reader.say(_YESTERDAY)}**"),
        FlexibleText(one_line(question.passage or question.prompt), "-# "),
        small_print(parts, reader),
    ]


def _texts(
    content: DayContent, interview: Interview, reader: Reader
) -> Iterator[tuple[DayPart, Sequence[Line]]]:
    if content.quote is not None:
        yield DayPart.QUOTE, quote_text(content.quote, interview, reader)
    if content.fact is not None:
        yield DayPart.FACT, fact_text(content.fact, interview, reader)
    if content.question is not None:
        yield DayPart.QUESTION, question_lines(content.question)
    if content.prompt is not None:
        yield DayPart.PROMPT, [FlexibleText(one_line(content.prompt.text))]


def _notes(day: int, part: DayPart, *, has_answers: bool) -> list[Text]:
    notes: list[Text] = []
    if part is DayPart.ALL:
        notes.append(_("Next one <t:{begins}:R>.", begins=begins_at(day + 1)))
    if has_answers:
        notes.append(_("Your answer is private and keeps your streak."))
    if part is DayPart.PROMPT:
        notes.append(_("There is no right answer."))
    return notes
