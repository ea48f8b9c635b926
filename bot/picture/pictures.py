"""Pictures on demand: drawn one at a time beside the event loop, and kept for a while."""

import asyncio
from contextlib import suppress
from typing import Final

from cachetools import LRUCache

from bot.errors import UserError
from bot.picture.painter import Painter
from bot.picture.poster import Poster
from bot.process.tasks import cancel
from bot.text import _

# At some hundredths of a second each, the last of them waits for about a second.
_QUEUED: Final = 32
# A dozen or so: those that are asked for again in the same minutes.
_CACHED_BYTES: Final = 2_000_000


class Pictures:
    def __init__(self, queued: int = _QUEUED, cached_bytes: int = _CACHED_BYTES) -> None:
        self._queued = queued
        self._painter = Painter()
        self._drawing: dict[Poster, asyncio.Future[bytes]] = {}
        self._cache: LRUCache[Poster, bytes] = LRUCache(cached_bytes, getsizeof=len)

    async def png(self, poster: Poster) -> bytes:
        """Give a picture; raises UserError where too many are waiting to be drawn."""
        if png := self._cache.get(poster):
            return png
        drawing = self._drawing.get(poster)
        if drawing is None:
            if len(self._drawing) >= self._queued:
                raise UserError(
                    _("Many pictures are being made just now."), _("Try again in a minute.")
                )
            drawing = asyncio.ensure_future(self._draw(poster))
            self._drawing[poster] = drawing
        # Whoever else waits for it still gets it when this one has gone.
        return await asyncio.shield(drawing)

    async def close(self) -> None:
        """Give up what waits and what is being drawn."""
        await cancel(self._drawing.values())
        await self._painter.close()

    async def _draw(self, poster: Poster) -> bytes:
        try:
            png = await self._painter.draw(poster)
        finally:
            del self._drawing[poster]
        # One that is larger than the whole cache is refused.
        with suppress(ValueError):
            self._cache[poster] = png
        return png
