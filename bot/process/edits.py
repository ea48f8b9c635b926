"""Edits of messages that many press at once: rarely, one at a time, and only to what is new."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Final

import discord
from cachetools import LRUCache

from bot.errors import GoneError, PassingError
from bot.process.discord_api import told_apart
from bot.process.tasks import cancel

log = logging.getLogger(__name__)

# Discord slows down a channel at about one edit a second, and games edit there too.
INTERVAL_SECONDS: Final = 2.0
# Of a message that is forgotten here the next press costs an edit, which is no harm.
_REMEMBERED: Final = 10_000

Draw = Callable[[], Awaitable[discord.ui.LayoutView | None]]
"""Draws a message as it should be by now; None where it is to stay as it is."""


class Edits:
    """Shows the newest state of messages: in each channel one edit an interval, oldest wish first.

    A message that would look as it was last shown is left alone.
    """

    def __init__(self, interval: float = INTERVAL_SECONDS) -> None:
        self._interval = interval
        self._waiting: dict[int, dict[discord.PartialMessage, Draw]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._editing: dict[int, asyncio.Future[bool]] = {}
        self._digests: LRUCache[int, int] = LRUCache(_REMEMBERED)

    def request(self, message: discord.PartialMessage, draw: Draw) -> None:
        """Ask for an edit; it replaces one that has not begun."""
        channel_id = message.channel.id
        self._waiting.setdefault(channel_id, {})[message] = draw
        if channel_id not in self._tasks:
            self._tasks[channel_id] = asyncio.create_task(self._work(channel_id))

    async def settle(self, message: discord.PartialMessage) -> None:
        """Drop the edit that waits and let the one under way end, before a last one is made."""
        self._waiting.get(message.channel.id, {}).pop(message, None)
        editing = self._editing.get(message.id)
        if editing is not None:
            await asyncio.wait([editing])

    async def _work(self, channel_id: int) -> None:
        waiting = self._waiting[channel_id]
        try:
            while waiting:
                message = next(iter(waiting))
                if await self._edit(message, waiting.pop(message)):
                    await asyncio.sleep(self._interval)
        finally:
            # At once, so that a request made now starts a task of its own.
            del self._tasks[channel_id], self._waiting[channel_id]

    async def _edit(self, message: discord.PartialMessage, draw: Draw) -> bool:
        """Say whether there was an edit, or something went wrong: then there is a pause."""
        editing = asyncio.ensure_future(self._show(message, draw))
        self._editing[message.id] = editing
        try:
            with told_apart():
                return await editing
        except (PassingError, GoneError) as error:
            # Most often the message or the right to edit it is gone: its count stays as it is.
            log.info("message %d could not be edited: %s", message.id, error)
        except Exception:
            log.exception("message %d could not be edited", message.id)
        finally:
            del self._editing[message.id]
        return True

    async def _show(self, message: discord.PartialMessage, draw: Draw) -> bool:
        """Say whether there was something new to show."""
        view = await draw()
        if view is None:
            return False
        digest = hash(json.dumps(view.to_components()))
        if self._digests.get(message.id) == digest:
            return False
        # An edit that does not say so mentions everybody it names, and lights up for them.
        await message.edit(view=view, allowed_mentions=discord.AllowedMentions.none())
        self._digests[message.id] = digest
        return True

    async def close(self) -> None:
        await cancel(self._tasks.values())
