"""The stage of duels: tells in their channel what came of them."""

from collections.abc import Sequence

import discord

from bot.client import Bot
from bot.errors import GoneError
from bot.interview.audience import Reader
from bot.process.discord_api import told_apart
from bot.state.duels import Duel, DuelEnding, DuelScore
from bot.text import _
from bot.trivia.duel.duel_host import ENDINGS
from bot.ui.cards import Card
from bot.ui.duel_cards import closed_card, left_card, result_card
from bot.ui.duel_start import RematchButton
from bot.ui.reader import public_reader


class DuelStage:
    """Tells each result once; posted again after a crash, Discord gives the first message.

    What is posted comes last: whatever fails before is tried again with nothing posted yet.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def tell(self, duel: Duel, scores: Sequence[DuelScore]) -> None:
        reader = await public_reader(self._bot, duel.guild_id)
        # Somebody may have hidden while the result could not be told.
        is_left = duel.ending is DuelEnding.LEFT or any(score.is_hidden for score in scores)
        if duel.ending is DuelEnding.EXPIRED:
            await self._close(duel, closed_card(ENDINGS[duel.ending], reader))
        elif is_left:
            await self._close(duel, closed_card(ENDINGS[DuelEnding.LEFT], reader))
            await self._excuse(duel, scores, reader)
        else:
            over = _("This duel is over. The result is below.")
            await self._close(duel, closed_card(over, reader))
            result = result_card(duel, scores, reader, [RematchButton(duel.id)])
            await self._post(duel, result, duel.players)

    async def _excuse(self, duel: Duel, scores: Sequence[DuelScore], reader: Reader) -> None:
        """Tell who has played that the other is gone; who has not is asked nothing any more."""
        waiting = [each.user_id for each in scores if each.answered and not each.is_hidden]
        if waiting:
            await self._post(duel, left_card(waiting, reader), waiting)

    async def _post(self, duel: Duel, card: Card, user_ids: Sequence[int]) -> None:
        channel = self._bot.get_partial_messageable(duel.channel_id)
        players = [discord.Object(user_id) for user_id in user_ids]
        with told_apart():
            await channel.send(
                view=card,
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
