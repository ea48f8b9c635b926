"""Where Discord is, for the playground or a test, and how it fails where nobody is to blame."""

import json
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Final, TypeAlias

import aiohttp
import discord
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.errors import GoneError, PassingError

_PASSING_CODES: Final = frozenset(
    {
        20016,  # The channel's slow mode.
        20022,  # Announcements are edited too often.
        20028,  # The channel is written to too often.
        20029,  # The server is.
        30046,  # An old message is edited too often.
        40004,  # Sending is switched off for now.
        40006,  # This feature is.
        40062,  # The service is busy.
        40333,  # What stands before Discord blocks us.
        50083,  # The thread is archived; whoever writes there opens it again.
        130000,  # Discord is overloaded.
    }
)
"""Discord's codes for what may be well later, without anybody's doing or by what members do."""
# With these words alone a proxy speaks as well: only a code says that it is Discord.
_UNSPOKEN: Final = (401, 403, 404, 407, 408)


@contextmanager
def told_apart() -> Generator[None]:
    """Tell what passes from what does not.

    Raises PassingError where Discord is away, busy or not who answers, GoneError where it says that
    a place is gone or closed to the bot. What it refuses for another reason is left as it is.
    """
    try:
        yield
    except (discord.DiscordException, aiohttp.ClientError, OSError, json.JSONDecodeError) as error:
        if is_passing(error):
            raise PassingError(str(error) or type(error).__name__) from error
        if isinstance(error, discord.Forbidden | discord.NotFound):
            raise GoneError(str(error)) from error
        raise


def is_passing(error: BaseException) -> bool:
    """Say whether an error of Discord's or the network's may be none later."""
    match error:
        case discord.HTTPException(status=status, code=code):
            is_unspoken = code == 0 and status in _UNSPOKEN
            return status >= 500 or status == 429 or code in _PASSING_CODES or is_unspoken
        case discord.RateLimited() | discord.GatewayNotFound() | aiohttp.ClientError():
            return True
        case _:
            return isinstance(error, OSError | json.JSONDecodeError)


Before: TypeAlias = Callable[
    [aiohttp.ClientSession, SimpleNamespace, aiohttp.TraceRequestStartParams], Awaitable[None]
]
Check: TypeAlias = Callable[[aiohttp.ClientResponse], Awaitable[None]]


def trace(before: Before, check: Check) -> aiohttp.TraceConfig:
    """Do something before each request, and check each answer."""

    async def after(
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        request: aiohttp.TraceRequestEndParams,
    ) -> None:
        await check(request.response)

    config = aiohttp.TraceConfig()
    config.on_request_start.append(before)
    config.on_request_end.append(after)
    return config


def checking(look: Callable[[aiohttp.ClientResponse], None]) -> Check:
    """Make a check that raises ClientError for a page instead of data.

    What is surely an answer of Discord's is looked at.
    """

    async def check(response: aiohttp.ClientResponse) -> None:
        content_type = response.headers.get("Content-Type", "").lower()
        if content_type.startswith("text/"):
            _refuse_page(response)
        # What stands in between refuses and fails with pages, and in JSON as well.
        elif response.status < 400 and content_type.startswith("application/json"):
            look(response)

    return check


def _refuse_page(response: aiohttp.ClientResponse) -> None:
    """Take a page for what it is: somebody else's; the library would believe what it says."""
    # Where the server itself fails, whatever it says, the library tries again.
    if response.status < 500:
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
