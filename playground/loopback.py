"""A server that only programs and pages of this machine reach."""

from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler

HOST: Final = "127.0.0.1"


class LoopbackServer:
    """One port of this machine; which one is known when it was started."""

    def __init__(self, port: int = 0, most_bytes: int = 1 << 20) -> None:
        self.port = port
        self.web = web.Application(client_max_size=most_bytes, middlewares=[self._refuse_pages])
        # No bot compresses what it sends; what is compressed may be a bomb.
        self._runner = web.AppRunner(
            self.web, access_log=None, shutdown_timeout=1.0, auto_decompress=False
        )

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    async def start(self) -> None:
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        await self._runner.cleanup()

    @web.middleware
    async def _refuse_pages(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse pages of elsewhere, and names that only point here, before anything is read."""
        own = {f"{name}:{self.port}" for name in (HOST, "localhost", "[::1]")}
        origin = request.headers.get("Origin")
        is_own = origin is None or origin in {f"http://{host}" for host in own}
        if request.host not in own or not is_own:
            raise web.HTTPForbidden(text="This is for programs and pages of this machine.")
        return await handler(request)
