"""When a route of Discord fails at the start the bot goes on, waits, or ends with a sentence."""

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess, answers


async def test_a_discord_that_is_not_there_is_told_as_temporary(own_bot: BotProcess) -> None:
    own_bot.extra["DISCORD_API_URL"] = "http://127.0.0.1:9"
    await own_bot.launch()
    assert await own_bot.ended(within=60) == 75
    told = "\n".join(own_bot.log)
    assert "Discord cannot be reached" in told
    assert "Traceback" not in told


START_ROUTES = ["GET /users/@me", "GET /gateway/bot", "*/commands"]


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


@pytest.mark.parametrize("route", START_ROUTES)
@pytest.mark.parametrize("status", [200, 403, 429, 503])
async def test_a_start_that_meets_a_page_instead_of_json_may_be_tried_again(
    own_discord: LoopbackDiscord, own_bot: BotProcess, route: str, status: int
) -> None:
    own_discord.faults.garble(route, status, times=9)
    await own_bot.launch()
    assert await own_bot.ended() == 75
    told = "\n".join(own_bot.log)
    assert "Discord cannot be reached" in told
    assert "Traceback" not in told


@pytest.mark.parametrize("route", START_ROUTES)
async def test_a_start_waits_as_long_as_discord_says_and_can_be_stopped(
    own_discord: LoopbackDiscord, own_bot: BotProcess, route: str
) -> None:
    own_discord.faults.answer(route, 429, times=9, retry_after=1800)
    await own_bot.launch()
    assert await own_bot.logged("Retrying in 1800.00 seconds")
    assert len(own_discord.record.find(route, status=429)) == 1
    assert await own_bot.stop() == 0
