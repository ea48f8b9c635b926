"""Where Discord is, for the playground or a test, and how it fails where nobody is to blame."""

import json
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Final, TypeAlias

import aiohttp
import discord
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

PASSING: Final = (
    discord.DiscordServerError,
    aiohttp.ClientError,
    OSError,
    json.JSONDecodeError,
)
"""Discord is away, or what answers in its place is no answer; later all may be well."""


Before: TypeAlias = Callable[
    [aiohttp.ClientSession, SimpleNamespace, aiohttp.TraceRequestStartParams], Awaitable[None]
]
After: TypeAlias = Callable[
    [aiohttp.ClientSession, SimpleNamespace, aiohttp.TraceRequestEndParams], Awaitable[None]
]


def trace(before: Before, after: After) -> aiohttp.TraceConfig:
    """Do something before each request and after it; a page instead of data is a ClientError."""
    config = aiohttp.TraceConfig()
    config.on_request_start.append(before)
    config.on_request_end.append(after)
    config.on_request_end.append(_refuse_pages)
    return config


async def _refuse_pages(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    request: aiohttp.TraceRequestEndParams,
) -> None:
    """Take a page that says all is well for what it is; the library would read it as data."""
    response = request.response
    # An answer without a body may have no type at all.
    if 200 <= response.status < 300 and response.content_type.startswith("text/"):
        response.close()
        raise aiohttp.ContentTypeError(
            response.request_info,
            response.history,
            message=f"it answers with {response.content_type}",
            status=response.status,
        )


def point_at(url: str) -> None:
    """Send everything to a Discord at `url`; it receives the token, so it must be loopback."""
    base = URL(url)
    Route.BASE = str(base / "api/v10")
    DiscordWebSocket.DEFAULT_GATEWAY = base.with_scheme("ws") / "gateway"
    setattr(Asset, "BASE", str(base / "cdn"))  # noqa: B010 - the library types it as its one value
