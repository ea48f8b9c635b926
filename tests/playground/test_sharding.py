"""A bot has many shards, in one process or several, and begins their sessions in turn."""

from collections import Counter
from math import inf
from typing import Any

import pytest

from playground import Channel, Guild, LoopbackDiscord, ManualClock, User
from playground.session_starts import IDENTIFY_SECONDS
from tests.playground.raw import GUILDS, Gateway, RawBot, raw_bot

INVALID_SESSION = {"op": 9, "d": False, "t": None}
SHARDS = 16


async def opened(discord: LoopbackDiscord, bot: RawBot, shard: int, count: int) -> Gateway:
    """Connect a shard."""
    gateway = await bot.open()
    await gateway.identify(discord.token, shard=[shard, count])
    return gateway


async def identifying(bot: RawBot, shard: int, count: int) -> Gateway:
    """Ask for a session, and leave it to the test to read what comes."""
    gateway = await bot.open()
    fields = {"token": bot.discord.token, "intents": GUILDS, "properties": {}}
    await gateway.send(2, {**fields, "shard": [shard, count]})
    return gateway


async def answer_to_identify(bot: RawBot, shard: int, count: int = SHARDS) -> dict[str, Any]:
    return await (await identifying(bot, shard, count)).receive()


async def code_of_identify(bot: RawBot, shard: int, count: int) -> int | None:
    return await (await identifying(bot, shard, count)).closed()


async def say(discord: LoopbackDiscord, user: User, channel: Channel) -> str:
    """Use a command that nobody answers; its interaction."""
    outcome = await discord.members.use_command(user, channel, "say", {"what": "it"})
    return str(outcome.interaction.id)


async def hears(gateway: Gateway) -> list[str]:
    """List the interactions that came through a session up to now."""
    await gateway.send(1)
    interactions: list[str] = []
    while (payload := await gateway.receive())["op"] != 11:
        if payload["t"] == "INTERACTION_CREATE":
            interactions.append(payload["d"]["id"])
    return interactions


@pytest.fixture
def slow_discord(clock: ManualClock) -> LoopbackDiscord:
    """Give a Discord, not started yet, that has two buckets and minds them."""
    return LoopbackDiscord(
        clock=clock,
        first_answer_seconds=0.1,
        shards=SHARDS,
        max_concurrency=2,
        identify_seconds=IDENTIFY_SECONDS,
    )


@pytest.fixture
def impatient() -> LoopbackDiscord:
    """Give a Discord, not started yet, that doesn't wait long for an answer."""
    return LoopbackDiscord(first_answer_seconds=0.1)


async def test_a_bot_is_told_how_many_shards_it_should_have(slow_discord: LoopbackDiscord) -> None:
    async with slow_discord as discord, raw_bot(discord) as bot:
        discord.starts.total, discord.starts.reset_after_seconds = 2000, 60.0
        discord.faults.sessions_left(17)
        body = (await bot.call("GET", "/gateway/bot")).body
    assert body["shards"] == SHARDS
    assert body["session_start_limit"] == {
        "total": 2000,
        "remaining": 17,
        "reset_after": 60_000,
        "max_concurrency": 2,
    }


async def test_a_small_bot_is_told_of_one_shard(bot: RawBot) -> None:
    body = (await bot.call("GET", "/gateway/bot")).body
    assert body["shards"] == 1
    assert body["session_start_limit"] == {
        "total": 1000,
        "remaining": 1000,
        "reset_after": 86_400_000,
        "max_concurrency": 1,
    }


async def test_a_second_session_of_a_bucket_within_five_seconds_is_invalid(
    slow_discord: LoopbackDiscord, clock: ManualClock
) -> None:
    async with slow_discord as discord, raw_bot(discord) as bot:
        assert (await answer_to_identify(bot, 0))["t"] == "READY"
        clock.advance(4.9)
        assert await answer_to_identify(bot, 2) == INVALID_SESSION
        assert discord.platform.gateway.shards() == {(0, SHARDS)}
    (start,) = discord.starts.too_early
    assert (start.shard, start.bucket) == ((2, SHARDS), 0)
    assert start.seconds == pytest.approx(4.9)
    assert discord.starts.shortest_pause == start.seconds


async def test_a_bucket_is_open_again_after_five_seconds(
    slow_discord: LoopbackDiscord, clock: ManualClock
) -> None:
    async with slow_discord as discord, raw_bot(discord) as bot:
        assert (await answer_to_identify(bot, 0))["t"] == "READY"
        clock.advance(3)
        assert await answer_to_identify(bot, 0) == INVALID_SESSION
        clock.advance(2)
        assert (await answer_to_identify(bot, 2))["t"] == "READY"
    assert [start.seconds for start in discord.starts.latest] == pytest.approx([inf, 3, 5])


async def test_a_bucket_knows_nothing_of_another(slow_discord: LoopbackDiscord) -> None:
    async with slow_discord as discord, raw_bot(discord) as bot:
        for shard in (14, 3):
            assert (await answer_to_identify(bot, shard))["t"] == "READY"
    assert [start.bucket for start in discord.starts.latest] == [0, 1]
    assert discord.starts.too_early == []
    assert discord.starts.shortest_pause == inf


async def test_who_came_too_early_may_ask_again_on_the_same_connection(
    slow_discord: LoopbackDiscord, clock: ManualClock
) -> None:
    async with slow_discord as discord, raw_bot(discord) as bot:
        await answer_to_identify(bot, 0)
        assert await answer_to_identify(bot, 0) == INVALID_SESSION
        clock.advance(IDENTIFY_SECONDS)
        await bot.sockets[-1].identify(discord.token, shard=[0, SHARDS])
        assert len(discord.identified) == 3


async def test_an_identify_that_came_too_early_costs_a_session(
    slow_discord: LoopbackDiscord,
) -> None:
    async with slow_discord as discord, raw_bot(discord) as bot:
        await answer_to_identify(bot, 0)
        await answer_to_identify(bot, 0)
        assert discord.starts.remaining == 998


async def test_a_resume_waits_for_no_bucket(slow_discord: LoopbackDiscord) -> None:
    async with slow_discord as discord, raw_bot(discord) as bot:
        gateway = await bot.open()
        ready = await gateway.identify(discord.token, shard=[0, SHARDS])
        await gateway.socket.close(code=4000)
        again = await bot.open()
        resume = {"token": discord.token, "session_id": ready["session_id"], "seq": 1}
        await again.send(6, resume)
        assert (await again.receive())["t"] == "RESUMED"
        assert len(discord.starts.latest) == 1


async def test_by_default_sessions_begin_at_any_time(discord: LoopbackDiscord, bot: RawBot) -> None:
    for _n in range(3):
        assert (await answer_to_identify(bot, 0))["t"] == "READY"
    assert discord.starts.too_early == []
    assert discord.starts.shortest_pause == 0


async def test_ready_names_the_servers_of_its_shard_alone(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    guilds = [discord.world.add_guild(shard, SHARDS) for shard in range(SHARDS)]
    for shard, guild in enumerate(guilds):
        ready = await (await bot.open()).identify(discord.token, shard=[shard, SHARDS])
        academy = discord.world.academy
        is_home = (academy.id >> 22) % SHARDS == shard
        assert {one["id"] for one in ready["guilds"]} == {
            str(guild.id),
            *([str(academy.id)] if is_home else []),
        }
    await discord.wait_ready(1, shards=SHARDS)


@pytest.mark.parametrize(("number", "count"), [(16, 16), (-1, 16), (0, 0)])
async def test_a_shard_that_there_cannot_be_is_refused(
    bot: RawBot, number: int, count: int
) -> None:
    assert await code_of_identify(bot, number, count) == 4010


async def test_a_very_large_bot_has_a_multiple_of_shards(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    discord.starts.shard_multiple = 16
    assert await code_of_identify(bot, 0, 24) == 4010
    assert (await answer_to_identify(bot, 0, 32))["t"] == "READY"


async def test_a_shard_with_too_many_servers_is_refused(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    discord.starts.most_guilds = 2
    for shard in (0, 1, 2, 3):
        discord.world.add_guild(shard, 4)
    assert await code_of_identify(bot, 0, 1) == 4011
    assert (await answer_to_identify(bot, 0, 4))["t"] == "READY"
    assert len(discord.starts.latest) == 1


async def test_each_server_is_heard_by_its_shard(impatient: LoopbackDiscord) -> None:
    async with impatient as discord, raw_bot(discord) as bot:
        await bot.register()
        guilds = [discord.world.add_guild(shard, 4) for shard in range(4)]
        shards = [await opened(discord, bot, shard, 4) for shard in range(4)]
        for guild, gateway in zip(guilds, shards, strict=True):
            interaction = await say(discord, discord.world.mika, guild.channels[0])
            heard = [await hears(each) for each in shards]
            assert heard == [[interaction] if each is gateway else [] for each in shards]


async def test_direct_messages_are_heard_by_the_first_shard(impatient: LoopbackDiscord) -> None:
    async with impatient as discord, raw_bot(discord) as bot:
        await bot.register()
        first, second = [await opened(discord, bot, shard, 2) for shard in (0, 1)]
        interaction = await say(discord, discord.world.mika, discord.world.dm(discord.world.mika))
        assert (await hears(first), await hears(second)) == ([interaction], [])


@pytest.mark.parametrize("is_served", [True, False])
async def test_a_guest_is_heard_by_the_shard_of_the_server_or_else_by_the_first(
    impatient: LoopbackDiscord, *, is_served: bool
) -> None:
    async with impatient as discord, raw_bot(discord) as bot:
        await bot.register()
        elsewhere = discord.world.add_guild(3, 4)
        del elsewhere.members[discord.world.bot.id]
        first = await opened(discord, bot, 0, 4)
        other = await opened(discord, bot, 3 if is_served else 2, 4)
        interaction = await say(discord, discord.world.robin, elsewhere.channels[0])
        heard = await hears(first), await hears(other)
        assert heard == (([], [interaction]) if is_served else ([interaction], []))


async def test_two_sessions_of_one_shard_live_side_by_side(impatient: LoopbackDiscord) -> None:
    async with impatient as discord, raw_bot(discord) as bot, raw_bot(discord) as other:
        await bot.register()
        sessions = [await opened(discord, bot, 0, 1), await opened(discord, other, 0, 1)]
        interaction = await say(discord, discord.world.mika, discord.world.general)
        assert [await hears(session) for session in sessions] == [[interaction]] * 2
        assert discord.platform.gateway.shards() == {(0, 1)}


async def test_shards_of_different_counts_live_side_by_side(impatient: LoopbackDiscord) -> None:
    async with impatient as discord, raw_bot(discord) as bot:
        await bot.register()
        guild = discord.world.add_guild(3, 4)
        sessions = [await opened(discord, bot, *shard) for shard in ((1, 2), (3, 4), (0, 2))]
        interaction = await say(discord, discord.world.mika, guild.channels[0])
        heard = [await hears(session) for session in sessions]
        assert heard == [[interaction], [interaction], []]


async def test_one_shard_twice_is_one_that_is_there(discord: LoopbackDiscord, bot: RawBot) -> None:
    for _n in range(2):
        await opened(discord, bot, 0, 2)
    with pytest.raises(TimeoutError):
        await discord.wait_ready(0.01, shards=2)


async def test_a_session_that_was_refused_is_forgotten(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    gateway = await bot.open()
    ready = await gateway.identify(discord.token)
    await gateway.socket.close(code=4000)
    discord.faults.refuse_resume()
    again = await bot.open()
    await again.send(6, {"token": discord.token, "session_id": ready["session_id"], "seq": 1})
    await again.receive_op(9)
    assert discord.platform.gateway.sessions == {}


@pytest.mark.parametrize("count", [1, 4, 16, 24])
def test_a_server_can_be_added_on_any_shard(discord: LoopbackDiscord, count: int) -> None:
    world = discord.world
    guilds = [world.add_guild(shard % count, count) for shard in range(3 * count)]
    shards = Counter((guild.id >> 22) % count for guild in guilds)
    assert shards == dict.fromkeys(range(count), 3)
    ids = [one.id for one in (*world.users, world.bot, *world.channels(), *world.guilds)]
    ids += [role.id for guild in world.guilds for role in guild.roles if role.name != "@everyone"]
    assert len(set(ids)) == len(ids)


def test_a_server_that_is_added_is_like_the_others(discord: LoopbackDiscord) -> None:
    world = discord.world
    ada = world.add_user("Ada")
    guild = world.add_guild(5, SHARDS)
    assert set(guild.members) == {user.id for user in (*world.users, world.bot)}
    assert world.find_guild(guild.id) is guild
    assert world.find_channel(guild.channels[0].id) is guild.channels[0]
    assert world.find_user(ada.id) is ada
    assert guild in world.bot_guilds


async def test_a_server_can_be_added_while_the_bot_is_there(
    discord: LoopbackDiscord, gateway: Gateway
) -> None:
    await gateway.event("GUILD_CREATE")
    guild: Guild = discord.world.add_guild()
    discord.platform.invite_bot(guild)
    assert (await gateway.event("GUILD_CREATE"))["id"] == str(guild.id)
