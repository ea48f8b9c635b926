"""Games of several rounds: their buttons, and those that a restart has interrupted."""

import asyncio
from typing import TYPE_CHECKING

from discord.ext import commands

from bot.ui.gamebuttons import AgainButton, ChoiceButton, GoOnButton, StopButton, TogetherButton

if TYPE_CHECKING:
    from bot.client import Bot


class Games(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot
        self._resuming: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        self._resuming = asyncio.create_task(self._resume())

    async def cog_unload(self) -> None:
        if self._resuming is not None:
            self._resuming.cancel()

    async def _resume(self) -> None:
        await self.bot.wait_until_ready()
        await self.bot.gamemaster.resume()


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(ChoiceButton, GoOnButton, StopButton, AgainButton, TogetherButton)
    await bot.add_cog(Games(bot))
