"""/interview: the interview itself, question by question."""

from bot.client import Bot
from bot.ui.exchange_pages import AnswersButton
from cogs.interview._buttons import JumpSelect, PageButton
from cogs.interview._cog import InterviewCog


async def setup(bot: Bot) -> None:
    bot.add_pressables(PageButton, JumpSelect, AnswersButton)
    await bot.add_cog(InterviewCog(bot))
