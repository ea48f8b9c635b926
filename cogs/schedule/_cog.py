"""The command /schedule."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.daily.content import part_of
from bot.daily.due import clock_face, next_due, parse_time, zones
from bot.errors import UserError
from bot.interview.days import day_of
from bot.interview.names import find_zone
from bot.letters import as_typed
from bot.state.schedules import MAX_A_GUILD, PostKind
from bot.text import Text, _
from bot.ui import options
from bot.ui.day import day_card
from bot.ui.permissions import check_can_post, check_may_manage
from bot.ui.reader import choose_interview, reader_of
from bot.ui.replies import reply
from cogs.schedule._buttons import list_card
from cogs.schedule._cards import POST_KINDS

_Channel = discord.TextChannel | discord.Thread


class ScheduleCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    @app_commands.command()
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.choices(what=options.choices(POST_KINDS))
    @app_commands.autocomplete(zone=options.zones, interview=options.interviews)
    async def schedule(
        self,
        interaction: Interaction,
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
            place = channel or _here(interaction)
            kind = PostKind(what.value) if what else PostKind.QUOTE
            note = await _add(interaction, minute, place, zone, kind, interview)
        elif channel or zone or what or interview:
            raise UserError(_("At what time?"), _("Type it as well, as in time: 18:00"))
        await reply(interaction, await list_card(interaction, note))


def _minute(typed: str) -> int:
    minute = parse_time(typed)
    if minute is None:
        raise UserError(
            _("I cannot read '{time}' as a time of day.", time=as_typed(typed)),
            _("Type it as in 18:00 or 6 pm."),
        )
    return minute


def _here(interaction: Interaction) -> _Channel:
    if not isinstance(interaction.channel, _Channel):
        raise UserError(_("I cannot post here every day."), _("Choose another channel."))
    return interaction.channel


async def _add(
    interaction: Interaction,
    minute: int,
    channel: _Channel,
    zone: str | None,
    kind: PostKind,
    interview: str | None,
) -> Text:
    """Store a daily post after a look at whether it can be posted; gives what to say of it."""
    bot, guild_id = interaction.client, interaction.guild_id or 0
    reader = await reader_of(interaction, is_private=True)
    chosen_interview = choose_interview(bot.library, reader, interview)
    place = find_zone(zones(), zone) if zone else await _usual_zone(bot, guild_id)
    is_here = channel.id == interaction.channel_id
    check_can_post(
        interaction.app_permissions if is_here else channel.permissions_for(channel.guild.me),
        is_thread=isinstance(channel, discord.Thread),
        where=channel.mention,
    )
    due_at = next_due(minute, place, bot.clock.now())
    part = part_of(kind, day_of(due_at))
    if await day_card(bot, chosen_interview, reader, day_of(due_at), part) is None:
        raise UserError(_("This interview has nothing like that."), _("Choose something else."))
    schedules = bot.state.schedules
    if not await schedules.add(
        guild_id, channel.id, chosen_interview.slug, kind, minute, place, due_at
    ):
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


async def _usual_zone(bot: Bot, guild_id: int) -> str:
    """Give the zone that a server has chosen before."""
    schedules = await bot.state.schedules.list_for(guild_id)
    return schedules[-1].zone if schedules else "UTC"
