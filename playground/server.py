"""The small Discord as one server on loopback."""

import base64
from collections.abc import Sequence
from typing import Final, Self

from aiohttp import web

from playground import routes
from playground.application import Application, make_token
from playground.body import MAX_BODY_BYTES
from playground.clock import Clock, SystemClock
from playground.faults import Faults
from playground.loopback import LoopbackServer
from playground.members import Members
from playground.platform import Platform
from playground.record import Record
from playground.rest import Router
from playground.session_starts import SessionStarts
from playground.wire import Json
from playground.world import World

_AVATAR: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


class LoopbackDiscord:
    """Gateway, REST API and CDN; a bot is pointed at `url` and logs in with `token`."""

    def __init__(
        self,
        token: str | None = None,
        port: int = 0,
        world: World | None = None,
        clock: Clock | None = None,
        *,
        first_answer_seconds: float = 3.0,
        heartbeat_seconds: float = 41.25,
        read_seconds: float = 30.0,
        shards: int = 1,
        max_concurrency: int = 1,
        identify_seconds: float = 0.0,
    ) -> None:
        """Prepare a server; with IDENTIFY_SECONDS sessions begin as slowly as Discord has it."""
        world, clock = world or World(), clock or SystemClock()
        self.platform = Platform(
            token or make_token(world.bot.id),
            world,
            clock,
            first_answer_seconds,
            heartbeat_seconds,
            SessionStarts(clock, shards, max_concurrency, identify_seconds),
        )
        self.members = Members(self.platform)
        self.server = LoopbackServer(port, MAX_BODY_BYTES)
        self.web = self.server.web
        self._router = Router(self.platform, routes.ALL, read_seconds)
        self._add_routes()

    @property
    def url(self) -> str:
        return self.platform.url

    @property
    def port(self) -> int:
        return self.platform.port

    @property
    def token(self) -> str:
        return self.platform.token

    @property
    def app(self) -> Application:
        return self.platform.app

    @property
    def world(self) -> World:
        return self.platform.world

    @property
    def faults(self) -> Faults:
        return self.platform.faults

    @property
    def record(self) -> Record:
        return self.platform.record

    @property
    def starts(self) -> SessionStarts:
        """Tell which sessions were begun when, and what is allowed."""
        return self.platform.starts

    @property
    def identified(self) -> Sequence[Json]:
        """Tell what each IDENTIFY asked for."""
        return self.platform.gateway.identified

    @property
    def is_connected(self) -> bool:
        return bool(self.platform.gateway.connected())

    async def __aenter__(self) -> Self:
        await self.server.start()
        self.platform.listen_at(self.server.port)
        return self

    async def __aexit__(self, *_exception: object) -> None:
        for connection in list(self.platform.gateway.connections):
            connection.abort()
        self.platform.events.close()
        await self.server.stop()

    async def wait_ready(self, timeout: float = 60, *, shards: int = 1) -> None:  # noqa: ASYNC109 - raises like asyncio.timeout
        """Wait until the bot is connected with that many shards."""

        def is_so() -> bool:
            return len(self.platform.gateway.shards()) >= shards

        if not await self.platform.events.until(is_so, timeout):
            raise TimeoutError(f"the bot did not connect within {timeout} s")

    async def wait_commands(self, timeout: float = 60) -> None:  # noqa: ASYNC109 - the same
        """Wait until there are commands to type."""

        def is_so() -> bool:
            return any(self.platform.registry.scopes.values())

        if not await self.platform.events.until(is_so, timeout):
            raise TimeoutError(f"the bot registered no commands within {timeout} s")

    def _add_routes(self) -> None:
        self.web.router.add_get("/gateway", self.platform.gateway.handle)
        self.web.router.add_get("/gateway/", self.platform.gateway.handle)
        self.web.router.add_route("*", "/api/v10/{path:.*}", self._router.handle)
        self.web.router.add_get("/cdn/{path:.*}", self._serve_file)

    async def _serve_file(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        upload = self.platform.files.stored.get(path)
        if upload is not None:
            kind = upload.content_type.partition(";")[0]
            return web.Response(body=upload.data, content_type=kind)
        if path.startswith(("embed/avatars/", "avatars/")):
            return web.Response(body=_AVATAR, content_type="image/png")
        raise web.HTTPNotFound
