"""What the posts of a server are called on buttons, so that no two read alike."""

from collections.abc import Callable, Sequence
from typing import Final

import discord

from bot.daily.times_of_day import clock_face
from bot.interview.audience import Reader
from bot.letters import label
from bot.state.schedules import PostKind, Schedule
from bot.text import _

_SHORT: Final = {
    PostKind.QUOTE: _("quote"),
    PostKind.FACT: _("fact"),
    PostKind.QUESTION: _("question"),
    PostKind.PROMPT: _("prompt"),
    PostKind.TURN: _("in turn"),
    PostKind.SEASON: _("week"),
}
# Beside "Stop" or "Try again" and a time, on a phone.
_MAX_CHANNEL: Final = 16


def post_names(
    schedules: Sequence[Schedule], guild: discord.Guild | None, reader: Reader
) -> list[str]:
    """Name each post by its time and, of several at that time, by what tells it from the others."""

    def what(schedule: Schedule) -> str:
        return reader.say(_SHORT[schedule.what])

    def where(schedule: Schedule) -> str:
        return _channel_name(guild, schedule.channel_id)

    def what_and_where(schedule: Schedule) -> str:
        return f"{what(schedule)} {where(schedule)}"

    def nothing(_schedule: Schedule) -> str:
        return ""

    ways = (nothing, what, where, what_and_where)
    return [_name(schedule, schedules, ways) for schedule in schedules]


def _name(
    schedule: Schedule,
    schedules: Sequence[Schedule],
    ways: Sequence[Callable[[Schedule], str]],
) -> str:
    time = clock_face(schedule.minute)
    peers = [other for other in schedules if other.minute == schedule.minute]
    for way in ways:
        name = way(schedule)
        if [way(peer) for peer in peers].count(name) == 1:
            return f"{time} {name}".strip()
    # Twice the same, or channels that cannot be told apart by their beginnings.
    return f"{time} ({peers.index(schedule) + 1})"


def _channel_name(guild: discord.Guild | None, channel_id: int) -> str:
    channel = guild and guild.get_channel_or_thread(channel_id)
    return f"#{label(channel.name, _MAX_CHANNEL)}" if channel else ""
