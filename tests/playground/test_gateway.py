"""The gateway is as strict as Discord's."""

import time
import zlib

import pytest

from playground import LoopbackDiscord
from tests.playground.raw import Gateway, RawBot, raw_bot

MEMBERS_INTENT = 1 << 1


async def test_a_heartbeat_is_acknowledged_but_not_at_once(bot: RawBot) -> None:
    gateway = await bot.open()
    start = time.perf_counter()
    await gateway.send(1, None)
    assert (await gateway.receive())["op"] == 11
    assert time.perf_counter() - start > 0.02


async def test_ready_tells_where_to_resume_and_which_guilds_come(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    gateway = await bot.open()
    ready = await gateway.identify(discord.token)
    guild = await gateway.event("GUILD_CREATE")
    assert ready["resume_gateway_url"] == discord.url.replace("http", "ws") + "/gateway"
    assert ready["guilds"] == [{"id": guild["id"], "unavailable": True}]
    assert ready["application"]["id"] == str(discord.app.id)
    assert [one["name"] for one in guild["channels"]] == ["general", "after-dark", "backstage"]
    assert [one["user"]["bot"] for one in guild["members"]] == [True]
    assert discord.is_connected
    assert discord.identified[-1]["intents"] == 1


async def test_without_the_intent_no_guild_comes(discord: LoopbackDiscord, bot: RawBot) -> None:
    gateway = await bot.open()
    await gateway.identify(discord.token, intents=0)
    await gateway.send(1)
    assert (await gateway.receive())["op"] == 11


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"token": "wrong", "intents": 1}, 4004),
        ({"intents": 1 << 40}, 4013),
        ({"intents": "all"}, 4013),
        ({"intents": MEMBERS_INTENT}, 4014),
        ({"intents": 1, "shard": [2, 2]}, 4010),
    ],
)
async def test_a_wrong_identify_is_closed(
    discord: LoopbackDiscord, bot: RawBot, payload: dict[str, object], code: int
) -> None:
    gateway = await bot.open()
    await gateway.send(2, {"token": discord.token, "properties": {}, **payload})
    assert await gateway.closed() == code
    assert not discord.is_connected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"op": 8, "d": {}}', 4003),
        ('{"op": 99, "d": null}', 4001),
        ("no json", 4002),
        ('{"op": 1, "d": "' + "x" * 4096 + '"}', 4002),
    ],
)
async def test_nonsense_is_closed(bot: RawBot, text: str, code: int) -> None:
    gateway = await bot.open()
    await gateway.socket.send_str(text)
    assert await gateway.closed() == code


async def test_a_second_identify_is_closed(discord: LoopbackDiscord, gateway: Gateway) -> None:
    await gateway.send(2, {"token": discord.token, "intents": 1})
    assert await gateway.closed() == 4005


async def test_another_version_is_closed(bot: RawBot) -> None:
    gateway = await bot.open("?v=6&encoding=json", reads_hello=False)
    assert await gateway.closed() == 4012


async def test_the_121st_payload_in_a_minute_is_closed(bot: RawBot) -> None:
    gateway = await bot.open()
    for _number in range(121):
        await gateway.send(1)
    assert await gateway.closed() == 4008


async def test_a_client_without_heartbeats_is_closed() -> None:
    async with LoopbackDiscord(heartbeat_seconds=0.5) as discord, raw_bot(discord) as bot:
        gateway = await bot.open()
        await gateway.identify(discord.token)
        assert await gateway.closed() == 4009
        assert await discord.platform.events.until(lambda: not discord.is_connected, 60)


async def test_a_resume_brings_what_was_missed(discord: LoopbackDiscord, bot: RawBot) -> None:
    gateway = await bot.open()
    ready = await gateway.identify(discord.token)
    await gateway.event("GUILD_CREATE")
    await gateway.socket.close(code=4000)
    discord.platform.invite_bot(discord.world.elsewhere)
    again = await bot.open()
    resume = {"token": discord.token, "session_id": ready["session_id"], "seq": 2}
    await again.send(6, resume)
    payload = await again.receive()
    assert (payload["t"], payload["s"], payload["d"]["name"]) == ("GUILD_CREATE", 3, "Elsewhere")
    assert (await again.receive())["t"] == "RESUMED"
    assert len(discord.identified) == 1


async def test_a_session_that_was_given_up_cannot_be_resumed(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    gateway = await bot.open()
    ready = await gateway.identify(discord.token)
    await gateway.socket.close(code=1000)
    again = await bot.open()
    resume = {"token": discord.token, "session_id": ready["session_id"], "seq": 1}
    await again.send(6, resume)
    assert await again.receive() == {"op": 9, "d": False, "t": None}


async def test_a_resume_can_be_refused_on_demand(discord: LoopbackDiscord, bot: RawBot) -> None:
    gateway = await bot.open()
    ready = await gateway.identify(discord.token)
    await gateway.socket.close(code=4000)
    discord.faults.refuse_resume()
    again = await bot.open()
    await again.send(6, {"token": discord.token, "session_id": ready["session_id"], "seq": 1})
    assert (await again.receive())["op"] == 9


@pytest.mark.parametrize(("seq", "token", "code"), [(99, None, 4007), (1, "wrong", 4004)])
async def test_a_wrong_resume_is_closed(
    discord: LoopbackDiscord, bot: RawBot, seq: int, token: str | None, code: int
) -> None:
    gateway = await bot.open()
    ready = await gateway.identify(discord.token)
    await gateway.socket.close(code=4000)
    again = await bot.open()
    resume = {"token": token or discord.token, "session_id": ready["session_id"], "seq": seq}
    await again.send(6, resume)
    assert await again.closed() == code


async def test_faults_reach_every_connection(discord: LoopbackDiscord, gateway: Gateway) -> None:
    discord.faults.reconnect()
    assert (await gateway.receive_op(7))["d"] is None
    discord.faults.invalidate(resumable=True)
    assert (await gateway.receive_op(9))["d"] is True
    discord.faults.withhold_acks()
    await gateway.send(1)
    discord.faults.close_gateway(4000)
    assert await gateway.closed() == 4000


async def test_a_connection_can_be_cut(discord: LoopbackDiscord, gateway: Gateway) -> None:
    discord.faults.break_connections()
    assert await gateway.closed() == 1006
    assert await discord.platform.events.until(lambda: not discord.is_connected, 60)


async def test_an_identify_can_be_closed_on_demand(discord: LoopbackDiscord, bot: RawBot) -> None:
    discord.faults.close_on_identify(4011)
    gateway = await bot.open()
    await gateway.send(2, {"token": discord.token, "intents": 1})
    assert await gateway.closed() == 4011


async def test_no_session_is_left_after_the_daily_ones(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    discord.faults.sessions_left(1)
    limit = (await bot.call("GET", "/gateway/bot")).body["session_start_limit"]
    assert (limit["remaining"], limit["max_concurrency"]) == (1, 1)
    await (await bot.open()).identify(discord.token)
    gateway = await bot.open()
    await gateway.send(2, {"token": discord.token, "intents": 1})
    assert await gateway.closed() == 4004


async def test_members_are_sent_on_request(discord: LoopbackDiscord, gateway: Gateway) -> None:
    world = discord.world
    user_ids = [str(world.robin.id), "42"]
    request = {"guild_id": str(world.academy.id), "user_ids": user_ids, "limit": 0, "nonce": "n"}
    await gateway.send(8, request)
    chunk = await gateway.event("GUILD_MEMBERS_CHUNK")
    assert [member["user"]["username"] for member in chunk["members"]] == ["robin"]
    assert (chunk["not_found"], chunk["nonce"], chunk["chunk_count"]) == (["42"], "n", 1)
    await gateway.send(8, {"guild_id": str(world.academy.id), "query": "mi", "limit": 5})
    chunk = await gateway.event("GUILD_MEMBERS_CHUNK")
    assert [member["user"]["username"] for member in chunk["members"]] == ["mika"]


async def test_a_guild_comes_through_its_shard_only(discord: LoopbackDiscord, bot: RawBot) -> None:
    home = (discord.world.academy.id >> 22) % 2
    for number in (0, 1):
        gateway = await bot.open()
        ready = await gateway.identify(discord.token, shard=[number, 2])
        assert len(ready["guilds"]) == (number == home)
    await discord.wait_ready(1, shards=2)


async def test_being_removed_and_invited_is_told(
    discord: LoopbackDiscord, gateway: Gateway
) -> None:
    academy = discord.world.academy
    discord.platform.kick_bot(academy)
    assert await gateway.event("GUILD_DELETE") == {"id": str(academy.id)}
    discord.platform.invite_bot(academy)
    assert (await gateway.event("GUILD_CREATE"))["id"] == str(academy.id)


async def test_the_transport_is_compressed_where_the_client_asks(bot: RawBot) -> None:
    gateway = await bot.open("?v=10&encoding=json&compress=zlib-stream", reads_hello=False)
    data = await gateway.socket.receive_bytes(timeout=60)
    assert data.endswith(b"\x00\x00\xff\xff")
    assert b'"heartbeat_interval": 41250' in zlib.decompressobj().decompress(data)


async def test_waiting_for_a_bot_that_does_not_come_ends(discord: LoopbackDiscord) -> None:
    with pytest.raises(TimeoutError):
        await discord.wait_ready(0.01)
    with pytest.raises(TimeoutError):
        await discord.wait_commands(0.01)


async def test_connecting_and_leaving_are_events(discord: LoopbackDiscord, bot: RawBot) -> None:
    with discord.members.watch() as watch:
        gateway = await bot.open()
        await gateway.identify(discord.token)
        connected = await watch.next_of("bot_connected")
        await gateway.socket.close(code=1000)
        left = await watch.next_of("bot_disconnected")
    assert (connected["resumed"], left["code"]) == (False, 1000)
    assert not discord.is_connected
