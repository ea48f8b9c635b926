"""Edits of messages that many press at once: rarely, and one at a time."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Final

import aiohttp
import discord

from bot.errors import PassingError

log = logging.getLogger(__name__)

# Discord slows down a channel at about one edit a second, and games edit there too.
INTERVAL_SECONDS: Final = 2.0

Edit = Callable[[], Coroutine[None, None, None]]


class Edits:
    """Runs the newest edit that was asked for a message, at most one an interval."""

    def __init__(self, interval: float = INTERVAL_SECONDS) -> None:
        self._interval = interval
        self._waiting: dict[int, Edit] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._editing: dict[int, asyncio.Future[None]] = {}

    def request(self, message_id: int, edit: Edit) -> None:
        """Ask for an edit; it replaces one that has not begun."""
        self._waiting[message_id] = edit
        if message_id not in self._tasks:
            self._tasks[message_id] = asyncio.create_task(self._work(message_id))

    async def settle(self, message_id: int) -> None:
        """Drop the edit that waits and let the one under way end, before a last one is made."""
        self._waiting.pop(message_id, None)
        editing = self._editing.get(message_id)
        if editing is not None:
            await asyncio.wait([editing])

    async def _work(self, message_id: int) -> None:
        try:
            while (edit := self._waiting.pop(message_id, None)) is not None:
                await self._edit(message_id, edit)
                await asyncio.sleep(self._interval)
        finally:
            # At once, so that a request made now starts a task of its own.
            del self._tasks[message_id]

    async def _edit(self, message_id: int, edit: Edit) -> None:
        editing = asyncio.ensure_future(edit())
        self._editing[message_id] = editing
        try:
            await editing
        except (discord.HTTPException, aiohttp.ClientError, OSError, PassingError) as error:
            # Most often the message or the right to edit it is gone: its count stays as it is.
            log.info("message %d could not be edited: %s", message_id, error)
        finally:
            del self._editing[message_id]

    async def close(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
