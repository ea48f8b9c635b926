"""The card of a day."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import discord

from bot.daily.content import DayContent, DayPart
from bot.interview.audience import Reader
from bot.interview.model import Interview
from bot.letters import one_line
from bot.process.utc_days import begins_at
from bot.text import Text, _
from bot.ui.budget import FlexibleText, Line, TextBlock
from bot.ui.cards import Card, Item, row_of, rows_of
from bot.ui.question_cards import question_lines
from bot.ui.quote_cards import fact_text, quote_text, small_print

_HEADINGS: Final = {
    DayPart.QUOTE: _("### Quote of the day"),
    DayPart.FACT: _("### Fact of the day"),
    DayPart.QUESTION: _("### Question of the day"),
    DayPart.PROMPT: _("### What do you think?"),
}


def day_layout(
    content: DayContent,
    day: int,
    part: DayPart,
    interview: Interview,
    reader: Reader,
    answers: Sequence[Item],
    buttons: Sequence[Item],
) -> Card:
    """Show what a day brings, and when the next comes."""
    date = datetime.fromtimestamp(begins_at(day), UTC).date().isoformat()
    heading = _HEADINGS.get(part, _("### Today, {date}", date=date))
    items: list[Item] = [discord.ui.TextDisplay(reader.say(heading))]
    for text in _texts(content, interview, reader):
        if len(items) > 1:
            items.append(discord.ui.Separator())
        items.append(TextBlock(text))
    items += rows_of(answers)
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


def _texts(content: DayContent, interview: Interview, reader: Reader) -> Iterator[Sequence[Line]]:
    if content.quote is not None:
        yield quote_text(content.quote, interview, reader)
    if content.fact is not None:
        yield fact_text(content.fact, interview, reader)
    if content.question is not None:
        yield question_lines(content.question)
    if content.prompt is not None:
        yield [FlexibleText(one_line(content.prompt.text))]


def _notes(day: int, part: DayPart, *, has_answers: bool) -> list[Text]:
    notes: list[Text] = []
    if part is DayPart.ALL:
        notes.append(_("The next comes <t:{begins}:R>.", begins=begins_at(day + 1)))
    if has_answers:
        notes.append(_("Your answer is private, and a day in your streak."))
    if part is DayPart.PROMPT:
        notes.append(_("There is no right answer."))
    return notes
