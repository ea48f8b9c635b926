"""/today: the quote, the fact and the question of the day."""

from bot.client import Bot
from bot.ui.day import AnswerTodayButton
from bot.ui.day_sharing import ShareButton
from cogs.today._cog import TodayCog


async def setup(bot: Bot) -> None:
    bot.add_pressables(AnswerTodayButton, ShareButton)
    await bot.add_cog(TodayCog(bot))
