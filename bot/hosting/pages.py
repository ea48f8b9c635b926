"""The pages of the health port: listening, what all of them have, and the numbers."""

import asyncio
import errno
import logging
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

from aiohttp import web
from aiohttp.http import HttpProcessingError
from aiohttp.typedefs import Handler

from bot.errors import UnavailableError
from bot.hosting.access import SIGN_IN, STATISTICS, Doorkeeper
from bot.process.metrics import PrometheusMetrics
from bot.state.processes import ProcessNote
from bot.text import _

# The form that signs in is shorter.
_MOST_BYTES: Final = 8192
_MOST_CONNECTIONS: Final = 100

_GOODBYE_SECONDS: Final = 1.0
"""For which the end waits for who is being answered, or has sent half a question."""

log = logging.getLogger(__name__)
# Whoever reaches the port could fill the log with what is no HTTP.
log.addFilter(lambda record: not (record.exc_info and _is_of_others(record.exc_info[1])))


@asynccontextmanager
async def serve_pages(
    pages: Mapping[str, Handler], port: int, token: str | None
) -> AsyncGenerator[None]:
    """Answer on a port, each path with its page; raises UnavailableError where it is taken."""
    doorkeeper = Doorkeeper(token)
    app = web.Application(middlewares=[doorkeeper.admit], client_max_size=_MOST_BYTES)
    app.add_routes([web.get(path, page) for path, page in pages.items()])
    app.router.add_get("/", _to_statistics)
    app.router.add_post(SIGN_IN, doorkeeper.sign_in)
    app.on_response_prepare.append(_guard)
    runner = web.AppRunner(app, access_log=None, logger=log, shutdown_timeout=_GOODBYE_SECONDS)
    await runner.setup()
    listening = list[asyncio.Server]()
    try:
        await _listen(listening, _Hall(runner).enter, doorkeeper.addresses, port)
        yield
    finally:
        for server in listening:
            server.close()
        await runner.cleanup()


class _Hall:
    """Has room for some connections: who came first goes, so that nobody keeps others out.

    Each is an open file of the bot's, of which it has few, and needs some to answer members.
    """

    def __init__(self, runner: web.AppRunner) -> None:
        self._runner = runner

    def enter(self) -> asyncio.Protocol:
        server = self._runner.server
        assert server is not None
        inside = [connection for connection in server.connections if connection.transport]
        for connection in inside[: max(0, len(inside) + 1 - _MOST_CONNECTIONS)]:
            connection.force_close()
        return server()


def _is_of_others(error: BaseException | None) -> bool:
    return isinstance(error, HttpProcessingError)


async def _to_statistics(_request: web.Request) -> web.Response:
    """Show whoever asks for nothing what there is to look at."""
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": STATISTICS})


async def _guard(_request: web.Request, response: web.StreamResponse) -> None:
    """Keep what is told from other pages, and from whoever looks over a shoulder later."""
    response.headers.setdefault("Content-Security-Policy", "default-src 'none'")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"


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


async def _listen(
    listening: list[asyncio.Server],
    enter: Callable[[], asyncio.Protocol],
    addresses: Sequence[str],
    port: int,
) -> None:
    """Listen at each of some addresses that the machine has."""
    loop, reasons = asyncio.get_running_loop(), list[OSError]()
    for address in addresses:
        try:
            listening.append(await loop.create_server(enter, address, port))
        except OSError as error:
            reasons.append(error)
    is_taken = any(error.errno == errno.EADDRINUSE for error in reasons)
    if is_taken or len(reasons) == len(addresses):
        raise UnavailableError(
            _("Port {port} is taken.", port=port)
            if is_taken
            else _("Port {port} can't be used: {why}.", port=port, why=reasons[0]),
            _("Set HEALTH_PORT to another one."),
        )
