"""How the bot is, told on this machine alone: /health for supervisors, /metrics for Prometheus."""

import asyncio
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.client import Bot
from bot.errors import PassingError, UnavailableError
from bot.process.metrics import PrometheusMetrics
from bot.state.database import Database
from bot.text import _

ADDRESS: Final = "127.0.0.1"
# Less than supervisors wait for the answer.
_WAIT_SECONDS: Final = 2.0


@asynccontextmanager
async def serve_health(bot: Bot, database: Database, port: int | None) -> AsyncGenerator[None]:
    """Answer on a port; without one do nothing. Raises UnavailableError where it is taken."""
    if port is None:
        yield
        return
    pages = _Pages(bot, database)
    app = web.Application()
    app.add_routes([web.get("/health", pages.health), web.get("/metrics", pages.metrics)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, ADDRESS, port).start()
    except OSError as error:
        await runner.cleanup()
        raise UnavailableError(
            _("The port {port} is taken.", port=port), _("Set HEALTH_PORT to another one.")
        ) from error
    try:
        yield
    finally:
        await runner.cleanup()


class _Pages:
    def __init__(self, bot: Bot, database: Database) -> None:
        self._bot = bot
        self._database = database

    async def health(self, _request: web.Request) -> web.Response:
        """Say whether the bot lives; a Discord that is away is no reason to start it again."""
        is_alive = await self._database_answers()
        latency = self._bot.latency
        report = {
            "lives": is_alive,
            "is_connected": self._bot.is_ready() and math.isfinite(latency),
            "gateway_ms": round(latency * 1000) if math.isfinite(latency) else None,
            "servers": len(self._bot.guilds),
        }
        return web.json_response(report, status=200 if is_alive else 503)

    async def metrics(self, _request: web.Request) -> web.Response:
        from prometheus_client import generate_latest

        numbers = self._bot.metrics
        assert isinstance(numbers, PrometheusMetrics)
        if self._bot.is_ready():
            numbers.latency.set(self._bot.latency)
        numbers.guilds.set(len(self._bot.guilds))
        numbers.tasks.set(len(asyncio.all_tasks()))
        numbers.overdue.set(await self._bot.state.schedules.overdue())
        page = generate_latest(numbers.registry)
        return web.Response(body=page, headers={"Content-Type": "text/plain; version=0.0.4"})

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(_WAIT_SECONDS):
                return bool(await self._database.read("SELECT 1"))
        except (TimeoutError, PassingError):
            return False
