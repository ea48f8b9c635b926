"""The list of a server's daily posts, and the buttons that stop them or begin one."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from typing import Final

import discord

from bot.client import Bot, Interaction
from bot.daily.content import may_prompt
from bot.daily.due import MINUTES_A_DAY, ZoneGoneError
from bot.daily.posts import next_post
from bot.daily.times_of_day import clock_face
from bot.daily.zones import is_zone, zone_label
from bot.errors import UserError
from bot.interview.names import UnknownNameError
from bot.state.schedules import PostKind, Schedule, StopReason
from bot.text import Text, _
from bot.ui.cards import Card
from bot.ui.custom_ids import ROW, SLUG, SNOWFLAKE, CustomId, Field, one_of
from bot.ui.permissions import check_may_manage, why_no_thread
from bot.ui.reader import interview_of, reader_of
from bot.ui.replies import OfferError, turn_privately
from bot.ui.views import PersistentButton, PersistentSelect, select
from cogs.schedule._adding import NewPost, add_post
from cogs.schedule._cards import POST_KINDS, schedule_card
from cogs.schedule._channels import PostChannel
from cogs.schedule._naming import post_names
from cogs.schedule._now import post_now

_FOR_EVER: Final = (StopReason.CHANNEL_GONE, StopReason.ZONE_GONE)
"""What does not come back, however often it is tried."""


class StopDailyButton(PersistentButton, schema=CustomId("schedule:stop", schedule_id=ROW)):
    """Ends a daily post for good."""

    def __init__(self, schedule_id: int, label: Text | str = "") -> None:
        super().__init__(label, schedule_id=schedule_id)
        self.schedule_id = schedule_id

    async def press(self, interaction: Interaction) -> None:
        check_may_manage(interaction)
        schedules, guild_id = interaction.client.state.schedules, interaction.guild_id or 0
        is_first = await schedules.delete(self.schedule_id, guild_id)
        note = _("Stopped.") if is_first else _("It was stopped already.")
        await turn_privately(interaction, await list_card(interaction, note))


class GoOnDailyButton(PersistentButton, schema=CustomId("schedule:on", schedule_id=ROW)):
    """Goes on with a daily post that had to stop."""

    def __init__(self, schedule_id: int, label: Text | str = "") -> None:
        super().__init__(label, schedule_id=schedule_id)
        self.schedule_id = schedule_id

    async def press(self, interaction: Interaction) -> None:
        check_may_manage(interaction)
        bot, guild_id = interaction.client, interaction.guild_id or 0
        schedule = await bot.state.schedules.find(self.schedule_id, guild_id)
        if schedule is not None:
            await _go_on(bot, schedule)
        note = None if schedule else _("It was stopped already.")
        await turn_privately(interaction, await list_card(interaction, note))


class PostNowSelect(PersistentSelect, schema=CustomId("schedule:now")):
    """Posts at once what would come later."""

    placeholder = _("Post one now\u2026")

    def __init__(self, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(select(self.schema.build(), options))

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        check_may_manage(interaction)
        schedules = await interaction.client.state.schedules.list_for(interaction.guild_id or 0)
        schedule = next((post for post in schedules if [str(post.id)] == list(values)), None)
        if schedule is None:
            raise UserError(_("That post isn't there any more."), _("Type /schedule again."))
        note = await post_now(interaction, schedule)
        await turn_privately(interaction, await list_card(interaction, note))


class ZoneButton(
    PersistentButton,
    schema=CustomId(
        "schedule:in",
        minute=Field("[0-9]{1,4}", int),
        channel_id=SNOWFLAKE,
        kind=one_of(*PostKind),
        slug=SLUG,
        zone=Field(r"[A-Za-z0-9_+/-]{1,32}"),
    ),
):
    """Begins a daily post in one of the zones that may have been meant."""

    def __init__(self, minute: int, channel_id: int, kind: str, slug: str, zone: str) -> None:
        super().__init__(
            zone_label(zone), minute=minute, channel_id=channel_id, kind=kind, slug=slug, zone=zone
        )
        self.minute = minute
        self.channel_id = channel_id
        self.kind = PostKind(kind)
        self.slug = slug
        self.zone = zone

    async def press(self, interaction: Interaction) -> None:
        check_may_manage(interaction)
        reader = await reader_of(interaction, is_private=True)
        interview = interview_of(interaction.client.library, self.slug, reader)
        if self.minute >= MINUTES_A_DAY or not is_zone(self.zone):
            raise UserError(_("That's not possible any more."), _("Type /schedule again."))
        new = NewPost(self.minute, self._channel(interaction), self.kind, interview)
        note = await add_post(interaction, new, self.zone)
        await turn_privately(interaction, await list_card(interaction, note))

    def _channel(self, interaction: Interaction) -> PostChannel:
        guild, channel = interaction.guild, interaction.channel
        if self.channel_id != interaction.channel_id:
            channel = guild and guild.get_channel_or_thread(self.channel_id)
        if not isinstance(channel, PostChannel):
            raise UserError(_("That channel is gone."), _("Choose another channel."))
        return channel


@contextmanager
def offering_zones(new: NewPost) -> Generator[None]:
    """Where a zone is not clear, offer those that may be meant as buttons that go on."""
    try:
        yield
    except UnknownNameError as error:
        raise OfferError(error, _zone_buttons(new, error.nearest)) from error


def asking_zone(new: NewPost, zones: Iterable[str]) -> OfferError:
    """Ask in which zone a time is meant, where nothing tells."""
    question = UserError(
        _("Which time zone is {time} in?", time=clock_face(new.minute)),
        _("Pick one, or type another, as in zone: New York or zone: UTC+2."),
    )
    return OfferError(question, _zone_buttons(new, zones))


def _zone_buttons(new: NewPost, zones: Iterable[str]) -> list[ZoneButton]:
    # A long name of an interview leaves no room for a long one of a zone.
    place = (new.minute, new.channel.id, new.kind.value, new.interview.slug)
    return [ZoneButton(*place, zone) for zone in zones]


async def _go_on(bot: Bot, schedule: Schedule) -> None:
    try:
        following = next_post(schedule, bot.clock.now())
    except ZoneGoneError:
        await bot.state.schedules.stop(schedule.id, StopReason.ZONE_GONE)
        return
    await bot.state.schedules.go_on(schedule, following)
    bot.daily_posts.look()


async def list_card(interaction: Interaction, note: Text | None = None) -> Card:
    """List the daily posts of the server, each with what stops it or lets it go on."""
    bot, reader = interaction.client, await reader_of(interaction, is_private=True)
    schedules = await bot.state.schedules.list_for(interaction.guild_id or 0)
    names = post_names(schedules, interaction.guild, reader)
    buttons = [_button(schedule, name) for schedule, name in zip(schedules, names, strict=True)]
    notes = [note] if note else []
    lacks = await _lacks(interaction, schedules)
    offers = [
        discord.SelectOption(
            label=name, description=reader.say(POST_KINDS[schedule.what]), value=str(schedule.id)
        )
        for schedule, name in zip(schedules, names, strict=True)
        if not schedule.stopped
    ]
    below = [PostNowSelect(offers)] if offers else []
    return schedule_card(schedules, bot.library.interviews, reader, buttons, notes, lacks, below)


async def _lacks(interaction: Interaction, schedules: Sequence[Schedule]) -> dict[int, Text]:
    """Say of each post that is to have a thread and can have none why that is."""
    settings = await interaction.client.state.guild_settings.get(interaction.guild_id)
    guild, reasons = interaction.guild, dict[int, Text]()
    for schedule in schedules if settings.has_threads and guild else ():
        channel = guild and guild.get_channel_or_thread(schedule.channel_id)
        if channel is not None and may_prompt(schedule.what) and not schedule.stopped:
            reason = why_no_thread(channel)
            reasons |= {schedule.id: reason} if reason else {}
    return reasons


def _button(schedule: Schedule, name: str) -> PersistentButton:
    # Read out alone, each says which post it is about.
    if schedule.stopped in _FOR_EVER:
        return StopDailyButton(schedule.id, _("Remove {name}", name=name))
    if schedule.stopped:
        return GoOnDailyButton(schedule.id, _("Try {name} again", name=name))
    return StopDailyButton(schedule.id, _("Stop {name}", name=name))
