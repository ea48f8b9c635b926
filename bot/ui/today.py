"""The card of a day."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import discord

from bot.interview.daily import begins_at
from bot.interview.model import Interview
from bot.text import Text, _
from bot.trivia.daily import Today
from bot.trivia.questions import Shown
from bot.ui.cards import Card
from bot.ui.markdown import one_line, plain_cut
from bot.ui.reader import Reader
from bot.ui.render import fact_text, quote_text, small_print

_Item = discord.ui.Item[Any]


def today_card(
    today: Today,
    day: int,
    interview: Interview,
    reader: Reader,
    question: Shown | None,
    answers: Sequence[_Item],
    buttons: Sequence[_Item],
) -> Card:
    """Show the quote, the fact and the question of a day, and when the next ones come."""
    date = datetime.fromtimestamp(begins_at(day), UTC).date().isoformat()
    heading = _("### Today, {date}", date=date)
    parts: list[_Item] = [discord.ui.TextDisplay(reader.say(heading))]
    if today.quote is not None:
        parts.append(discord.ui.TextDisplay(quote_text(today.quote, interview, reader)))
    if today.fact is not None:
        parts += [discord.ui.Separator(), _fact(today, interview, reader)]
    if question is not None:
        parts += [discord.ui.Separator(), discord.ui.TextDisplay(_asked(question))]
        parts += [discord.ui.ActionRow(answer) for answer in answers]
    following = _("The next comes <t:{begins}:R>.", begins=begins_at(day + 1))
    hint = _("Your answer is private, and a day in your streak.")
    parts.append(
        discord.ui.TextDisplay(small_print([following, *([hint] if answers else [])], reader))
    )
    container: discord.ui.Container[Any] = discord.ui.Container(*parts)
    return Card(container, discord.ui.ActionRow(*buttons)) if buttons else Card(container)


def streak_note(days: int, best: int, *, is_today: bool) -> Text:
    """Tell how many days in a row a member has answered."""
    if not is_today:
        return _("-# That was the question of another day; your streak counts the day itself.")
    if days == 1:
        return _("-# Your streak begins: 1 day. The best so far: {best}.", best=best)
    return _("-# Your streak: {days} days. The best so far: {best}.", days=days, best=best)


def _fact(today: Today, interview: Interview, reader: Reader) -> _Item:
    assert today.fact is not None
    return discord.ui.TextDisplay(fact_text(today.fact, interview, reader))


def _asked(shown: Shown) -> str:
    lines = [f"### {plain_cut(one_line(shown.prompt), 600)}"]
    if shown.passage:
        lines.append(f"> {plain_cut(one_line(shown.passage), 800)}")
    return "\n".join(lines)
