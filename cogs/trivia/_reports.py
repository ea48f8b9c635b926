"""Reports of what is wrong with an item."""

import logging
from collections.abc import Sequence
from typing import Final

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.state.reports import Reason
from bot.text import _
from bot.trivia.kinds import Source
from bot.ui.cards import Card
from bot.ui.custom_ids import SLUG, CustomId, Field
from bot.ui.reader import reader_of
from bot.ui.replies import reply
from bot.ui.views import PersistentButton, PersistentSelect, option, select
from cogs.trivia._cards import REASONS, report_card

log = logging.getLogger(__name__)

# What a question was made of, and its number: see `Question.item`.
_ITEM: Final = Field(r"[a-z_]{1,20}:[0-9]{1,9}")


class ReportButton(PersistentButton, schema=CustomId("trivia:report", slug=SLUG, item=_ITEM)):
    """Asks what is wrong with an item."""

    def __init__(self, slug: str, item: str) -> None:
        super().__init__(_("Report"), slug=slug, item=item)
        self.slug = slug
        self.item_name = item

    async def press(self, interaction: Interaction) -> None:
        reader = await reader_of(interaction, is_private=True)
        reasons = [option(reader.say(words), reason) for reason, words in REASONS.items()]
        reason_select = ReasonSelect(self.slug, self.item_name, reasons)
        await reply(interaction, report_card(reader, [reason_select]))


class ReasonSelect(PersistentSelect, schema=CustomId("trivia:reason", slug=SLUG, item=_ITEM)):
    """Stores what a member found wrong, once an item."""

    def __init__(self, slug: str, item: str, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(select(self.schema.build(slug=slug, item=item), options))
        self.slug = slug
        self.item_name = item

    async def choose(self, interaction: Interaction, values: Sequence[str]) -> None:
        bot = interaction.client
        source, _colon, number = self.item_name.partition(":")
        is_item = self.slug in bot.library.interviews and source in list(Source)
        if not is_item or not values or values[0] not in list(Reason):
            raise UserError(_("That cannot be reported."), _("Press Report again."))
        reason = Reason(values[0])
        await bot.state.reports.put(interaction.user.id, self.slug, self.item_name, reason)
        log.info("reported: %s %s %s: %s", self.slug, source, number, reason.value)
        reader = await reader_of(interaction, is_private=True)
        thanks = _("Thank you. It is noted: {reason}.", reason=reader.say(REASONS[reason]))
        await interaction.response.edit_message(view=Card(reader.locale, reader.say(thanks)))
