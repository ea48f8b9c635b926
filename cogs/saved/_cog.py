"""The command /saved, and the menu that saves the quote of a message."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Bot, Interaction
from bot.errors import UserError
from bot.text import _
from bot.ui.custom_ids import ids_in
from bot.ui.quote_buttons import ContextButton, PictureButton
from bot.ui.quote_select import OpenQuoteSelect
from bot.ui.replies import reply
from bot.ui.saving import SaveButton, SavedButton, save_quote
from cogs.saved._buttons import page_of


class SavedCog(commands.Cog):
    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        # The decorator for menus does not work inside a class.
        self._menu = app_commands.ContextMenu(name="Save quote", callback=self._save)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command()
    async def saved(self, interaction: Interaction) -> None:
        """See the quotes you saved. Only you can see them."""
        await reply(interaction, await page_of(interaction, 0))

    async def _save(self, interaction: Interaction, message: discord.Message) -> None:
        is_mine = message.author.id == interaction.application_id
        quote = next(_quotes_in(message), None) if is_mine else None
        if quote is None and is_mine and _lists_quotes(message):
            raise UserError(
                _("That message shows several quotes."), _("Open one of them and press Save.")
            )
        if quote is None:
            raise UserError(
                _("I don't see a quote of mine in that message."),
                _("Pick a message of mine with a quote and its buttons."),
            )
        await save_quote(interaction, quote["slug"], quote["number"])


def _quotes_in(message: discord.Message) -> Iterator[dict[str, Any]]:
    """List the quotes whose buttons are in a message, each by slug and number."""
    for custom_id in ids_in(message.components):
        for button in (SaveButton, SavedButton, ContextButton, PictureButton):
            if (fields := button.schema.parse(custom_id)) is not None:
                yield fields


def _lists_quotes(message: discord.Message) -> bool:
    return any(OpenQuoteSelect.schema.parse(each) for each in ids_in(message.components))
