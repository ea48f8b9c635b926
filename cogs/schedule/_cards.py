"""The daily posts of a server, as a card."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import discord

from bot.daily.times_of_day import clock_face
from bot.daily.zones import zone_label
from bot.interview.audience import Reader
from bot.interview.model import Interview
from bot.interview.names import interview_names
from bot.state.schedules import PostKind, Schedule, StopReason
from bot.text import Text, _
from bot.ui.budget import FlexibleText, Line, TextBlock
from bot.ui.cards import Card, Item, box, row_of
from bot.ui.markdown import plain

POST_KINDS: Final = {
    PostKind.QUOTE: _("Quote of the day"),
    PostKind.FACT: _("Fact of the day"),
    PostKind.QUESTION: _("Question of the day"),
    PostKind.PROMPT: _("Something to talk about"),
    PostKind.TURN: _("One of these in turn"),
    PostKind.SEASON: _("The week in trivia, once a week"),
}
_STOPPED: Final = {
    StopReason.CHANNEL_GONE: _(
        "Stopped: the channel is gone. Remove this one and set it up again, in another channel."
    ),
    StopReason.NO_PERMISSION: _(
        "Stopped: I can't post there any more. Let me see the channel and send messages in it,"
        " then try again."
    ),
    StopReason.REFUSED: _(
        "Stopped: Discord refused the post. The host's log says why; ask them, then try again."
    ),
    StopReason.ZONE_GONE: _(
        "Stopped: its time zone no longer exists. Remove this post and set it up again with"
        " another zone."
    ),
}


def schedule_card(
    schedules: Sequence[Schedule],
    interviews: Mapping[str, Interview],
    reader: Reader,
    buttons: Sequence[Item],
    notes: Sequence[Text] = (),
    lacks: Mapping[int, Text] = MappingProxyType({}),
    below: Sequence[Item] = (),
) -> Card:
    """List the daily posts of a server, each with what stops it or lets it go on.

    What a post lacks is given by its id.
    """
    heading = reader.say(_("### Daily posts in this server"))
    entries = [TextBlock(_entry(schedule, interviews, reader, lacks)) for schedule in schedules]
    items: list[Item | str] = [
        discord.ui.Section[Any](entry, accessory=button)
        for entry, button in zip(entries, buttons, strict=True)
    ]
    if not items:
        empty = _(
            "None yet. For example: /schedule time: 18:00 zone: Europe/Berlin what: {what}",
            what=POST_KINDS[PostKind.QUOTE],
        )
        items = [reader.say(empty)]
    return Card(reader.locale, *map(reader.say, notes), box([heading], *items), *row_of(below))


def _entry(
    schedule: Schedule,
    interviews: Mapping[str, Interview],
    reader: Reader,
    lacks: Mapping[int, Text],
) -> list[Line]:
    first = _(
        "**{what}** in <#{channel}>, {time} {zone}",
        what=POST_KINDS[schedule.what],
        channel=schedule.channel_id,
        time=clock_face(schedule.minute),
        zone=plain(zone_label(schedule.zone)),
    )
    lines: list[Line] = [reader.say(first)]
    if len(interviews) > 1 and schedule.slug in interviews:
        lines.append(FlexibleText(interview_names(interviews)[schedule.slug]))
    if schedule.skipped_at is not None:
        note = _("Skipped: the one of <t:{at}:f> couldn't be posted.", at=schedule.skipped_at)
        lines.append(reader.say(note))
    if schedule.stopped:
        lines.append(reader.say(_STOPPED[schedule.stopped]))
    else:
        lines.append(reader.say(_("Next <t:{at}:R>.", at=schedule.due_at)))
    if schedule.id in lacks:
        lines.append(reader.say(lacks[schedule.id]))
    return lines
