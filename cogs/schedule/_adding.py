"""A new daily post: what is asked for, and whether it can be posted."""

from dataclasses import dataclass

import discord

from bot.client import Interaction
from bot.daily.content import part_of
from bot.daily.posts import next_time
from bot.daily.times_of_day import clock_face
from bot.daily.zones import zone_label
from bot.errors import UserError
from bot.interview.model import Interview
from bot.process.utc_days import day_of
from bot.state.schedules import MAX_A_GUILD, PostKind
from bot.text import Text, _
from bot.ui.day import day_card
from bot.ui.permissions import check_can_post
from bot.ui.reader import reader_of
from cogs.schedule._channels import PostChannel


@dataclass(frozen=True, slots=True)
class NewPost:
    """A daily post as it was asked for, but for the zone; `minute` is that of the local day."""

    minute: int
    channel: PostChannel
    kind: PostKind
    interview: Interview


async def add_post(interaction: Interaction, new: NewPost, zone: str) -> Text:
    """Store a daily post after a look at whether it can be posted; gives what to say of it."""
    bot, guild_id = interaction.client, interaction.guild_id or 0
    check_may_post(interaction, new.channel)
    due_at = next_time(new.kind, new.minute, zone, bot.clock.now())
    await _check_has_something(interaction, new, day_of(due_at))
    if not await bot.state.schedules.add(
        guild_id, new.channel.id, new.interview.slug, new.kind, new.minute, zone, due_at
    ):
        raise UserError(
            _("{count} daily posts are as many as a server can have.", count=MAX_A_GUILD),
            _("Stop one of them first: /schedule"),
        )
    bot.daily_posts.look()
    return _confirmation(new, zone, due_at)


async def add_in_usual_zone(interaction: Interaction, new: NewPost, zone: str) -> Text:
    """Store a daily post in the zone that was chosen last, and say how to choose another."""
    added = await add_post(interaction, new, zone)
    hint = _(
        "Same time zone as last time. For another, stop it and type the command again, as in"
        " zone: New York."
    )
    return _("{text} {remedy}", text=added, remedy=hint)


async def _check_has_something(interaction: Interaction, new: NewPost, day: int) -> None:
    # Whether a week has something to tell is seen when it is over.
    if new.kind is PostKind.SEASON:
        return
    reader = await reader_of(interaction, is_private=True)
    part = part_of(new.kind, day)
    if await day_card(interaction.client, new.interview, reader, day, part) is None:
        raise UserError(_("This interview has nothing like that."), _("Choose something else."))


def _confirmation(new: NewPost, zone: str, due_at: int) -> Text:
    if new.kind is PostKind.SEASON:
        return _(
            "From now on, once a week at {time} {zone}, the first one <t:{at}:F>. A week in which"
            " nobody played is left out.",
            time=clock_face(new.minute),
            zone=zone_label(zone),
            at=due_at,
        )
    return _(
        "From now on, daily at {time} {zone}: <t:{at}:t> for you, the first one <t:{at}:R>.",
        time=clock_face(new.minute),
        zone=zone_label(zone),
        at=due_at,
    )


def check_may_post(interaction: Interaction, channel: PostChannel) -> None:
    """Raise UserError that names what the bot may not do where it is to post."""
    is_here = channel.id == interaction.channel_id
    check_can_post(
        interaction,
        interaction.app_permissions if is_here else channel.permissions_for(channel.guild.me),
        is_thread=isinstance(channel, discord.Thread),
        where=channel.mention,
    )
