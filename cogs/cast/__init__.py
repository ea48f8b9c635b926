"""/cast: who the people of an interview are."""

from bot.client import Bot
from cogs.cast._buttons import MoreByButton, PeopleButton, PeopleSelect, PersonButton
from cogs.cast._cog import CastCog


async def setup(bot: Bot) -> None:
    bot.add_pressables(PersonButton, PeopleButton, PeopleSelect, MoreByButton)
    await bot.add_cog(CastCog(bot))
