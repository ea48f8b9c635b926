"""/interview: the interview itself, question by question."""

from bot.client import Bot
from cogs.interview._cog import InterviewCog
from cogs.interview._pages import JumpSelect, PageButton


async def setup(bot: Bot) -> None:
    bot.add_dynamic_items(PageButton, JumpSelect)
    await bot.add_cog(InterviewCog(bot))
