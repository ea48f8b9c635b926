"""What is posted every day, and the task that posts it."""

import asyncio
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.daily.due import clock_face, next_due, parse_time, zones
from bot.errors import UserError
from bot.interview.days import day_of
from bot.interview.names import find_zone
from bot.state.schedules import MAX_A_GUILD, PostKind
from bot.text import Text, _
from bot.ui import options
from bot.ui.cards import Card
from bot.ui.day import day_card, part_of
from bot.ui.permissions import check_can_post, check_may_manage
from bot.ui.reader import reader_of
from bot.ui.replies import reply
from bot.ui.schedule import WHAT, schedule_card
from bot.ui.views import PersistentButton

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]
_Channel = discord.TextChannel | discord.Thread


class StopDailyButton(PersistentButton, template=r"schedule:stop:(?P<schedule_id>[0-9]{1,18})"):
    """Ends a daily post for good."""

    def __init__(self, schedule_id: str | int) -> None:
        super().__init__(f"schedule:stop:{schedule_id}", _("Stop"))
        self.schedule_id = int(schedule_id)

    async def press(self, interaction: _Interaction) -> None:
        check_may_manage(interaction)
        guild_id = interaction.guild_id or 0
        stopped = await interaction.client.schedules.delete(self.schedule_id, guild_id)
        note = _("Stopped.") if stopped else _("It was stopped already.")
        await interaction.response.edit_message(view=await _list_card(interaction, note))


class GoOnDailyButton(PersistentButton, template=r"schedule:on:(?P<schedule_id>[0-9]{1,18})"):
    """Goes on with a daily post that had to stop."""

    def __init__(self, schedule_id: str | int) -> None:
        super().__init__(f"schedule:on:{schedule_id}", _("Try again"))
        self.schedule_id = int(schedule_id)

    async def press(self, interaction: _Interaction) -> None:
        check_may_manage(interaction)
        bot, guild_id = interaction.client, interaction.guild_id or 0
        schedule = await bot.schedules.find(self.schedule_id, guild_id)
        if schedule is not None:
            following = next_due(schedule.minute, schedule.zone, bot.clock.now())
            await bot.schedules.go_on(schedule, following)
            bot.daily_posts.look()
        await interaction.response.edit_message(view=await _list_card(interaction))


class Schedule(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot
        self._posting: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        self._posting = asyncio.create_task(self._post())

    async def cog_unload(self) -> None:
        if self._posting is not None:
            self._posting.cancel()

    async def _post(self) -> None:
        await self.bot.wait_until_ready()
        await self.bot.daily_posts.run()

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.choices(what=options.choices(WHAT))
    @app_commands.autocomplete(zone=options.zones, interview=options.interviews)
    async def schedule(
        self,
        interaction: _Interaction,
        time: str | None = None,
        channel: _Channel | None = None,
        zone: str | None = None,
        what: app_commands.Choice[str] | None = None,
        interview: str | None = None,
    ) -> None:
        """Post something every day, or see and stop what is posted.

        Args:
            interaction: The interaction.
            time: When, as in 18:00
            channel: Where; here, if you leave it out
            zone: Whose time that is, as in Europe/Berlin
            what: What is posted; a quote, if you leave it out
            interview: Which interview it is from
        """
        check_may_manage(interaction)
        note = None
        if time is not None:
            minute = _minute(time)
            where = channel or _here(interaction)
            wanted = PostKind(what.value) if what else PostKind.QUOTE
            note = await _add(interaction, minute, where, zone, wanted, interview)
        elif channel or zone or what:
            raise UserError(_("At what time?"), _("Type it as well, as in time: 18:00"))
        await reply(interaction, await _list_card(interaction, note))


def _minute(typed: str) -> int:
    minute = parse_time(typed)
    if minute is None:
        raise UserError(
            _("I cannot read {time!r} as a time of day.", time=typed[:40]),
            _("Type it as in 18:00 or 6 pm."),
        )
    return minute


def _here(interaction: _Interaction) -> _Channel:
    if not isinstance(interaction.channel, _Channel):
        raise UserError(_("I cannot post here every day."), _("Choose another channel."))
    return interaction.channel


async def _add(
    interaction: _Interaction,
    minute: int,
    channel: _Channel,
    zone: str | None,
    what: PostKind,
    interview: str | None,
) -> Text:
    """Store a daily post after a look at whether it can be posted; gives what to say of it."""
    bot, guild_id = interaction.client, interaction.guild_id or 0
    reader = await reader_of(interaction, is_private=True)
    chosen = bot.interview_for(reader, interview)
    place = find_zone(zones(), zone) if zone else await _usual_zone(bot, guild_id)
    is_here = channel.id == interaction.channel_id
    check_can_post(
        interaction.app_permissions if is_here else channel.permissions_for(channel.guild.me),
        is_thread=isinstance(channel, discord.Thread),
        where=channel.mention,
    )
    due_at = next_due(minute, place, bot.clock.now())
    part = part_of(what, day_of(due_at))
    if await day_card(bot, chosen, reader, day_of(due_at), part) is None:
        raise UserError(_("This interview has nothing like that."), _("Choose something else."))
    if not await bot.schedules.add(guild_id, channel.id, chosen.slug, what, minute, place, due_at):
        raise UserError(
            _("{count} daily posts are as many as a server can have.", count=MAX_A_GUILD),
            _("Stop one of them first: /schedule"),
        )
    bot.daily_posts.look()
    return _(
        "From now on daily at {time} {zone}, the first <t:{at}:R>.",
        time=clock_face(minute),
        zone=place,
        at=due_at,
    )


async def _usual_zone(bot: "Bot", guild_id: int) -> str:
    """Give the zone that a server has chosen before."""
    known = await bot.schedules.list_for(guild_id)
    return known[-1].zone if known else "UTC"


async def _list_card(interaction: _Interaction, note: Text | None = None) -> Card:
    bot, reader = interaction.client, await reader_of(interaction, is_private=True)
    schedules = await bot.schedules.list_for(interaction.guild_id or 0)
    buttons = [
        GoOnDailyButton(one.id) if one.stopped else StopDailyButton(one.id) for one in schedules
    ]
    notes = [note] if note else []
    return schedule_card(schedules, bot.library.interviews, reader, buttons, notes)


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(StopDailyButton, GoOnDailyButton)
    await bot.add_cog(Schedule(bot))
