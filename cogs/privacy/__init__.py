"""/privacy: what is stored about a member, and what they choose for themselves."""

from bot.client import Bot
from cogs.privacy._buttons import (
    BoardButton,
    DeleteButton,
    ExportButton,
    KeepButton,
    OwnSpoilersSelect,
)
from cogs.privacy._cog import PrivacyCog


async def setup(bot: Bot) -> None:
    bot.add_pressables(OwnSpoilersSelect, BoardButton, ExportButton, DeleteButton, KeepButton)
    await bot.add_cog(PrivacyCog(bot))
