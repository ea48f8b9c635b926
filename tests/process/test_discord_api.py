"""What passes and what does not, of Discord and of what answers in its place."""

import json
from collections.abc import Callable
from email.utils import formatdate
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import GoneError, PassingError
from bot.process.clock import Clock
from bot.process.discord_api import Check, checking, told_apart, trace
from bot.process.pace import Pace

PASSING = (
    (500, None),
    (502, "<html>Bad gateway</html>"),
    (503, {"code": 0, "message": "Service unavailable"}),
    (429, {"code": 0, "message": "You are being blocked from accessing our API temporarily"}),
    (403, "Access denied"),
    (403, {"error": "blocked by the proxy"}),
    (404, None),
    (407, None),
    (401, {"code": 0, "message": "401: Unauthorized"}),
    (400, {"code": 50083, "message": "Thread is archived"}),
    (400, {"code": 20016, "message": "Slow mode"}),
    (429, {"code": 20028, "message": "The channel hit the write rate limit"}),
    (400, {"code": 30046, "message": "Edits of an old message"}),
)
GONE = (
    (404, {"code": 10003, "message": "Unknown channel"}),
    (404, {"code": 10008, "message": "Unknown message"}),
    (403, {"code": 50001, "message": "Missing access"}),
    (403, {"code": 50013, "message": "Missing permissions"}),
)
REFUSED = (
    (400, {"code": 50035, "message": "Invalid form body"}),
    (400, {"code": 0, "message": "400: Bad request"}),
)

# A machine that has slept for a year, behind a page that has as well.
THEN = 1_700_000_000.0


def answer(status: int, body: Any) -> discord.HTTPException:
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    kind = discord.DiscordServerError if status >= 500 else kinds.get(status, discord.HTTPException)
    response: Any = SimpleNamespace(status=status, reason="")
    return kind(response, body)


def raised(error: Exception) -> Exception:
    with pytest.raises(Exception) as caught, told_apart():  # noqa: PT011 - which is the question
        raise error
    return caught.value


@pytest.mark.parametrize(("status", "body"), PASSING)
def test_what_discord_or_a_proxy_says_for_a_while_passes(status: int, body: Any) -> None:
    assert isinstance(raised(answer(status, body)), PassingError)


@pytest.mark.parametrize(("status", "body"), GONE)
def test_only_with_a_code_of_its_own_does_discord_say_that_a_place_is_gone(
    status: int, body: Any
) -> None:
    assert isinstance(raised(answer(status, body)), GoneError)


@pytest.mark.parametrize(("status", "body"), REFUSED)
def test_what_discord_refuses_stays_what_it_is(status: int, body: Any) -> None:
    error = answer(status, body)
    assert raised(error) is error


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ClientConnectionError("reset"),
        ConnectionResetError("reset"),
        TimeoutError(),
        json.JSONDecodeError("no JSON", "<html>", 0),
        discord.RateLimited(99.0),
        discord.GatewayNotFound(),
    ],
)
def test_the_network_passes_and_has_a_reason(error: Exception) -> None:
    passing = raised(error)
    assert isinstance(passing, PassingError)
    assert str(passing)


def test_a_bug_stays_a_bug() -> None:
    assert isinstance(raised(KeyError("ours")), KeyError)


async def get(status: int, content_type: str, **options: Any) -> None:
    """Ask what answers with a status and a type; its clock has stood still."""

    async def answer(_request: web.Request) -> web.Response:
        headers = {"Date": formatdate(THEN, usegmt=True), "Content-Type": content_type}
        return web.Response(body=b"{}", status=status, headers=headers)

    app = web.Application()
    app.router.add_get("/", answer)
    async with TestServer(app) as server, aiohttp.ClientSession(**options) as session:
        await session.get(server.make_url("/"))


def traced(check: Check) -> Any:
    return {"trace_configs": [trace(Pace(20).take_turn, check)]}


def untraced(check: Check) -> Any:
    return {"raise_for_status": check}


EITHER_WAY = pytest.mark.parametrize("way", [traced, untraced])


@EITHER_WAY
@pytest.mark.parametrize(
    ("status", "content_type", "is_told"),
    [
        (200, "application/json", True),
        (200, "application/octet-stream", False),
        (403, "application/json", False),
        (502, "text/html", False),
        (503, "application/json", False),
    ],
)
async def test_only_an_answer_of_discords_tells_the_time(
    way: Callable[[Check], Any], status: int, content_type: str, *, is_told: bool
) -> None:
    clock = Clock(lambda: THEN)
    await get(status, content_type, **way(checking(clock.look)))
    assert clock.is_confirmed is is_told


@EITHER_WAY
@pytest.mark.parametrize("status", [200, 401, 404])
@pytest.mark.parametrize("content_type", ["text/html", "Text/Plain; charset=utf-8"])
async def test_a_page_is_no_answer_and_tells_no_time(
    way: Callable[[Check], Any], status: int, content_type: str
) -> None:
    clock = Clock(lambda: THEN)
    with pytest.raises(aiohttp.ContentTypeError):
        await get(status, content_type, **way(checking(clock.look)))
    assert not clock.is_confirmed
