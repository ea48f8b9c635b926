"""What members keep: the quotes that they saved."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import UserError
from bot.text import _
from bot.ui.cards import Card
from bot.ui.quotes import save_quote
from bot.ui.reader import reader_of
from bot.ui.replies import reply
from bot.ui.saved import nothing_saved_card, saved_card
from bot.ui.views import PersistentButton

if TYPE_CHECKING:
    from bot.client import Bot

_Interaction = discord.Interaction["Bot"]

_A_PAGE: Final = 5
_SHOWS_QUOTE: Final = re.compile(r"quote:(?:save|context):([a-z0-9-]{1,32}):([0-9]{1,9})")


class SavedPageButton(
    PersistentButton, template=r"saved:(?P<move>previous|next):(?P<page>[0-9]{1,3})"
):
    """Turns to a page of what a member saved."""

    def __init__(self, move: str, page: str | int) -> None:
        super().__init__(f"saved:{move}:{page}", _MOVES[move])
        self.page = int(page)

    async def press(self, interaction: _Interaction) -> None:
        await interaction.response.edit_message(view=await _saved_card(interaction, self.page))


class RemoveButton(
    PersistentButton,
    template=r"saved:remove:(?P<page>[0-9]{1,3}):(?P<slug>[a-z0-9-]{1,32}):(?P<number>[0-9]{1,9})",
):
    """Removes a quote from what a member saved."""

    def __init__(self, page: str | int, slug: str, number: str | int) -> None:
        super().__init__(f"saved:remove:{page}:{slug}:{number}", _("Remove"))
        self.page = int(page)
        self.slug = slug
        self.number = int(number)

    async def press(self, interaction: _Interaction) -> None:
        await interaction.client.saved.delete(interaction.user.id, self.slug, self.number)
        await interaction.response.edit_message(view=await _saved_card(interaction, self.page))


_MOVES: Final = {"previous": _("Previous"), "next": _("Next")}


class Saved(commands.Cog):
    def __init__(self, bot: "Bot") -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name="Save quote", callback=self._save)

    async def cog_load(self) -> None:
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command()
    async def saved(self, interaction: _Interaction) -> None:
        """See the quotes that you saved; only you see them."""
        await reply(interaction, await _saved_card(interaction, 0))

    async def _save(self, interaction: _Interaction, message: discord.Message) -> None:
        is_mine = message.author.id == interaction.application_id
        found = _SHOWS_QUOTE.search("\n".join(_custom_ids(message.components))) if is_mine else None
        if found is None:
            raise UserError(
                _("I see no quote of mine in that message."),
                _("Choose a message of mine that shows one, with its buttons."),
            )
        await save_quote(interaction, found[1], int(found[2]))


def _custom_ids(components: Any) -> Iterator[str]:
    """List the custom ids in a message, nested ones too."""
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))


async def _saved_card(interaction: _Interaction, page: int) -> Card:
    bot, reader = interaction.client, await reader_of(interaction, is_private=True)
    every = await bot.saved.list_for(interaction.user.id)
    if not every:
        return nothing_saved_card(reader)
    last = (len(every) - 1) // _A_PAGE
    page = min(page, last)
    rows = [
        (
            one,
            await bot.library.find_quote(one.slug, one.number, reader.audience),
            bot.library.interviews.get(one.slug),
            RemoveButton(page, one.slug, one.number),
        )
        for one in every[page * _A_PAGE : (page + 1) * _A_PAGE]
    ]
    buttons = [SavedPageButton("previous", max(0, page - 1)), SavedPageButton("next", page + 1)]
    buttons[0].item.disabled, buttons[1].item.disabled = page == 0, page == last
    return saved_card(rows, len(every), page + 1, last + 1, reader, buttons if last else ())


async def setup(bot: "Bot") -> None:
    bot.add_dynamic_items(SavedPageButton, RemoveButton)
    await bot.add_cog(Saved(bot))
