"""The pages of what a member saved, each quote by itself, and what leads from one to another."""

import re
from collections.abc import Sequence
from typing import Final

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.state.saved_quotes import MAX_SAVED, SavedQuote
from bot.text import _
from bot.ui.cards import TURNS, Card, Item, turning
from bot.ui.custom_ids import NUMBER, PAGE, ROW, SLUG, CustomId, one_of
from bot.ui.quote_buttons import ContextButton, PictureButton
from bot.ui.quote_cards import quote_card
from bot.ui.reader import interview_of, reader_of
from bot.ui.replies import turn_privately
from bot.ui.views import PersistentButton, PersistentSelect, select
from cogs.saved._cards import SavedRow, gone_card, nothing_saved_card, saved_card, saved_option

_A_PAGE: Final = 5
_MOVES: Final = {**TURNS, "back": _("Back")}
_VALUE: Final = re.compile(f"({SLUG.pattern}):({NUMBER.pattern})")


class SavedPageButton(PersistentButton, schema=CustomId("saved", move=one_of(*_MOVES), page=PAGE)):
    """Turns to a page of what a member saved, or back to it."""

    def __init__(self, move: str, page: int, *, is_disabled: bool = False) -> None:
        super().__init__(_MOVES[move], is_disabled=is_disabled, move=move, page=page)
        self.page = page

    async def press(self, interaction: Interaction) -> None:
        await turn_privately(interaction, await page_of(interaction, self.page))


class SavedSelect(PersistentSelect, schema=CustomId("saved:open", page=PAGE)):
    """Opens one of the quotes of a page, in its place."""

    placeholder = _("Open a quote\u2026")

    def __init__(self, page: int, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(select(self.schema.build(page=page), options))
        self.page = page

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        match = _VALUE.fullmatch(values[0] if values else "")
        if match is None:
            raise UserError(_("That's no longer a choice."), _("Type the command again."))
        saved = SavedQuote(match[1], int(match[2]))
        await turn_privately(interaction, await _opened(interaction, saved, self.page))


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
        saved_at = await saved.delete(interaction.user.id, self.slug, self.number)
        undo = None
        if saved_at is not None:
            undo = UndoButton(self.page, saved_at, self.slug, self.number)
        await turn_privately(interaction, await page_of(interaction, self.page, undo))


class UndoButton(
    PersistentButton,
    schema=CustomId("saved:undo", page=PAGE, saved_at=ROW, slug=SLUG, number=NUMBER),
):
    """Puts a quote back where it was before it was removed."""

    def __init__(self, page: int, saved_at: int, slug: str, number: int) -> None:
        super().__init__(_("Undo"), page=page, saved_at=saved_at, slug=slug, number=number)
        self.page = page
        self.saved_at = saved_at
        self.slug = slug
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        library, saved = interaction.client.library, interaction.client.state.saved
        user_id = interaction.user.id
        reader = await reader_of(interaction, is_private=True)
        interview_of(library, self.slug, reader)
        if not await saved.add(user_id, self.slug, self.number, self.saved_at):
            raise UserError(
                _("You've saved {count} quotes, and that's all I can keep.", count=MAX_SAVED),
                _("Remove one in /saved first."),
            )
        await turn_privately(interaction, await page_of(interaction, self.page))


async def page_of(interaction: Interaction, page: int, undo: UndoButton | None = None) -> Card:
    """Show a page, or the last one where there are not so many; `undo` is of what was removed."""
    bot, reader = interaction.client, await reader_of(interaction, is_private=True)
    saved = await bot.state.saved.list_for(interaction.user.id)
    if not saved:
        return nothing_saved_card(reader, undo)
    last = (len(saved) - 1) // _A_PAGE
    page = min(page, last)
    rows = [
        SavedRow(
            row,
            await bot.library.find_quote(row.slug, row.number, reader.audience),
            bot.library.interviews.get(row.slug),
        )
        for row in saved[page * _A_PAGE : (page + 1) * _A_PAGE]
    ]
    choice = SavedSelect(page, [saved_option(row, reader) for row in rows])
    buttons: list[Item] = turning(page, last, SavedPageButton) if last else []
    buttons += [undo] if undo else []
    return saved_card(rows, len(saved), page * _A_PAGE, reader, [[choice], buttons], undo)


async def _opened(interaction: Interaction, saved: SavedQuote, page: int) -> Card:
    """Show one quote that a member saved, with the way back."""
    library, reader = interaction.client.library, await reader_of(interaction, is_private=True)
    back = SavedPageButton("back", page)
    remove = RemoveButton(page, saved.slug, saved.number)
    quote = await library.find_quote(saved.slug, saved.number, reader.audience)
    if quote is None:
        return gone_card(saved, reader, [back, remove])
    interview = interview_of(library, saved.slug, reader)
    about = (ContextButton(saved.slug, saved.number), PictureButton(saved.slug, saved.number))
    return quote_card(quote, interview, reader, buttons=[back, *about, remove])
