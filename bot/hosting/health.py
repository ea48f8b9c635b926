"""How the bot is, told on this machine alone: /health for supervisors, /metrics for Prometheus."""

import asyncio
import errno
import math
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler
from yarl import URL

from bot.client import Bot
from bot.errors import PassingError, UnavailableError
from bot.process.metrics import PrometheusMetrics
from bot.process.outages import Part
from bot.process.tasks import cancel
from bot.text import _

LOOPBACKS: Final = ("127.0.0.1", "::1")
_NAMES: Final = ("localhost", *LOOPBACKS)
# Less than supervisors wait for the answer, and more than another program may hold the state.
_WAIT_SECONDS: Final = 3.0
# More than many shards need to begin their sessions; what the brake holds back is known.
_DEAF_SECONDS: Final = 600.0
_LISTEN_SECONDS: Final = 1.0


@asynccontextmanager
async def serve_health(bot: Bot, port: int) -> AsyncGenerator[None]:
    """Answer on a port; raises UnavailableError where it is taken."""
    pages = _Pages(bot)
    listening = asyncio.create_task(pages.keep_listening())
    app = web.Application(middlewares=[_refuse_strangers])
    app.add_routes([web.get("/health", pages.health), web.get("/metrics", pages.metrics)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, port)
        yield
    finally:
        await cancel([listening])
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    """Listen at each loopback address that the machine has."""
    reasons: list[OSError] = []
    for address in LOOPBACKS:
        try:
            await web.TCPSite(runner, address, port).start()
        except OSError as error:
            reasons.append(error)
    is_taken = any(error.errno == errno.EADDRINUSE for error in reasons)
    if is_taken or len(reasons) == len(LOOPBACKS):
        raise UnavailableError(
            _("The port {port} is taken.", port=port)
            if is_taken
            else _("The port {port} cannot be used: {why}.", port=port, why=reasons[0]),
            _("Set HEALTH_PORT to another one."),
        )


@web.middleware
async def _refuse_strangers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer only who asks for this machine: a page elsewhere can give its name our address."""
    try:
        name = URL(f"http://{request.host}").host
    except ValueError:
        name = None
    if name not in _NAMES:
        raise web.HTTPMisdirectedRequest(text="Ask for localhost.")
    return await handler(request)


class _Pages:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._heard_at = monotonic()

    async def health(self, _request: web.Request) -> web.Response:
        """Say whether the bot lives; a Discord that is away is no reason to start it again."""
        latency = self._bot.latency
        # First of all: a state that does not work is then among what is told.
        is_alive = await self._state_works() and not self._is_deaf()
        report = {
            "lives": is_alive,
            "is_connected": self._bot.is_connected,
            "gateway_ms": round(latency * 1000) if math.isfinite(latency) else None,
            "servers": len(self._bot.guilds),
            "outages": dict(self._bot.outages.reasons),
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
        numbers.overdue.set(await self._overdue())
        page = generate_latest(numbers.registry)
        return web.Response(body=page, headers={"Content-Type": "text/plain; version=0.0.4"})

    async def _overdue(self) -> float:
        try:
            return await self._bot.state.schedules.overdue()
        except PassingError:
            return math.nan

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
