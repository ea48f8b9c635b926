"""Registering commands: what hinders it, and that each command is there exactly once."""

import asyncio
from collections import Counter

import pytest

from playground import LoopbackDiscord
from tests.end_to_end.stage import BotProcess, answers

ROUTE = "*/commands"
DAILY_LIMIT = {
    "code": 30034,
    "message": "Max number of daily application command creates has been reached (200)",
}


def doubled(discord: LoopbackDiscord) -> list[str]:
    """List the commands that somebody in the server could pick twice."""
    offered = discord.members.commands(discord.world.noor, discord.world.general)
    assert offered
    return [name for name, count in Counter(one["name"] for one in offered).items() if count > 1]


def places(discord: LoopbackDiscord) -> set[int | None]:
    """List where commands are registered: in servers, or everywhere (None)."""
    scopes = discord.platform.registry.scopes
    return {scope for scope, commands in scopes.items() if commands}


async def test_dev_guild_id_on_and_off_leaves_each_command_once(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    home = own_discord.world.general.guild
    assert home is not None
    for guild_id, place in ((None, None), (home.id, home.id), (None, None), (home.id, home.id)):
        own_bot.extra["DEV_GUILD_ID"] = str(guild_id or "")
        await own_bot.start()
        assert await own_bot.stop() == 0
        assert places(own_discord) == {place}
        assert doubled(own_discord) == []
    assert own_bot.errors() == []


async def test_a_server_that_the_bot_has_left_is_forgotten(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    home = own_discord.world.general.guild
    assert home is not None
    own_bot.extra["DEV_GUILD_ID"] = str(home.id)
    await own_bot.start()
    await own_bot.stop()
    own_discord.platform.kick_bot(home)
    del own_bot.extra["DEV_GUILD_ID"]
    for _n in range(2):
        await own_bot.start()
        assert await own_bot.stop() == 0
    assert len(own_discord.record.find("PUT /applications/*/guilds/*/commands", status=403)) == 1
    assert own_bot.errors() == []


async def test_a_server_without_the_bot_is_named_with_the_way_in(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    own_bot.extra["DEV_GUILD_ID"] = "123456789012345678"
    await own_bot.launch()
    assert await own_bot.ended() == 78
    told = own_bot.log[-1]
    assert "DEV_GUILD_ID is server 123456789012345678" in told
    assert "https://discord.com/oauth2/authorize" in told
    assert own_bot.errors() == []
    assert not own_discord.identified, "no session is spent on it"


async def test_the_daily_limit_is_named_and_what_discord_has_works(
    own_discord: LoopbackDiscord, own_bot: BotProcess
) -> None:
    await own_bot.start()
    await own_bot.stop()
    own_discord.faults.answer("GET */commands", 200, times=9, body=[])
    own_discord.faults.answer("PUT */commands", 400, times=9, body=DAILY_LIMIT)
    await own_bot.start()
    assert await own_bot.logged("Discord takes no more new commands today")
    assert await answers(own_discord)
    await asyncio.sleep(2)
    assert len(own_discord.record.find("PUT */commands", status=400)) == 1
    assert await own_bot.stop() == 0
    assert own_bot.errors() == []


@pytest.mark.parametrize("status", [400, 403, 404])
async def test_no_refusal_of_the_commands_ends_the_bot(
    own_discord: LoopbackDiscord, own_bot: BotProcess, status: int
) -> None:
    await own_bot.start()
    await own_bot.stop()
    body = {"code": 50035, "message": "Invalid Form Body"}
    own_discord.faults.answer(ROUTE, status, times=9, body=body)
    await own_bot.start()
    assert await own_bot.logged("Discord rejects the commands")
    assert await answers(own_discord)
    assert await own_bot.stop() == 0
    assert own_bot.errors() == []
