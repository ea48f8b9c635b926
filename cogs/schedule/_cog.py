"""The command /schedule."""

import asyncio

from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.daily.times_of_day import parse_time_and_zone
from bot.daily.zone_search import find_zone, proposed
from bot.errors import UserError
from bot.letters import as_typed
from bot.state.schedules import PostKind
from bot.text import Text, _
from bot.ui import options
from bot.ui.permissions import check_may_manage
from bot.ui.reader import choose_interview, reader_of
from bot.ui.replies import reply
from cogs.schedule._adding import NewPost, add_in_usual_zone, add_post
from cogs.schedule._buttons import asking_zone, list_card, offering_zones
from cogs.schedule._cards import POST_KINDS
from cogs.schedule._channels import PostChannel, VisibleChannel


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
        channel: app_commands.Transform[PostChannel, VisibleChannel] | None = None,
        zone: str | None = None,
        what: app_commands.Choice[str] | None = None,
        interview: str | None = None,
    ) -> None:
        """Post something every day or week, or see and stop what is posted.

        Args:
            interaction: The interaction.
            time: When, as in 18:00
            channel: Where; here, if you leave it out
            zone: Its time zone, as in Europe/Berlin
            what: What is posted; a quote, if you leave it out
            interview: Which interview it is from
        """
        check_may_manage(interaction)
        note = None
        if time is not None:
            reader = await reader_of(interaction, is_private=True)
            minute, zone = await _minute(time, zone)
            new = NewPost(
                minute,
                channel or _here(interaction),
                PostKind(what.value) if what else PostKind.QUOTE,
                choose_interview(self.bot.library, reader, interview),
            )
            note = await self._added(interaction, new, zone)
        elif channel or zone or what or interview:
            raise UserError(_("At what time?"), _("Add it, as in time: 18:00"))
        await reply(interaction, await list_card(interaction, note))

    async def _added(self, interaction: Interaction, new: NewPost, zone: str) -> Text:
        schedules = await self.bot.state.schedules.list_for(interaction.guild_id or 0)
        if not zone and schedules:
            usual = max(schedules, key=lambda schedule: schedule.id).zone
            return await add_in_usual_zone(interaction, new, usual)
        # The first look reads thousands of names.
        now = self.bot.clock.now()
        if not zone:
            offers = await asyncio.to_thread(proposed, _locales(interaction), now)
            raise asking_zone(new, offers)
        with offering_zones(new):
            place = await asyncio.to_thread(find_zone, zone, now)
        return await add_post(interaction, new, place)


async def _minute(typed: str, zone: str | None) -> tuple[int, str]:
    """Read a time of day, and the zone that may stand behind it; "" where none was typed."""
    zone = (zone or "").strip()
    minute, zone_behind = await asyncio.to_thread(parse_time_and_zone, typed)
    if minute is None or (zone and zone_behind):
        raise UserError(
            _("I can't read '{time}' as a time of day.", time=as_typed(typed)),
            _("Type it like 18:00 or 6 pm."),
        )
    return minute, zone or zone_behind


def _locales(interaction: Interaction) -> list[str]:
    """Give the languages of a server and its manager; American English is what nobody chose."""
    locales = map(str, (interaction.guild_locale, interaction.locale))
    return sorted(dict.fromkeys(locales), key="en-US".__eq__)


def _here(interaction: Interaction) -> PostChannel:
    if not isinstance(interaction.channel, PostChannel):
        raise UserError(_("I can't post here every day."), _("Choose another channel."))
    return interaction.channel
