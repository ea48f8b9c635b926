"""The list of a server's daily posts, and the buttons that stop them."""

from typing import Final

from bot.client import Bot, Interaction
from bot.daily.due import ZoneGoneError, next_due
from bot.state.schedules import Schedule, StopReason
from bot.text import Text, _
from bot.ui.cards import Card
from bot.ui.custom_ids import ROW, CustomId
from bot.ui.permissions import check_may_manage
from bot.ui.reader import reader_of
from bot.ui.views import PersistentButton
from cogs.schedule._cards import schedule_card

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
        await interaction.response.edit_message(view=await list_card(interaction, note))


class GoOnDailyButton(PersistentButton, schema=CustomId("schedule:on", schedule_id=ROW)):
    """Goes on with a daily post that had to stop."""

    def __init__(self, schedule_id: int) -> None:
        super().__init__(_("Try again"), schedule_id=schedule_id)
        self.schedule_id = schedule_id

    async def press(self, interaction: Interaction) -> None:
        check_may_manage(interaction)
        bot, guild_id = interaction.client, interaction.guild_id or 0
        schedule = await bot.state.schedules.find(self.schedule_id, guild_id)
        if schedule is not None:
            await _go_on(bot, schedule)
        await interaction.response.edit_message(view=await list_card(interaction))


async def _go_on(bot: Bot, schedule: Schedule) -> None:
    try:
        following = next_due(schedule.minute, schedule.zone, bot.clock.now())
    except ZoneGoneError:
        await bot.state.schedules.stop(schedule.id, StopReason.ZONE_GONE)
        return
    await bot.state.schedules.go_on(schedule, following)
    bot.daily_posts.look()


async def list_card(interaction: Interaction, note: Text | None = None) -> Card:
    """List the daily posts of the server, each with what stops it or lets it go on."""
    bot, reader = interaction.client, await reader_of(interaction, is_private=True)
    schedules = await bot.state.schedules.list_for(interaction.guild_id or 0)
    buttons = [_button(schedule) for schedule in schedules]
    notes = [note] if note else []
    return schedule_card(schedules, bot.library.interviews, reader, buttons, notes)


def _button(schedule: Schedule) -> PersistentButton:
    if schedule.stopped in _FOR_EVER:
        return StopDailyButton(schedule.id, _("Remove"))
    if schedule.stopped:
        return GoOnDailyButton(schedule.id)
    return StopDailyButton(schedule.id, _("Stop"))
