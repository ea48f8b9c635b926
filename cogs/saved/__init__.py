"""/saved and the menu *Save quote*: what members keep."""

from bot.client import Bot
from cogs.saved._buttons import RemoveButton, SavedPageButton, SavedSelect, UndoButton
from cogs.saved._cog import SavedCog


async def setup(bot: Bot) -> None:
    bot.add_pressables(SavedPageButton, SavedSelect, RemoveButton, UndoButton)
    await bot.add_cog(SavedCog(bot))
