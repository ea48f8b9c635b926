"""The daily posts of a server, as a card."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import discord

from bot.daily.due import clock_face
from bot.interview.model import Interview
from bot.state.schedules import PostKind, Schedule, StopReason
from bot.text import Text, _
from bot.ui.cards import Card
from bot.ui.markdown import plain
from bot.ui.reader import Reader

WHAT: Final = {
    PostKind.QUOTE: _("Quote of the day"),
    PostKind.FACT: _("Fact of the day"),
    PostKind.QUESTION: _("Question of the day"),
    PostKind.PROMPT: _("Something to talk about"),
    PostKind.TURN: _("One of these in turn"),
}
_STOPPED: Final = {
    StopReason.CHANNEL_GONE: _("Stopped: the channel is gone."),
    StopReason.NO_PERMISSION: _("Stopped: I may not post there any more."),
    StopReason.REFUSED: _("Stopped: Discord refused the post. The host's log says why."),
}


def schedule_card(
    schedules: Sequence[Schedule],
    interviews: Mapping[str, Interview],
    reader: Reader,
    buttons: Sequence[discord.ui.Item[Any]],
    notes: Sequence[Text] = (),
) -> Card:
    """List the daily posts of a server, each with what stops it or lets it go on."""
    heading = discord.ui.TextDisplay[Any](reader.say(_("### Daily posts in this server")))
    items: list[discord.ui.Item[Any]] = [
        discord.ui.Section(_entry(one, interviews, reader), accessory=button)
        for one, button in zip(schedules, buttons, strict=True)
    ]
    if not items:
        empty = _("None yet. As in: /schedule time: 18:00 zone: Europe/Berlin what: Quote")
        items = [discord.ui.TextDisplay(reader.say(empty))]
    return Card(reader.locale, *map(reader.say, notes), discord.ui.Container[Any](heading, *items))


def _entry(schedule: Schedule, interviews: Mapping[str, Interview], reader: Reader) -> str:
    first = _(
        "**{what}** in <#{channel}>, {time} {zone}",
        what=WHAT[schedule.what],
        channel=schedule.channel_id,
        time=clock_face(schedule.minute),
        zone=plain(schedule.zone),
    )
    lines = [reader.say(first)]
    if len(interviews) > 1 and schedule.slug in interviews:
        interview = interviews[schedule.slug]
        lines.append(plain(interview.work or interview.title))
    if schedule.skipped_at is not None:
        skipped = _("Left out: the one of <t:{at}:f>, I was away.", at=schedule.skipped_at)
        lines.append(reader.say(skipped))
    if schedule.stopped:
        lines.append(reader.say(_STOPPED[schedule.stopped]))
    else:
        lines.append(reader.say(_("Next <t:{at}:R>.", at=schedule.due_at)))
    return "\n".join(lines)
