"""How a request to the REST API is read, routed, answered and recorded."""

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final

from aiohttp import web

from playground.body import read_body
from playground.files import Upload
from playground.platform import Platform
from playground.record import Request, sentences
from playground.wire import (
    ApiError,
    Json,
    Reply,
    expired_token,
    invalid_json,
    is_object,
    read_id,
    unauthorized,
    unknown_interaction,
    unknown_route,
)

_LIMIT: Final = 1000
"""What the rate limit headers allow; nothing is limited unless a fault says so."""


@dataclass
class Call:
    """A request, read."""

    platform: Platform
    method: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    files: dict[int, Upload] = field(default_factory=dict[int, Upload])

    def id(self, name: str) -> int:
        """Give an id out of the path; what is no number is nobody's id."""
        return read_id(self.path[name])

    def json(self) -> Json:
        if not is_object(self.body):
            raise invalid_json()
        return self.body

    def number(self, name: str, default: int) -> int:
        """Read a number out of the query."""
        return read_id(self.query.get(name)) if name in self.query else default

    def asks(self, name: str) -> bool:
        return self.query.get(name, "").lower() in ("1", "true")


Handler = Callable[[Call], Reply]


@dataclass(frozen=True)
class Route:
    method: str
    template: str
    handler: Handler
    needs_token: bool = True
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", self.template)
        # The way by which a frozen dataclass works out a field of its own.
        object.__setattr__(self, "pattern", re.compile(pattern))

    def match(self, path: str) -> Mapping[str, str] | None:
        match = self.pattern.fullmatch(path)
        return match.groupdict() if match else None


@dataclass
class Router:
    """Answers requests out of a table of routes."""

    platform: Platform
    routes: tuple[Route, ...]
    read_seconds: float
    """How long a body may take to arrive."""

    async def handle(self, http: web.Request) -> web.StreamResponse:
        path = "/" + http.match_info["path"]
        route, values = self._find(http.method, path)
        request = Request(http.method, path, route.template if route else path)
        self._tell_interaction(request, values)
        call = Call(self.platform, http.method, values, http.query)
        size, headers = 0, dict[str, str]()
        try:
            self._admit(route, http, values)
            call.body, call.files, size = await read_body(http, self.read_seconds)
            request.body = call.body
            request.files = [upload.filename for upload in call.files.values()]
            reply = await self._reply(route, request, http, call)
        except ApiError as error:
            reply, headers = Reply(error.status, error.body()), dict(error.headers)
        headers["Date"] = self.platform.faults.date()
        response = _response(reply, request, values, headers)
        self._note(request, reply, size + len(_bytes(response)), is_known=route is not None)
        return response

    async def _reply(
        self, route: Route | None, request: Request, http: web.Request, call: Call
    ) -> Reply:
        reply = await self.platform.faults.apply(request, http)
        if reply is not None:
            return reply
        if route is None:
            raise unknown_route()
        reply = route.handler(call)
        return await self.platform.faults.follow_up(request) or reply

    def _admit(self, route: Route | None, http: web.Request, values: Mapping[str, str]) -> None:
        """Refuse who knows no token, before a byte of what they send is read."""
        if http.headers.get("Authorization") == f"Bot {self.platform.token}":
            return
        if route is None:
            raise unknown_route()
        if route.needs_token:
            raise unauthorized()
        token = values.get("interaction_token") or values.get("webhook_token")
        if token is not None and self.platform.interactions.by_token.get(token) is None:
            raise expired_token() if "webhook_token" in values else unknown_interaction()

    def _find(self, method: str, path: str) -> tuple[Route | None, Mapping[str, str]]:
        for route in self.routes:
            values = route.match(path) if route.method == method else None
            if values is not None:
                return route, values
        return None, {}

    def _tell_interaction(self, request: Request, values: Mapping[str, str]) -> None:
        token = values.get("interaction_token") or values.get("webhook_token")
        interaction = self.platform.interactions.by_token.get(token or "")
        if interaction:
            request.interaction_id = interaction.id
            elapsed = time.perf_counter() - interaction.started_at
            request.ms_since_interaction = round(elapsed * 1000, 3)

    def _note(self, request: Request, reply: Reply, size: int, *, is_known: bool) -> None:
        request.status, request.response = reply.status, reply.body
        if request.is_refused:
            request.refusals = sentences(reply.body)
        self.platform.record.add(request, size, is_known=is_known)
        self.platform.interactions.note(request)
        self.platform.events.emit("request", request=request.payload())


def _bytes(response: web.Response) -> bytes:
    return response.body if isinstance(response.body, bytes) else b""


def _response(
    reply: Reply, request: Request, values: Mapping[str, str], headers: Mapping[str, str]
) -> web.Response:
    bucket = blake2b(f"{request.method} {request.route}".encode(), digest_size=16).hexdigest()
    limits = {
        "X-RateLimit-Limit": str(_LIMIT),
        "X-RateLimit-Remaining": str(_LIMIT - 1),
        "X-RateLimit-Reset": f"{time.time() + 1:.3f}",
        "X-RateLimit-Reset-After": "1.000",
        "X-RateLimit-Bucket": bucket,
        # discord.py takes a 429 without it for a ban by Cloudflare, and does not try again.
        "Via": "1.1 loopback",
    }
    if reply.status == 429 and is_object(reply.body):
        limits |= _refused_limits(reply.body)
    headers = limits | dict(headers)
    if reply.status == 204:
        return web.Response(status=204, headers=headers)
    # Bytes, so that no charset is added: discord.py reads JSON from the bare type alone.
    is_json = reply.content_type == "application/json"
    text = json.dumps(reply.body) if is_json else str(reply.body)
    return web.Response(
        body=text.encode(),
        status=reply.status,
        content_type=reply.content_type,
        headers=headers,
    )


def _refused_limits(body: Json) -> dict[str, str]:
    seconds = float(body.get("retry_after", 1))
    is_global = bool(body.get("global"))
    limits = {
        "Retry-After": str(max(1, round(seconds))),
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset-After": f"{seconds:.3f}",
        "X-RateLimit-Scope": "global" if is_global else "user",
    }
    return limits | ({"X-RateLimit-Global": "true"} if is_global else {})
