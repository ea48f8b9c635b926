"""/interview: the interview itself, question by question."""

from bot.client import Bot
from cogs.interview._buttons import JumpSelect, PageButton
from cogs.interview._cog import InterviewCog


async def setup(bot: Bot) -> None:
    bot.add_dynamic_items(PageButton, JumpSelect)
    await bot.add_cog(InterviewCog(bot))
