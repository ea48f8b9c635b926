"""/fact: facts about the cast or the series, each with the words that it comes from."""

from bot.client import Bot
from cogs.fact._buttons import AnotherFactButton, FactBackButton, SaidButton
from cogs.fact._cog import FactCog


async def setup(bot: Bot) -> None:
    bot.add_pressables(AnotherFactButton, FactBackButton, SaidButton)
    await bot.add_cog(FactCog(bot))
