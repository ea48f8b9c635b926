"""The pages of what a member saved, and the buttons that turn them."""

from typing import Final

from bot.client import Interaction
from bot.text import _
from bot.ui.cards import TURNS, Card, turning
from bot.ui.custom_ids import NUMBER, PAGE, SLUG, CustomId, one_of
from bot.ui.reader import reader_of
from bot.ui.replies import turn_privately
from bot.ui.views import PersistentButton
from cogs.saved._cards import nothing_saved_card, saved_card

# Each takes four of the forty components of a message.
_A_PAGE: Final = 5


class SavedPageButton(PersistentButton, schema=CustomId("saved", move=one_of(*TURNS), page=PAGE)):
    """Turns to a page of what a member saved."""

    def __init__(self, move: str, page: int, *, is_disabled: bool = False) -> None:
        super().__init__(TURNS[move], is_disabled=is_disabled, move=move, page=page)
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        await turn_privately(interaction, await page_of(interaction, self.page))


class RemoveButton(
    PersistentButton, schema=CustomId("saved:remove", page=PAGE, slug=SLUG, number=NUMBER)
):
    """Removes a quote from what a member saved."""

    def __init__(self, page: int, slug: str, number: int) -> None:
        super().__init__(_("Remove"), page=page, slug=slug, number=number)
        self.page = page
        self.slug = slug
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        saved = interaction.client.state.saved
        await saved.delete(interaction.user.id, self.slug, self.number)
        await turn_privately(interaction, await page_of(interaction, self.page))


async def page_of(interaction: Interaction, page: int) -> Card:
    """Show a page, or the last one where there are not so many."""
    bot, reader = interaction.client, await reader_of(interaction, is_private=True)
    saved = await bot.state.saved.list_for(interaction.user.id)
    if not saved:
        return nothing_saved_card(reader)
    last = (len(saved) - 1) // _A_PAGE
    page = min(page, last)
    rows = [
        (
            row,
            await bot.library.find_quote(row.slug, row.number, reader.audience),
            bot.library.interviews.get(row.slug),
            RemoveButton(page, row.slug, row.number),
        )
        for row in saved[page * _A_PAGE : (page + 1) * _A_PAGE]
    ]
    buttons = turning(page, last, SavedPageButton) if last else ()
    return saved_card(rows, len(saved), page + 1, last + 1, reader, buttons)
