"""How a process is that waits for a place: well, though members hear nothing of it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.hosting.pages import page_of, serve_pages
from bot.hosting.presence import Presence
from bot.process.metrics import PrometheusMetrics
from bot.process.outages import Outages
from bot.text import say


@asynccontextmanager
async def serve_spare_health(
    presence: Presence, outages: Outages, port: int
) -> AsyncGenerator[None]:
    """Answer on a port; raises UnavailableError where it is taken."""
    numbers = PrometheusMetrics()

    async def health(_request: web.Request) -> web.Response:
        report: dict[str, object] = {
            "lives": True,
            "is_connected": False,
            "is_spare": True,
            "waits_for": say(presence.waits_for) if presence.waits_for else None,
            "servers": 0,
            "outages": dict(outages.reasons),
            "processes": presence.report(),
        }
        return web.json_response(report)

    async def metrics(_request: web.Request) -> web.Response:
        return page_of(numbers, presence)

    async with serve_pages(health, metrics, port):
        yield
