"""How a process is that serves nobody yet: well, though members hear nothing of it."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Final

from aiohttp import web

from bot.hosting.access import STATISTICS
from bot.hosting.markup import html_page, tag
from bot.hosting.pages import page_of, serve_pages
from bot.hosting.presence import Presence
from bot.process.memory import resident_bytes
from bot.process.metrics import PrometheusMetrics
from bot.process.outages import Outages
from bot.process.progress import Step
from bot.state.processes import ProcessNote
from bot.text import say

_NOT_YET: Final = "Encore is getting ready"
_LATER: Final = "This page will say how it's doing once it is: reload it in a moment."


def serve_starting_health(
    step: Callable[[], Step], outages: Outages, port: int, token: str | None
) -> AbstractAsyncContextManager[None]:
    """Answer on a port while the process starts; raises UnavailableError where it is taken."""

    def report() -> Mapping[str, object]:
        return {"starting": step().sentence(), "processes": []}

    return _serve(report, lambda: (), outages, port, token)


def serve_spare_health(
    presence: Presence, outages: Outages, port: int, token: str | None
) -> AbstractAsyncContextManager[None]:
    """Answer on a port while the process waits for a place."""

    def report() -> Mapping[str, object]:
        return {
            "is_spare": True,
            "waits_for": say(presence.waits_for) if presence.waits_for else None,
            "processes": presence.report(),
        }

    return _serve(report, lambda: presence.everybody, outages, port, token)


def _serve(
    report: Callable[[], Mapping[str, object]],
    everybody: Callable[[], Sequence[ProcessNote]],
    outages: Outages,
    port: int,
    token: str | None,
) -> AbstractAsyncContextManager[None]:
    numbers = PrometheusMetrics()

    async def health(_request: web.Request) -> web.Response:
        well = {
            "lives": True,
            "is_connected": False,
            "servers": 0,
            "memory_bytes": resident_bytes(),
            "outages": dict(outages.reasons),
        }
        return web.json_response({**well, **report()})

    async def metrics(_request: web.Request) -> web.Response:
        return page_of(numbers, everybody())

    async def statistics(_request: web.Request) -> web.Response:
        facts = report()
        why = str(facts.get("starting") or facts.get("waits_for") or "")
        reason = tag("p", why[:1].upper() + why[1:])
        return html_page(_NOT_YET, tag("h1", _NOT_YET), reason, tag("p", _LATER))

    pages = {"/health": health, "/metrics": metrics, STATISTICS: statistics}
    return serve_pages(pages, port, token)
