"""/help: what the bot can do, and where its words come from."""

from bot.client import Bot
from cogs.help._cog import HelpCog


async def setup(bot: Bot) -> None:
    await bot.add_cog(HelpCog(bot))
