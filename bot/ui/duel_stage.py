"""The stage of duels: tells in their channel what came of them."""

from collections.abc import Sequence

import discord

from bot.client import Bot
from bot.errors import GoneError
from bot.interview.audience import Reader
from bot.process.discord_api import told_apart
from bot.state.duels import Duel, DuelEnding, DuelScore
from bot.text import _
from bot.ui.cards import Card
from bot.ui.duel_cards import closed_card, result_card
from bot.ui.duel_start import RematchButton
from bot.ui.reader import public_reader


class DuelStage:
    """Tells each result once; posted again after a crash, Discord gives the first message."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def tell(self, duel: Duel, scores: Sequence[DuelScore]) -> None:
        reader = await public_reader(self._bot, duel.guild_id)
        if duel.ending is DuelEnding.EXPIRED:
            await self._close(duel, closed_card(_("Nobody took up this duel in time."), reader))
            return
        await self._post(duel, scores, reader)
        await self._close(duel, closed_card(_("This duel is over. The result is below."), reader))

    async def _post(self, duel: Duel, scores: Sequence[DuelScore], reader: Reader) -> None:
        # Both have taken part in it; who hides is not in the text either.
        players = [discord.Object(score.user_id) for score in scores if not score.is_hidden]
        channel = self._bot.get_partial_messageable(duel.channel_id)
        with told_apart():
            await channel.send(
                view=result_card(duel, scores, reader, [RematchButton(duel.id)]),
                nonce=f"d{duel.id}",
                allowed_mentions=discord.AllowedMentions(users=players),
            )

    async def _close(self, duel: Duel, card: Card) -> None:
        """Take the buttons off a challenge, unless somebody has deleted it."""
        if duel.message_id is None:
            return
        message = self._bot.message(duel.channel_id, duel.message_id)
        # What is edited in now would bring the buttons back.
        await self._bot.edits.settle(message)
        try:
            with told_apart():
                await message.edit(view=card, allowed_mentions=discord.AllowedMentions.none())
        except GoneError:
            return
