"""When Discord fails at the start the bot waits for it; where a host must act it says so."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest
from aiohttp import web

from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess, answers, unused_port

FIRST_ANSWER_SECONDS = 3.0

OUTAGE, END = "Discord: not working for now", "Discord: working again"


def lines_of(bot: BotProcess, *words: str) -> Sequence[str]:
    """List the messages in its log that begin with some words."""
    messages = [json.loads(line)["message"] for line in bot.log if line.startswith("{")]
    return [message for message in messages if message.startswith(words)]


async def test_a_discord_that_is_away_is_waited_for_and_a_line_tells_each_change(
    own_bot: BotProcess,
) -> None:
    port = unused_port()
    own_bot.extra["DISCORD_API_URL"] = f"http://127.0.0.1:{port}"
    await own_bot.launch()
    assert await own_bot.logged("Discord can't be reached")
    await asyncio.sleep(3)
    async with LoopbackDiscord(own_bot.discord.token, port) as discord:
        await discord.wait_ready()
        assert await own_bot.logged(END)
        assert await answers(discord)
        assert await own_bot.stop() == 0
    assert lines_of(own_bot, "logging in") == []
    begun, ended = lines_of(own_bot, OUTAGE, END)
    assert "Check the network. I'll keep trying." in begun
    assert ended == END
    assert own_bot.errors() == []


@pytest.mark.parametrize("how", ["stop", "kill"])
async def test_who_waits_for_discord_can_be_stopped_and_started_at_any_time(
    own_discord: LoopbackDiscord, own_bot: BotProcess, how: str
) -> None:
    own_bot.extra["DISCORD_API_URL"] = "http://127.0.0.1:9"
    await own_bot.launch()
    assert await own_bot.logged("Discord can't be reached")
    await asyncio.sleep(1.5)
    if how == "stop":
        assert await own_bot.stop() == 0
    await own_bot.kill()
    assert own_bot.errors() == []
    del own_bot.extra["DISCORD_API_URL"]
    await own_bot.start()
    assert await answers(own_discord)


LOGIN_ROUTES = ["GET /users/@me", "GET /oauth2/applications/@me"]
START_ROUTES = [*LOGIN_ROUTES, "GET /gateway/bot", "*/commands"]


@pytest.mark.parametrize("status", [429, 500, 502, 504])
async def test_a_start_survives_routes_that_fail_once(
    own_discord: LoopbackDiscord, own_bot: BotProcess, status: int
) -> None:
    for route in START_ROUTES:
        own_discord.faults.answer(route, status, times=1)
    await own_bot.start()
    for route in START_ROUTES:
        assert len(own_discord.record.find(route, status=status)) == 1
    assert await answers(own_discord)


@pytest.mark.parametrize("status", [200, 401, 503])
async def test_a_start_waits_until_discord_answers_and_not_a_page(
    own_discord: LoopbackDiscord, own_bot: BotProcess, status: int
) -> None:
    for route in START_ROUTES:
        own_discord.faults.garble(route, status, times=1)
    await own_bot.start()
    assert await own_bot.logged("registered")
    assert await answers(own_discord)
    assert await own_bot.stop() == 0
    assert own_bot.errors() == []
    assert lines_of(own_bot, OUTAGE)


@pytest.mark.parametrize(("status", "body"), [(200, {}), (200, [7]), (401, {}), (403, [])])
async def test_json_that_is_none_of_discords_is_waited_out_too(
    own_discord: LoopbackDiscord, own_bot: BotProcess, status: int, body: Any
) -> None:
    for route in START_ROUTES:
        own_discord.faults.answer(route, status, body=body)
    await own_bot.start()
    assert await answers(own_discord)
    assert await own_bot.stop() == 0
    assert own_bot.errors() == []


@pytest.mark.parametrize("route", START_ROUTES)
async def test_a_start_waits_as_long_as_discord_says_and_can_be_stopped(
    own_discord: LoopbackDiscord, own_bot: BotProcess, route: str
) -> None:
    own_discord.faults.answer(route, 429, times=9, retry_after=1800)
    await own_bot.launch()
    assert await own_bot.logged("Retrying in 1800.00 seconds")
    assert await own_bot.logged("Discord hasn't answered for 5 seconds")
    assert len(own_discord.record.find(route, status=429)) == 1
    assert await own_bot.stop() == 0
    assert own_bot.errors() == []


async def test_a_discord_that_takes_the_call_and_says_nothing_is_told(own_bot: BotProcess) -> None:
    async def say_nothing(_request: web.Request) -> web.Response:
        await asyncio.sleep(3600)
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", say_nothing)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    port = unused_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    own_bot.extra["DISCORD_API_URL"] = f"http://127.0.0.1:{port}"
    await own_bot.launch()
    assert await own_bot.logged("Discord hasn't answered for 5 seconds")
    assert await own_bot.stop() == 0
    await runner.cleanup()


async def test_a_bot_that_discord_refuses_for_good_ends_with_what_it_says(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    body = {"code": 40002, "message": "You need to verify your account"}
    own_discord.faults.answer(LOGIN_ROUTES[0], 403, times=9, body=body)
    await own_bot.launch()
    assert await own_bot.ended() == 78
    told = "\n".join(own_bot.log)
    assert "Discord refuses the bot: 403 Forbidden (error code: 40002)" in told
    assert "Traceback" not in told
