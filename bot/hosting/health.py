"""How the bot is: /health for supervisors, /metrics for Prometheus, /stats for who hosts it."""

import asyncio
import math
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from time import monotonic
from typing import Final

from aiohttp import web

from bot.client import Bot
from bot.errors import PassingError
from bot.hosting.access import STATISTICS
from bot.hosting.pages import page_of, serve_pages
from bot.hosting.presence import Presence
from bot.hosting.statistics.board import Board
from bot.process.memory import resident_bytes
from bot.process.metrics import PrometheusMetrics
from bot.process.outages import Part
from bot.process.tasks import cancel

# Less than supervisors wait for the answer, and more than another program may hold the state.
_WAIT_SECONDS: Final = 3.0
# More than many shards need to begin their sessions; what the brake holds back is known.
_DEAF_SECONDS: Final = 600.0
_LISTEN_SECONDS: Final = 1.0


@asynccontextmanager
async def serve_health(
    bot: Bot, presence: Presence, port: int, token: str | None = None
) -> AsyncGenerator[None]:
    """Answer on a port; raises UnavailableError where it is taken.

    With a token it answers at all addresses, to whoever has that.
    """
    pages = _Pages(bot, presence)
    listening = asyncio.create_task(pages.keep_listening())
    paths = {
        "/health": pages.health,
        "/metrics": pages.metrics,
        STATISTICS: Board(bot, pages.report).statistics,
    }
    try:
        async with serve_pages(paths, port, token):
            yield
    finally:
        await cancel([listening])


class _Pages:
    def __init__(self, bot: Bot, presence: Presence) -> None:
        self._bot = bot
        self._presence = presence
        self._heard_at = monotonic()

    async def health(self, _request: web.Request) -> web.Response:
        """Say whether the bot lives; a Discord that is away is no reason to start it again."""
        # First of all: a state that does not work is then among what is told.
        is_alive = await self._state_works() and not self._is_deaf()
        report = {"lives": is_alive, **self.report()}
        return web.json_response(report, status=200 if is_alive else 503)

    def report(self) -> Mapping[str, object]:
        """Tell how this process is just now."""
        latency = self._bot.latency
        return {
            "is_connected": self._bot.is_connected,
            "gateway_ms": round(latency * 1000) if math.isfinite(latency) else None,
            "servers": len(self._bot.guilds),
            "memory_bytes": resident_bytes(),
            "outages": dict(self._bot.outages.reasons),
            "processes": self._presence.report(),
        }

    async def metrics(self, _request: web.Request) -> web.Response:
        numbers = self._bot.metrics
        assert isinstance(numbers, PrometheusMetrics)
        if self._bot.is_ready():
            numbers.latency.set(self._bot.latency)
        numbers.guilds.set(len(self._bot.guilds))
        numbers.tasks.set(len(asyncio.all_tasks()))
        await self._read_sums(numbers)
        # One that shares nothing notes itself nowhere.
        return page_of(numbers, self._presence.everybody or (self._presence.note,))

    async def _read_sums(self, numbers: PrometheusMetrics) -> None:
        state = self._bot.state
        try:
            posts, players = await state.schedules.outlook(), await state.play_sums.players()
        except PassingError:
            counts = (math.nan,) * 4
        else:
            counts = (*posts, players)
        gauges = (numbers.due, numbers.stopped, numbers.overdue, numbers.players)
        for gauge, count in zip(gauges, counts, strict=True):
            gauge.set(count)

    async def _state_works(self) -> bool:
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                await self._bot.state.pulse.beat()
        except (TimeoutError, PassingError) as error:
            self._bot.outages.begin(Part.STATE, str(error) or "it does not answer")
            return False
        return True

    async def keep_listening(self) -> None:
        """Note when Discord is heard, or why it is not, however seldom anybody asks."""
        while True:
            if self._bot.is_connected or Part.DISCORD in self._bot.outages.reasons:
                self._heard_at = monotonic()
            await asyncio.sleep(_LISTEN_SECONDS)

    def _is_deaf(self) -> bool:
        """Say whether nothing has been heard of Discord for long, and nobody knows why."""
        return monotonic() - self._heard_at > _DEAF_SECONDS
