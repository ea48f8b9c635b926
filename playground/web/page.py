"""The page's files and its socket, for whoever knows the address that the terminal printed."""

import mimetypes
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from aiohttp import web

from playground.server import LoopbackDiscord
from playground.web.socket import PageSocket
from playground.web.views import Notice, Views

_FILES: Final = Path(__file__).parents[1] / "page"
_MAX_FRAME: Final = 30_000_000
"""Room for two uploads of 10 MiB in base64."""
MAX_SOCKETS: Final = 64
"""Pages that are open at once."""
_FULL: Final = "Too many pages are open. Close one, then load this one again."
_ELSEWHERE: Final = "Open the address that the terminal printed."


class Page:
    """Adds itself to a Discord that is not started yet; `url` is known when it is."""

    def __init__(self, discord: LoopbackDiscord, key: str | None = None) -> None:
        self._discord = discord
        self._key = key or secrets.token_urlsafe(16)
        self._views = Views(discord)
        self._sockets: set[PageSocket] = set()
        # Only these can be asked for, whatever a path may look like.
        self._files = {path.name: path for path in _FILES.iterdir() if path.is_file()}
        router = discord.web.router
        router.add_get("/play/{key}/socket", self._serve_socket)
        router.add_get("/play/{key}/{name}", self._serve_file)
        router.add_get("/play/{key}/", self._serve_file)
        router.add_get("/", self._refuse)
        router.add_get("/play{rest:.*}", self._refuse)
        discord.web.on_shutdown.append(self._close)

    @property
    def url(self) -> str:
        return f"{self._discord.url}/play/{self._key}/"

    def set_notices(self, notices: Sequence[Notice]) -> None:
        """Show these on every page, instead of those before."""
        self._views.notices = tuple(notices)
        self._discord.platform.events.emit("notices")

    def count_restart(self) -> None:
        """Tell the pages that the bot was started once more."""
        self._views.restarts += 1
        self._discord.platform.events.emit("bot_restarted")

    async def _refuse(self, _request: web.Request) -> web.Response:
        raise web.HTTPForbidden(text=_ELSEWHERE)

    async def _serve_file(self, request: web.Request) -> web.Response:
        self._check(request)
        path = self._files.get(request.match_info.get("name", "index.html"))
        if path is None:
            raise web.HTTPNotFound(text="There is no such file.")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return web.Response(body=path.read_bytes(), content_type=kind, headers=self._headers())

    async def _serve_socket(self, request: web.Request) -> web.StreamResponse:
        self._check(request)
        # A page of another origin cannot leave this header out, nor choose it.
        if request.headers.get("Origin") != f"http://{request.host}":
            raise web.HTTPForbidden(text=_ELSEWHERE)
        if len(self._sockets) >= MAX_SOCKETS:
            raise web.HTTPServiceUnavailable(text=_FULL)
        response = web.WebSocketResponse(max_msg_size=_MAX_FRAME, heartbeat=30)
        await response.prepare(request)
        socket = PageSocket(self._discord, self._views, response)
        self._sockets.add(socket)
        try:
            await socket.serve()
        finally:
            self._sockets.discard(socket)
        return response

    def _check(self, request: web.Request) -> None:
        """Refuse who does not know the key, and names that only point to this machine."""
        port = self._discord.port
        is_here = request.host in (f"127.0.0.1:{port}", f"localhost:{port}")
        knows_key = secrets.compare_digest(request.match_info["key"].encode(), self._key.encode())
        if not (is_here and knows_key):
            raise web.HTTPForbidden(text=_ELSEWHERE)

    def _headers(self) -> dict[str, str]:
        port = self._discord.port
        policy = {
            "default-src": "'none'",
            "script-src": "'self'",
            "style-src": "'self'",
            "img-src": "'self' data:",
            "media-src": "'self'",
            "connect-src": f"'self' ws://127.0.0.1:{port} ws://localhost:{port}",
            "form-action": "'none'",
            "base-uri": "'none'",
            "frame-ancestors": "'none'",
        }
        return {
            "Content-Security-Policy": "; ".join(
                f"{name} {value}" for name, value in policy.items()
            ),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }

    async def _close(self, _app: web.Application) -> None:
        for socket in list(self._sockets):
            await socket.send({"event": "closing"})
            await socket.close()
