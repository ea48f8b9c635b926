"""Private messages that are edited, rather than followed by others, while Discord lets us."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final
from weakref import WeakValueDictionary

import discord
from cachetools import TTLCache

from bot.errors import GoneError, PassingError
from bot.process.discord_api import told_apart
from bot.process.tasks import cancel

log = logging.getLogger(__name__)

# The token of an interaction lives for a quarter of an hour; a moment less is surely alive.
TOKEN_SECONDS: Final = 880.0
# Of one that is forgotten here the member keeps what it said last.
_REMEMBERED: Final = 5_000
_AT_ONCE: Final = 10

Draw = Callable[[int, str], discord.ui.LayoutView | None]
"""Draws what a member is told, by their id and in their language; None for nothing."""


@dataclass(frozen=True, slots=True)
class _PrivateMessage:
    webhook: discord.Webhook
    message_id: int
    locale: str


class Receipts:
    """One private message for each member and occasion, kept in memory alone.

    After a restart, or when its token is over, the next press brings a new one.
    """

    def __init__(self, timer: Callable[[], float] = monotonic) -> None:
        self._receipts: TTLCache[tuple[int, int, int], _PrivateMessage] = TTLCache(
            _REMEMBERED, TOKEN_SECONDS, timer
        )
        self._outcomes: TTLCache[tuple[int, int], Draw] = TTLCache(100, 60, timer)
        self._locks = WeakValueDictionary[tuple[int, int, int], asyncio.Lock]()
        self._tasks: set[asyncio.Task[None]] = set()

    async def show(
        self,
        interaction: discord.Interaction[Any],
        occasion: tuple[int, int],
        card: discord.ui.LayoutView,
    ) -> None:
        """Answer a press in the member's receipt; the first press on an occasion brings it."""
        key = (*occasion, interaction.user.id)
        # Of two presses at once the second waits for the message of the first.
        async with self._locks.setdefault(key, asyncio.Lock()):
            await self._show(interaction, key, card)

    async def _show(
        self,
        interaction: discord.Interaction[Any],
        key: tuple[int, int, int],
        card: discord.ui.LayoutView,
    ) -> None:
        receipt = self._receipts.get(key)
        if receipt is None:
            answer = await interaction.response.send_message(view=card, ephemeral=True)
            message_id = answer.message_id
        else:
            await interaction.response.defer()
            if await _edit(receipt, card):
                return
            # It was dismissed.
            message_id = (await interaction.followup.send(view=card, ephemeral=True, wait=True)).id
        if message_id is not None:
            receipt = _PrivateMessage(interaction.followup, message_id, str(interaction.locale))
            self._receipts[key] = receipt
            self._tell_late(key, receipt)

    def tell(self, occasion: tuple[int, int], draw: Draw) -> None:
        """Turn all receipts of an occasion into what came of it, beside everything else.

        So is one that is shown a moment later. An edit that fails is left out.
        """
        self._outcomes[occasion] = draw
        keys = [key for key in self._receipts if key[:2] == occasion]
        due = [(key[2], self._receipts.pop(key)) for key in keys]
        self._begin(due, draw)

    def _tell_late(self, key: tuple[int, int, int], receipt: _PrivateMessage) -> None:
        draw = self._outcomes.get(key[:2])
        if draw is not None:
            self._begin([(key[2], self._receipts.pop(key, receipt))], draw)

    def _begin(self, due: Sequence[tuple[int, _PrivateMessage]], draw: Draw) -> None:
        task = asyncio.create_task(_tell(due, draw))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        await cancel(self._tasks)


async def _tell(due: Sequence[tuple[int, _PrivateMessage]], draw: Draw) -> None:
    try:
        for start in range(0, len(due), _AT_ONCE):
            some = due[start : start + _AT_ONCE]
            cards = [(receipt, draw(user_id, receipt.locale)) for user_id, receipt in some]
            await asyncio.gather(*(_edit(receipt, card) for receipt, card in cards if card))
    except Exception:
        log.exception("receipts could not be told what came of them")


async def _edit(receipt: _PrivateMessage, card: discord.ui.LayoutView) -> bool:
    """Say whether it could be edited."""
    try:
        with told_apart():
            await receipt.webhook.edit_message(receipt.message_id, view=card)
    except (PassingError, GoneError, discord.HTTPException) as error:
        log.info("a receipt could not be edited: %s", error)
        return False
    return True
