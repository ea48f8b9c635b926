"""Pictures on demand: drawn one at a time beside the event loop, and kept for a while."""

import asyncio
from collections import OrderedDict
from typing import Final

from bot.errors import UserError
from bot.picture.painter import Painter
from bot.picture.poster import Poster
from bot.text import _

_QUEUED: Final = 32
_KEPT_BYTES: Final = 32_000_000


class Pictures:
    def __init__(self, queued: int = _QUEUED, kept_bytes: int = _KEPT_BYTES) -> None:
        self._queued = queued
        self._room = kept_bytes
        self._painter = Painter()
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
        """Give up what waits and what is being drawn."""
        drawings = list(self._drawing.values())
        for drawing in drawings:
            drawing.cancel()
        await asyncio.gather(*drawings, return_exceptions=True)
        await self._painter.close()

    async def _drawn(self, poster: Poster) -> bytes:
        try:
            png = await self._painter.draw(poster)
        finally:
            del self._drawing[poster]
        self._keep(poster, png)
        return png

    def _keep(self, poster: Poster, png: bytes) -> None:
        self._kept[poster] = png
        size = sum(map(len, self._kept.values()))
        while size > self._room and self._kept:
            size -= len(self._kept.popitem(last=False)[1])
