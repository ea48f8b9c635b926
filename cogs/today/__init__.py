"""/today: the quote, the fact and the question of the day."""

from bot.client import Bot
from bot.ui.day import AnswerTodayButton
from cogs.today._cog import TodayCog


async def setup(bot: Bot) -> None:
    bot.add_dynamic_items(AnswerTodayButton)
    await bot.add_cog(TodayCog(bot))
