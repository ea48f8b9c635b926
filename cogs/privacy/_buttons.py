"""What a member can do with what is stored about them."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar, Final

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.interview.audience import SpoilerPolicy
from bot.state.scores import EVERYWHERE
from bot.text import Text, _
from bot.ui.cards import Card
from bot.ui.custom_ids import CustomId, one_of
from bot.ui.reader import noted_channel_id, reader_of
from bot.ui.replies import turn_privately
from bot.ui.spoilers import SPOILERS
from bot.ui.views import PersistentButton, PersistentSelect, option, select
from cogs.privacy._cards import COUNTED, deletion_card, export_card, export_file, privacy_card

_AS_SERVER: Final = "server"
_OWN_POLICIES: Final = (SpoilerPolicy.HIDE, SpoilerPolicy.OMIT)


class OwnSpoilersSelect(PersistentSelect, schema=CustomId("privacy:spoilers")):
    """Saves what a member wants to see of spoilers; it can only be stricter than the server."""

    def __init__(self, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(select(self.schema.build(), options))

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        value = values[0] if values else ""
        if value not in (_AS_SERVER, *_OWN_POLICIES):
            raise UserError(_("That's no longer a choice."), _("Type /privacy again."))
        policy = None if value == _AS_SERVER else SpoilerPolicy(value)
        await interaction.client.state.members.put_spoilers(interaction.user.id, policy)
        await _turn_back(interaction)


class BoardButton(PersistentButton, schema=CustomId("privacy:board", wish=one_of("hide", "show"))):
    """Hides a member from all boards, or shows them again."""

    def __init__(self, wish: str) -> None:
        label = _("Hide me from boards") if wish == "hide" else _("Show me on boards")
        super().__init__(label, wish=wish)
        self.is_hidden = wish == "hide"

    async def press(self, interaction: Interaction) -> None:
        scores = interaction.client.state.scores
        await scores.set_off_board(EVERYWHERE, interaction.user.id, is_off=self.is_hidden)
        interaction.client.duel_host.look()
        await _turn_back(interaction)


class ExportButton(PersistentButton, schema=CustomId("privacy:export")):
    """Hands out all that is stored about a member, as a file; one at a time."""

    _waiting: ClassVar[set[int]] = set()

    def __init__(self) -> None:
        super().__init__(_("Export my data"))

    async def press(self, interaction: Interaction) -> None:
        user_id = interaction.user.id
        if user_id in self._waiting:
            raise UserError(_("I'm already writing your file."), _("Give it a moment."))
        self._waiting.add(user_id)
        try:
            await self._hand_out(interaction)
        finally:
            self._waiting.discard(user_id)

    async def _hand_out(self, interaction: Interaction) -> None:
        # That of a busy member takes longer than Discord waits, and nobody else is to wait for it.
        await interaction.response.defer(ephemeral=True, thinking=True)
        user_id, now = interaction.user.id, interaction.client.clock.now()
        stored = await interaction.client.state.erasure.export(user_id)
        file = await asyncio.to_thread(export_file, user_id, stored, now)
        reader = await reader_of(interaction, is_private=True)
        card = export_card(file, sum(map(len, stored.values())), reader)
        await interaction.edit_original_response(view=card, attachments=[file])


class DeleteButton(PersistentButton, schema=CustomId("privacy:delete", step=one_of("ask", "sure"))):
    """Deletes all that is stored about a member, after it has asked."""

    def __init__(self, step: str) -> None:
        super().__init__(_("Delete everything"), discord.ButtonStyle.danger, step=step)
        self.is_sure = step == "sure"

    async def press(self, interaction: Interaction) -> None:
        if not self.is_sure:
            reader = await reader_of(interaction, is_private=True)
            card = deletion_card(reader, [DeleteButton("sure"), KeepButton()])
            await turn_privately(interaction, card)
            return
        state, user_id = interaction.client.state, interaction.user.id
        # What was stored before channels were noted goes too, where they are here.
        await noted_channel_id(interaction)
        await state.erasure.forget_member(user_id)
        state.members.evict(user_id)
        state.saved.evict(user_id)
        await _turn_back(interaction, _("Done: everything about you is deleted."))


class KeepButton(PersistentButton, schema=CustomId("privacy:back")):
    """Goes back, with nothing deleted."""

    def __init__(self) -> None:
        super().__init__(_("Keep everything"))

    async def press(self, interaction: Interaction) -> None:
        await _turn_back(interaction)


async def _turn_back(interaction: Interaction, note: Text | None = None) -> None:
    card = await own_privacy_card(interaction, note)
    await turn_privately(interaction, card)


async def own_privacy_card(interaction: Interaction, note: Text | None = None) -> Card:
    """Show a member what is stored about them, and what they can do about it."""
    reader = await reader_of(interaction, is_private=True)
    state, user_id = interaction.client.state, interaction.user.id
    policy = await state.members.spoilers(user_id)
    words = {_AS_SERVER: _("Same as the server")}
    words |= {own: SPOILERS[own] for own in _OWN_POLICIES}
    current = policy or _AS_SERVER
    options = [
        option(reader.say(text), value, is_chosen=value == current) for value, text in words.items()
    ]
    is_hidden = (await state.scores.hiding(EVERYWHERE, user_id)).is_by_wish
    wish = "show" if is_hidden else "hide"
    buttons = [BoardButton(wish), ExportButton(), DeleteButton("ask")]
    rows = [[OwnSpoilersSelect(options)], buttons]
    counts = await state.erasure.counts(user_id, COUNTED)
    return privacy_card(policy, counts, reader, rows, is_hidden=is_hidden, note=note)
