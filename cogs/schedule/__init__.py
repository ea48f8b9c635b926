"""/schedule: what is posted in a server every day."""

from bot.client import Bot
from cogs.schedule._buttons import (
    GoOnDailyButton,
    PostNowSelect,
    StopDailyButton,
    ZoneButton,
)
from cogs.schedule._cog import ScheduleCog


async def setup(bot: Bot) -> None:
    bot.add_pressables(StopDailyButton, GoOnDailyButton, PostNowSelect, ZoneButton)
    await bot.add_cog(ScheduleCog(bot))
