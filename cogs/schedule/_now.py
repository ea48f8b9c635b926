"""Posting now what would come later: once, however often it is pressed."""

from bot.client import Bot, Interaction
from bot.daily.posts import next_post
from bot.errors import UserError
from bot.process.utc_days import day_of
from bot.state.schedules import PostKind, Schedule
from bot.text import Text, _
from bot.ui.posting import posted_once
from cogs.schedule._adding import check_may_post
from cogs.schedule._channels import PostChannel


async def post_now(interaction: Interaction, schedule: Schedule) -> Text:
    """Let a post be sent at once, in place of today's if that is still to come; says so."""
    bot, where = interaction.client, f"<#{schedule.channel_id}>"
    _check_can_go_out(interaction, schedule)
    following = _following(bot, schedule)
    async with posted_once(interaction, f"schedule:{schedule.id}", schedule.channel_id):
        if not await bot.state.schedules.bring_forward(schedule, following):
            raise UserError(_("That one is on its way already: look in {channel}.", channel=where))
    bot.daily_posts.look()
    if schedule.what is PostKind.SEASON:
        return _("On its way to {channel}, if anybody played last week.", channel=where)
    return _("On its way to {channel}.", channel=where)


def _check_can_go_out(interaction: Interaction, schedule: Schedule) -> None:
    """Raise UserError where a post is stopped, or would be stopped at once."""
    if schedule.stopped:
        raise UserError(_("That one has stopped."), _("Type /schedule to see why."))
    guild = interaction.guild
    channel = guild and guild.get_channel_or_thread(schedule.channel_id)
    if isinstance(channel, PostChannel):
        check_may_post(interaction, channel)


def _following(bot: Bot, schedule: Schedule) -> int:
    """Give when the next one is due; a day shows the same all day, so one a day is enough."""
    is_todays = day_of(schedule.due_at) == day_of(bot.clock.now())
    return next_post(schedule, schedule.due_at) if is_todays else schedule.due_at
