"""What a test lets go wrong goes wrong as often as it says, and then no more."""

import asyncio
import time

import aiohttp
import pytest

from playground import LoopbackDiscord
from tests.playground.raw import Gateway, RawBot


async def test_a_rate_limit_is_answered_as_discord_does(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    discord.faults.answer("GET /users/@me", 429, retry_after=0.25)
    limited = await bot.call("GET", "/users/@me")
    assert limited.status == 429
    assert limited.body == {
        "message": "You are being rate limited.",
        "retry_after": 0.25,
        "global": False,
    }
    assert limited.headers["Via"]
    assert limited.headers["X-RateLimit-Scope"] == "user"
    assert limited.headers["X-RateLimit-Remaining"] == "0"
    assert (await bot.call("GET", "/users/@me")).status == 200


async def test_a_global_rate_limit_says_so(discord: LoopbackDiscord, bot: RawBot) -> None:
    discord.faults.answer("*", 429, times=2, global_=True)
    first, second = await bot.call("GET", "/users/@me"), await bot.call("GET", "/gateway/bot")
    assert [answer.headers.get("X-RateLimit-Global") for answer in (first, second)] == [
        "true",
        "true",
    ]
    assert (await bot.call("GET", "/gateway/bot")).status == 200


async def test_an_error_leaves_nothing_behind(discord: LoopbackDiscord, bot: RawBot) -> None:
    path = f"/channels/{discord.world.general.id}/messages"
    discord.faults.answer("*/messages", 500, times=1, body={"message": "no", "code": 0})
    answer = await bot.call("POST", path, {"content": "x"})
    assert (answer.status, answer.body["message"]) == (500, "no")
    assert discord.members.history(discord.world.robin, discord.world.general) == []
    assert discord.record.find(status=500)[0].body == {"content": "x"}


async def test_a_slow_route_is_slow_until_all_is_well(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    discord.faults.slow("GET /users/@me", 0.05)
    start = time.perf_counter()
    await bot.call("GET", "/users/@me")
    await bot.call("GET", "/users/@me")
    assert time.perf_counter() - start > 0.09
    discord.faults.slow("GET /users/@me", 3600)
    discord.faults.clear()
    async with asyncio.timeout(60):
        assert (await bot.call("GET", "/users/@me")).status == 200


async def test_a_dropped_request_has_no_answer_and_no_effect(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    path = f"/channels/{discord.world.general.id}/messages"
    discord.faults.drop("POST /channels/*", times=2)
    with pytest.raises(aiohttp.ClientConnectionError):
        await bot.call("POST", path, {"content": "x"})
    discord.faults.clear()
    assert (await bot.call("POST", path, {"content": "y"})).status == 200
    texts = [
        message.text
        for message in discord.members.history(discord.world.robin, discord.world.general)
    ]
    assert texts == ["y"]


async def test_a_refusal_is_told_with_its_interaction(
    discord: LoopbackDiscord, bot: RawBot, gateway: Gateway
) -> None:
    discord.faults.answer("*/callback", 403, body={"message": "Missing Access", "code": 50001})
    world = discord.world
    using = asyncio.create_task(discord.members.use_command(world.robin, world.general, "say"))
    interaction = await gateway.event("INTERACTION_CREATE")
    assert (await bot.answer(interaction, 4, {"content": "x"})).status == 403
    assert (await bot.answer(interaction, 4, {"content": "y"})).status == 204
    outcome = await using
    assert [(refusal["status"], refusal["code"]) for refusal in outcome.refused] == [(403, 50001)]
    (request,) = discord.record.find(interaction_id=int(interaction["id"]), status=403)
    assert request.ms_since_interaction is not None
    assert request.ms_since_interaction > 0


async def test_what_was_recorded_can_be_forgotten(discord: LoopbackDiscord, bot: RawBot) -> None:
    await bot.call("GET", "/users/@me")
    await bot.call("GET", "/nothing")
    discord.record.clear()
    assert (len(discord.record), discord.record.unknown) == (0, [])
