"""A page's files and its sockets, for whoever knows the address that the terminal printed."""

import mimetypes
import secrets
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from aiohttp import web

from playground.loopback import LoopbackServer
from playground.web.conversation import Conversation

PAGE: Final = Path(__file__).parents[1] / "page"
_MAX_FRAME: Final = 30_000_000
"""Room for two uploads of 10 MiB in base64."""
MAX_SOCKETS: Final = 64
"""Pages that are open at once."""
_FULL: Final = "Too many pages are open. Close one, then load this one again."
_ELSEWHERE: Final = "Open the address that the terminal printed."


class Door:
    """Adds itself to a server that is not started yet; `url` is known when it is."""

    def __init__(
        self,
        server: LoopbackServer,
        files: Mapping[str, Path],
        serve: Callable[[Conversation], Awaitable[None]],
        key: str | None = None,
    ) -> None:
        self._server = server
        # Only these can be asked for, whatever a path may look like.
        self._files = files
        self._serve = serve
        self._key = key or secrets.token_urlsafe(16)
        self.conversations: set[Conversation] = set()
        router = server.web.router
        router.add_get("/play/{key}/socket", self._serve_socket)
        router.add_get("/play/{key}/{name}", self._serve_file)
        router.add_get("/play/{key}/", self._serve_file)
        router.add_get("/", self._refuse)
        router.add_get("/play{rest:.*}", self._refuse)
        server.web.on_shutdown.append(self._close)

    @property
    def url(self) -> str:
        return f"{self._server.url}/play/{self._key}/"

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
        if len(self.conversations) >= MAX_SOCKETS:
            raise web.HTTPServiceUnavailable(text=_FULL)
        response = web.WebSocketResponse(max_msg_size=_MAX_FRAME, heartbeat=30)
        await response.prepare(request)
        conversation = Conversation(response)
        self.conversations.add(conversation)
        try:
            await self._serve(conversation)
        finally:
            self.conversations.discard(conversation)
        return response

    def _check(self, request: web.Request) -> None:
        """Refuse who does not know the key, and names that only point to this machine."""
        port = self._server.port
        is_here = request.host in (f"127.0.0.1:{port}", f"localhost:{port}")
        knows_key = secrets.compare_digest(request.match_info["key"].encode(), self._key.encode())
        if not (is_here and knows_key):
            raise web.HTTPForbidden(text=_ELSEWHERE)

    def _headers(self) -> dict[str, str]:
        port = self._server.port
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
        for conversation in list(self.conversations):
            await conversation.send({"event": "closing"})
            await conversation.close()


def files_of(folder: Path) -> dict[str, Path]:
    """Give the files of a page by the names under which they are asked for."""
    return {path.name: path for path in folder.iterdir() if path.is_file()}
