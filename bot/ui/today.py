"""The card of a day."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

import discord

from bot.daily.content import DayContent
from bot.interview.days import begins_at
from bot.interview.model import Interview
from bot.text import Text, _
from bot.trivia.kinds import Question
from bot.ui.cards import Card, row_of
from bot.ui.markdown import one_line, plain_cut
from bot.ui.reader import Reader
from bot.ui.render import fact_text, quote_text, small_print

_Item = discord.ui.Item[Any]


class DayPart(StrEnum):
    """What of a day is shown."""

    ALL = "all"
    QUOTE = "quote"
    FACT = "fact"
    QUESTION = "question"
    PROMPT = "prompt"


_HEADINGS: Final = {
    DayPart.QUOTE: _("### Quote of the day"),
    DayPart.FACT: _("### Fact of the day"),
    DayPart.QUESTION: _("### Question of the day"),
    DayPart.PROMPT: _("### What do you think?"),
}


def today_card(
    today: DayContent,
    day: int,
    part: DayPart,
    interview: Interview,
    reader: Reader,
    answers: Sequence[_Item],
    buttons: Sequence[_Item],
) -> Card:
    """Show what a day brings, and when the next comes."""
    date = datetime.fromtimestamp(begins_at(day), UTC).date().isoformat()
    heading = _HEADINGS.get(part, _("### Today, {date}", date=date))
    parts: list[_Item] = [discord.ui.TextDisplay(reader.say(heading))]
    for one in _parts(today, interview, reader):
        if len(parts) > 1:
            parts.append(discord.ui.Separator())
        parts.append(discord.ui.TextDisplay(one))
    parts += [discord.ui.ActionRow(answer) for answer in answers]
    if note := small_print(_notes(day, part, has_answers=bool(answers)), reader):
        parts.append(discord.ui.TextDisplay(note))
    container: discord.ui.Container[Any] = discord.ui.Container(*parts)
    return Card(reader.locale, container, *row_of(buttons))


def _parts(today: DayContent, interview: Interview, reader: Reader) -> Iterator[str]:
    if today.quote is not None:
        yield quote_text(today.quote, interview, reader)
    if today.fact is not None:
        yield fact_text(today.fact, interview, reader)
    if today.question is not None:
        yield _asked(today.question)
    if today.prompt is not None:
        yield plain_cut(one_line(today.prompt.text), 1000)


def _notes(day: int, part: DayPart, *, has_answers: bool) -> list[Text]:
    notes: list[Text] = []
    if part is DayPart.ALL:
        notes.append(_("The next comes <t:{begins}:R>.", begins=begins_at(day + 1)))
    if has_answers:
        notes.append(_("Your answer is private, and a day in your streak."))
    if part is DayPart.PROMPT:
        notes.append(_("There is no right answer."))
    return notes


def streak_note(days: int, best: int, *, is_today: bool) -> Text:
    """Tell how many days in a row a member has answered."""
    if not is_today:
        return _("-# That was the question of another day; your streak counts the day itself.")
    if days == 1:
        return _("-# Your streak begins: 1 day. The best so far: {best}.", best=best)
    return _("-# Your streak: {days} days. The best so far: {best}.", days=days, best=best)


def _asked(shown: Question) -> str:
    lines = [f"### {plain_cut(one_line(shown.prompt), 600)}"]
    if shown.passage:
        lines.append(f"> {plain_cut(one_line(shown.passage), 800)}")
    return "\n".join(lines)
