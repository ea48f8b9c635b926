"""/leaderboard: who has how many points in a server, and what a member has done."""

from bot.client import Bot
from cogs.leaderboard._buttons import ModerateButton, OffBoardButton, OwnStatsButton, PeriodButton
from cogs.leaderboard._cog import LeaderboardCog


async def setup(bot: Bot) -> None:
    bot.add_pressables(PeriodButton, OwnStatsButton, ModerateButton, OffBoardButton)
    await bot.add_cog(LeaderboardCog(bot))
