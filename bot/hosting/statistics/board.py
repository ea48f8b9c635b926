"""The page of statistics, as a running bot serves it: the same for all who look within moments."""

import asyncio
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

from aiohttp import web
from cachetools import TTLCache

from bot.client import Bot
from bot.errors import StateUnavailableError
from bot.hosting.markup import html_page, tag
from bot.hosting.statistics.live import live_of
from bot.hosting.statistics.statistics_page import SPANS, statistics_page
from bot.hosting.statistics.usage import Statistics, gather

# Some read the files of the interviews, and whole months of sums.
_KEPT_SECONDS: Final = 15.0


class Board:
    def __init__(self, bot: Bot, report: Callable[[], Mapping[str, object]]) -> None:
        self._bot = bot
        self._report = report
        self._recent: TTLCache[int, Statistics] = TTLCache(len(SPANS), _KEPT_SECONDS)
        self._lock = asyncio.Lock()

    async def statistics(self, request: web.Request) -> web.Response:
        """Show the last days, as many as the address says."""
        span = request.query.get("days", "")
        days = next((days for days in SPANS if str(days) == span), SPANS[0])
        settings = self._bot.settings
        try:
            async with self._lock:
                figures = await self._figures(days)
        except StateUnavailableError as error:
            return html_page(
                "Statistics",
                tag("h1", "The database can't be used right now"),
                tag("p", f"{error}. Look again in a minute."),
                status=HTTPStatus.SERVICE_UNAVAILABLE,
            )
        packs = settings.packs_dir, settings.data_dir
        live = live_of(self._report())
        return await asyncio.to_thread(statistics_page, figures, live, packs)

    async def _figures(self, days: int) -> Statistics:
        figures = self._recent.get(days)
        if figures is None:
            state, settings = self._bot.state, self._bot.settings
            # What this process has counted itself is to be seen at once.
            await state.day_sums.write()
            packs = settings.packs_dir, settings.data_dir
            figures = await gather(state, self._bot.clock.now(), days, packs)
            self._recent[days] = figures
        return figures
