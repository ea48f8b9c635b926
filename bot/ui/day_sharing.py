"""Sharing how one did on a day: once, in public, without what was asked or said."""

from typing import Final

import discord

from bot.client import Bot, Interaction
from bot.errors import GoneError, UserError
from bot.interview.audience import Reader
from bot.process.discord_api import told_apart
from bot.process.utc_days import SECONDS_A_DAY, begins_at, day_of
from bot.state.questions import OwnAnswer
from bot.state.shared_days import SharedDay
from bot.text import Text, _, say
from bot.ui.cards import Card, box
from bot.ui.custom_ids import ROW, CustomId
from bot.ui.day_layout import share_right
from bot.ui.markdown import plain
from bot.ui.permissions import check_can_post
from bot.ui.quote_cards import small_print
from bot.ui.reader import is_guest, public_asker, public_reader
from bot.ui.replies import reply
from bot.ui.views import PersistentButton

_LINK: Final = "https://discord.com/channels/{guild_id}/{channel_id}/{message_id}"
_ANEW: Final = _("Type /today for a new one.")


class ShareButton(PersistentButton, schema=CustomId("today:share", question_id=ROW)):
    """Posts once how a member did on a day, in the channel where they press it."""

    def __init__(self, question_id: int) -> None:
        super().__init__(_("Share"), question_id=question_id)
        self.question_id = question_id

    async def press(self, interaction: Interaction) -> None:
        own = await self._own(interaction)
        await _check_may_share(interaction)
        bot, user_id = interaction.client, interaction.user.id
        guild_id, channel_id = interaction.guild_id or 0, interaction.channel_id or 0
        shared = await bot.state.shared_days.begin(user_id, own.slug, own.day, guild_id, channel_id)
        if shared.message_id is not None:
            raise UserError(
                _("You've shared this day already: {link}", link=_link(shared, shared.message_id))
            )
        await interaction.response.defer(ephemeral=True, thinking=True)
        message_id = await self._post(bot, user_id, own, shared)
        note = _("Shared: {link}", link=_link(shared, message_id))
        locale = str(interaction.locale)
        await reply(interaction, Card(locale, say(note, locale)))

    async def _own(self, interaction: Interaction) -> OwnAnswer:
        bot = interaction.client
        own = await bot.state.questions.own_answer(self.question_id, interaction.user.id)
        if own is None:
            raise UserError(_("You haven't answered this one."), _("Type /today to see it."))
        if own.day != day_of(bot.clock.now()):
            raise UserError(_("That day is over."), _ANEW)
        return own

    async def _post(self, bot: Bot, user_id: int, own: OwnAnswer, shared: SharedDay) -> int:
        """Post it; pressed twice, or again after a crash, Discord gives the first message."""
        card = await _card(bot, user_id, own, await public_reader(bot, shared.guild_id))
        channel = bot.get_partial_messageable(shared.channel_id)
        nonce = f"{user_id:x}-{self.question_id:x}"
        try:
            with told_apart():
                message = await channel.send(view=card, silent=True, nonce=nonce)
        except GoneError as error:
            await bot.state.shared_days.drop(user_id, own.slug, own.day)
            raise UserError(
                _("I can't post in {channel}.", channel=f"<#{shared.channel_id}>"),
                _("Share it in another channel."),
            ) from error
        await bot.state.shared_days.posted(user_id, own.slug, own.day, message.id)
        return message.id


async def _card(bot: Bot, user_id: int, own: OwnAnswer, reader: Reader) -> Card:
    """Say how a member did, with nothing that tells what was asked."""
    streak = await bot.state.questions.streak(user_id, own.slug, own.day)
    name = f"<@{user_id}>"
    outcome = (
        _("{name} got today's question right.", name=name)
        if own.is_right
        else _("{name} took on today's question: not quite.", name=name)
    )
    notes: list[Text | str] = [f"<t:{begins_at(own.day) + SECONDS_A_DAY // 2}:D>"]
    if len(bot.library.interviews) > 1 and own.slug in bot.library.interviews:
        notes.append(plain(bot.library.interviews[own.slug].work))
    if streak.days > 1:
        notes.append(_("{days} days in a row", days=streak.days))
    if own.tally.answered > 1:
        notes.append(share_right(own.tally))
    notes.append(_("Your turn: /today"))
    return Card(reader.locale, box([reader.say(outcome), small_print(notes, reader)]))


async def _check_may_share(interaction: Interaction) -> None:
    """Raise UserError where a member is not to be named, or the bot may not post."""
    guild_id = interaction.guild_id
    if guild_id is None or is_guest(interaction):
        raise UserError(_("I can only share in servers I've joined."))
    hiding = await interaction.client.state.scores.hiding(guild_id, interaction.user.id)
    if hiding.is_by_wish:
        raise UserError(
            _("You hide from boards, so I won't name you in public."), _("/privacy changes that.")
        )
    if hiding.is_hidden:
        raise UserError(_("A moderator took you off the boards, so I won't name you in public."))
    check_can_post(
        interaction,
        interaction.app_permissions,
        is_thread=isinstance(interaction.channel, discord.Thread),
        where=f"<#{interaction.channel_id}>",
    )
    await public_asker(interaction)


def _link(shared: SharedDay, message_id: int) -> str:
    return _LINK.format(
        guild_id=shared.guild_id, channel_id=shared.channel_id, message_id=message_id
    )
