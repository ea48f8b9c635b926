"""Pictures on demand: drawn one at a time beside the event loop, and kept for a while."""

import asyncio
import os
import sys
import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from bot.errors import UserError
from bot.picture.poster import Poster
from bot.text import _

_QUEUED: Final = 32
_KEPT_BYTES: Final = 32_000_000
_NICE: Final = 15


class Pictures:
    def __init__(self, queued: int = _QUEUED, kept_bytes: int = _KEPT_BYTES) -> None:
        self._queued = queued
        self._room = kept_bytes
        # Started by the first picture; a bot that draws none has no such thread.
        self._worker = ThreadPoolExecutor(1, "pictures", initializer=_step_back)
        self._drawing: dict[Poster, asyncio.Future[bytes]] = {}
        self._kept: OrderedDict[Poster, bytes] = OrderedDict()

    async def png(self, poster: Poster) -> bytes:
        """Give a picture; raises UserError where too many are waiting to be drawn."""
        kept = self._kept.get(poster)
        if kept is not None:
            self._kept.move_to_end(poster)
            return kept
        drawing = self._drawing.get(poster)
        if drawing is None:
            if len(self._drawing) >= self._queued:
                raise UserError(
                    _("Many pictures are being made just now."), _("Try again in a minute.")
                )
            drawing = asyncio.ensure_future(self._drawn(poster))
            self._drawing[poster] = drawing
        # Whoever else waits for it still gets it when this one has gone.
        return await asyncio.shield(drawing)

    async def close(self) -> None:
        """Give up what waits, and let what is being drawn end."""
        for drawing in list(self._drawing.values()):
            drawing.cancel()
        self._worker.shutdown(wait=False, cancel_futures=True)

    async def _drawn(self, poster: Poster) -> bytes:
        try:
            png = await asyncio.get_running_loop().run_in_executor(self._worker, _draw, poster)
        finally:
            del self._drawing[poster]
        self._keep(poster, png)
        return png

    def _keep(self, poster: Poster, png: bytes) -> None:
        self._kept[poster] = png
        size = sum(map(len, self._kept.values()))
        while size > self._room and self._kept:
            size -= len(self._kept.popitem(last=False)[1])


def _step_back() -> None:
    """Let everything else go first, where a thread can have a priority of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


def _draw(poster: Poster) -> bytes:
    # Pillow and its fonts take a while to import.
    from bot.picture.drawing import draw

    return draw(poster)
