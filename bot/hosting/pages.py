"""Two pages for this machine alone: /health for supervisors, /metrics for Prometheus."""

import errno
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler
from yarl import URL

from bot.errors import UnavailableError
from bot.process.metrics import PrometheusMetrics
from bot.state.processes import ProcessNote
from bot.text import _

LOOPBACKS: Final = ("127.0.0.1", "::1")
_NAMES: Final = ("localhost", *LOOPBACKS)


@asynccontextmanager
async def serve_pages(health: Handler, metrics: Handler, port: int) -> AsyncGenerator[None]:
    """Answer on a port; raises UnavailableError where it is taken."""
    app = web.Application(middlewares=[_refuse_strangers])
    app.add_routes([web.get("/health", health), web.get("/metrics", metrics)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await _listen(runner, port)
        yield
    finally:
        await runner.cleanup()


def page_of(numbers: PrometheusMetrics, everybody: Sequence[ProcessNote]) -> web.Response:
    """Write the numbers, and who else serves the bot."""
    from prometheus_client import generate_latest

    numbers.processes.clear()
    for note in everybody:
        place = "spare" if note.is_spare else "" if note.place is None else str(note.place)
        labels = (note.host, note.version, place, str(len(note.shard_ids)), note.content)
        numbers.processes.labels(*labels).inc()
    page = generate_latest(numbers.registry)
    return web.Response(body=page, headers={"Content-Type": "text/plain; version=0.0.4"})


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
