"""Reports of what is wrong with an item."""

import logging
from collections.abc import Sequence
from typing import Final

import discord

from bot.client import Interaction
from bot.errors import UserError
from bot.state.reports import MAX_REPORTS, Reason
from bot.text import _
from bot.trivia.kinds import ITEM_KIND_OF, Source
from bot.trivia.question_words import REASONS
from bot.ui.cards import Card
from bot.ui.custom_ids import SLUG, CustomId, Field
from bot.ui.reader import reader_of
from bot.ui.replies import reply, turn_privately
from bot.ui.views import PersistentButton, PersistentSelect, option, select
from cogs.trivia._cards import report_card

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
        if not values or values[0] not in list(Reason):
            raise _unreportable()
        item, reason = await self._item(interaction), Reason(values[0])
        reports, user_id = interaction.client.state.reports, interaction.user.id
        if not await reports.put(user_id, self.slug, item, reason):
            raise UserError(
                _(
                    "You've reported {count} mistakes, and that's all I can keep.",
                    count=MAX_REPORTS,
                ),
                _("Thank you! Tell whoever runs this bot about the rest."),
            )
        log.info("reported: %s %s: %s", self.slug, item, reason.value)
        reader = await reader_of(interaction, is_private=True)
        thanks = _("Thank you, noted: {reason}.", reason=reader.say(REASONS[reason]))
        await turn_privately(interaction, Card(reader.locale, reader.say(thanks)))

    async def _item(self, interaction: Interaction) -> str:
        """Give the item as it is stored; raises UserError for what the interview does not have."""
        source, _colon, number = self.item_name.partition(":")
        library = interaction.client.library
        if self.slug not in library.interviews or source not in list(Source):
            raise _unreportable()
        if not await library.has_item(ITEM_KIND_OF[Source(source)], self.slug, int(number)):
            raise _unreportable()
        return f"{source}:{int(number)}"


def _unreportable() -> UserError:
    return UserError(_("That's no longer a choice."), _("Press Report again."))
