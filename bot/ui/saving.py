"""Saving quotes, and taking them back, wherever one is shown."""

from functools import partial

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import Reader
from bot.state.saved_quotes import MAX_SAVED
from bot.text import Text, _
from bot.ui.cards import Card, row_of
from bot.ui.custom_ids import NUMBER, SLUG, CustomId, one_of
from bot.ui.reader import interview_of, reader_of
from bot.ui.replies import reply, turn_privately
from bot.ui.swapping import swapped
from bot.ui.views import PersistentButton

_SAVE, _SAVED = _("Save"), _("Saved")


class SaveButton(PersistentButton, schema=CustomId("quote:save", slug=SLUG, number=NUMBER)):
    """Keeps a quote for the member who presses it, and is *Saved* where they alone see it."""

    def __init__(self, slug: str, number: int) -> None:
        super().__init__(_SAVE, slug=slug, number=number)
        self.slug = slug
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        await save_quote(interaction, self.slug, self.number)


class SavedButton(PersistentButton, schema=CustomId("quote:saved", slug=SLUG, number=NUMBER)):
    """Takes a quote back out of what the member saved, and is *Save* again."""

    def __init__(self, slug: str, number: int) -> None:
        super().__init__(_SAVED, discord.ButtonStyle.success, slug=slug, number=number)
        self.slug = slug
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        await _take_back(interaction, self.slug, self.number)


class ReceiptButton(
    PersistentButton,
    schema=CustomId("quote:receipt", move=one_of("save", "take"), slug=SLUG, number=NUMBER),
):
    """Saves a quote or takes it back, on the private line that tells so."""

    def __init__(self, move: str, slug: str, number: int) -> None:
        label, style = _SAVE, discord.ButtonStyle.secondary
        if move == "take":
            label, style = _SAVED, discord.ButtonStyle.success
        super().__init__(label, style, move=move, slug=slug, number=number)
        self.move = move
        self.slug = slug
        self.number = number

    async def press(self, interaction: Interaction) -> None:
        change = save_quote if self.move == "save" else _take_back
        await change(interaction, self.slug, self.number)


async def save_quote(interaction: Interaction, slug: str, number: int) -> None:
    """Keep a quote for a member, and tell them."""
    bot = interaction.client
    reader = await reader_of(interaction, is_private=True)
    interview = interview_of(bot.library, slug, reader)
    quote = await bot.library.quote(interview.slug, number, reader.audience)
    if not await bot.state.saved.add(interaction.user.id, slug, quote.number):
        raise UserError(
            _("You've saved {count} quotes, and that's all I can keep.", count=MAX_SAVED),
            _("Remove one in /saved first."),
        )
    note = _("Quote {number} is saved. You'll find it in /saved.", number=number)
    await _tell(interaction, reader, note, slug, number, is_saved=True)


def save_button(slug: str, number: int, *, is_saved: bool) -> SaveButton | SavedButton:
    """Give the button that saves a quote, or tells that it is saved."""
    return (SavedButton if is_saved else SaveButton)(slug, number)


async def is_saved_by(interaction: Interaction, reader: Reader, slug: str, number: int) -> bool:
    """Say whether a member saved a quote; on a card that others see too, nobody did."""
    if not (reader.is_private or interaction.context.dm_channel):
        return False
    return await interaction.client.state.saved.has(interaction.user.id, slug, number)


async def _take_back(interaction: Interaction, slug: str, number: int) -> None:
    reader = await reader_of(interaction, is_private=True)
    await interaction.client.state.saved.delete(interaction.user.id, slug, number)
    note = _("Quote {number} is no longer saved.", number=number)
    await _tell(interaction, reader, note, slug, number, is_saved=False)


async def _tell(
    interaction: Interaction, reader: Reader, note: Text, slug: str, number: int, *, is_saved: bool
) -> None:
    """Show on the card itself whether it is saved, where one alone sees it; else in a line."""
    receipt_ids = {ReceiptButton(move, slug, number).custom_id for move in ("save", "take")}
    if _custom_id(interaction) in receipt_ids:
        await turn_privately(interaction, _receipt(reader, note, slug, number, is_saved=is_saved))
        return
    card = None
    if interaction.message is not None and _is_seen_by_one(interaction):
        swap = partial(_swap, slug=slug, number=number, is_saved=is_saved)
        card = swapped(interaction.message, swap, reader.locale)
    if card is None:
        await reply(interaction, _receipt(reader, note, slug, number, is_saved=is_saved))
    else:
        await interaction.response.edit_message(view=card)


def _swap(
    custom_id: str, slug: str, number: int, *, is_saved: bool
) -> SaveButton | SavedButton | None:
    ids = {save_button(slug, number, is_saved=each).custom_id for each in (False, True)}
    return save_button(slug, number, is_saved=is_saved) if custom_id in ids else None


def _receipt(reader: Reader, note: Text, slug: str, number: int, *, is_saved: bool) -> Card:
    button = ReceiptButton("take" if is_saved else "save", slug, number)
    return Card(reader.locale, reader.say(note), *row_of([button]))


def _is_seen_by_one(interaction: Interaction) -> bool:
    message = interaction.message
    is_ephemeral = message is not None and message.flags.ephemeral
    return is_ephemeral or interaction.context.dm_channel


def _custom_id(interaction: Interaction) -> str:
    return str((interaction.data or {}).get("custom_id", ""))
