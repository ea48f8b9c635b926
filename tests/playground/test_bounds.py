"""What the playground reads and keeps has an end, and who knows no token is read no further."""

import asyncio
import gzip
import io
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from playground import LoopbackDiscord
from playground.body import MAX_BODY_BYTES, MAX_JSON_BYTES, MAX_PARTS
from playground.bounds import Bounded
from playground.connection import MAX_UNSENT
from playground.events import MAX_UNREAD
from playground.files import MAX_FILE_BYTES, MAX_FILES, Upload
from playground.gateway import MAX_CONNECTIONS, MAX_SESSIONS
from playground.interactions import MAX_FOLLOW_UPS, MAX_INTERACTIONS, MAX_REFUSED, InteractionKind
from playground.postoffice import MAX_BODIES, MAX_MESSAGE_BYTES, MAX_MESSAGES, Draft
from playground.record import MAX_REQUEST_BYTES, MAX_REQUESTS, Request
from playground.web import Page
from playground.web.door import MAX_SOCKETS
from playground.wire import MAX_DEPTH, parse_json
from tests.playground.raw import Gateway, RawBot
from tests.waiting import until

MEGABYTE = 1 << 20


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


@pytest.fixture
def messages_path(discord: LoopbackDiscord) -> str:
    return f"/channels/{discord.world.general.id}/messages"


async def send(
    discord: LoopbackDiscord, path: str, data: Any, *, token: str = "", **headers: str
) -> int:
    """Post anything; the status of the answer."""
    headers["Authorization"] = f"Bot {token or discord.token}"
    url = f"{discord.url}/api/v10{path}"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=data, headers=headers) as response,
    ):
        return response.status


@pytest.mark.parametrize(
    "path",
    [
        "/channels/1/messages",
        "/nowhere",
        "/webhooks/1/token",
        "/interactions/1/token/callback",
    ],
)
async def test_what_comes_without_a_token_is_neither_read_nor_kept(
    discord: LoopbackDiscord, path: str
) -> None:
    for _n in range(12):
        body = io.BytesIO(b"x" * (20 * MEGABYTE))
        try:
            assert await send(discord, path, body, token="wrong") in (401, 404)
        except aiohttp.ClientConnectionError:
            # The answer was there before the body was sent.
            continue
    record = discord.record
    assert all(request.body is None for request in [*record.requests, *record.unknown])
    assert record._requests.weight + record._unknown.weight < MEGABYTE


async def test_a_body_that_is_too_large_is_refused(
    discord: LoopbackDiscord, messages_path: str
) -> None:
    json_type = {"Content-Type": "application/json"}
    assert (
        await send(discord, messages_path, io.BytesIO(b"x" * (MAX_JSON_BYTES + 1)), **json_type)
        == 413
    )
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps({"content": "two files"}))
    for n in range(2):
        half = io.BytesIO(b"x" * (MAX_BODY_BYTES // 2 + 1))
        form.add_field(f"files[{n}]", half, filename="a.bin")
    assert await send(discord, messages_path, form) == 413
    assert discord.record._requests.weight < MEGABYTE
    assert len(discord.platform.files.stored) == 0


async def test_a_body_that_never_ends_is_given_up() -> None:
    async with LoopbackDiscord(read_seconds=0.2) as discord:
        path = f"/channels/{discord.world.general.id}/messages"
        ended = asyncio.Event()

        async def endless() -> AsyncIterator[bytes]:
            yield b"{"
            await ended.wait()

        assert await send(discord, path, endless()) == 408
        ended.set()


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        (nested(MAX_DEPTH + 1), {"Content-Type": "application/json"}),
        (nested(100_000), {"Content-Type": "application/json"}),
        ('{"content": ' + "9" * 5000 + "}", {"Content-Type": "application/json"}),
        ('{"content": NaN}', {"Content-Type": "application/json"}),
        (b"\xff\xfe\x00", {"Content-Type": "application/json"}),
        (b"{", {"Content-Type": "application/json"}),
        (b"nothing", {"Content-Type": "multipart/form-data"}),
        (b"nothing", {"Content-Type": "multipart/form-data; boundary=x"}),
        (
            b'--x\r\nContent-Disposition: form-data; name="payload_json"\r\n\r\n{"a":',
            {"Content-Type": "multipart/form-data; boundary=x"},
        ),
        (
            b"--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y\r\n\r\n--y--\r\n--x--",
            {"Content-Type": "multipart/form-data; boundary=x"},
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' * (MAX_PARTS + 1)
            + b"--x--\r\n",
            {"Content-Type": "multipart/form-data; boundary=x"},
        ),
        (
            gzip.compress(b"[" * (64 * MEGABYTE)),
            {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        ),
        (b"no gzip", {"Content-Type": "application/json", "Content-Encoding": "gzip"}),
    ],
)
async def test_a_malformed_body_is_a_refusal_and_no_traceback(
    discord: LoopbackDiscord,
    messages_path: str,
    data: Any,
    headers: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert await send(discord, messages_path, data, **headers) in (400, 413)
    assert not [entry for entry in caplog.records if entry.levelno >= logging.ERROR]
    assert (
        await send(
            discord, messages_path, b'{"content": "well"}', **{"Content-Type": "application/json"}
        )
        == 200
    )


@pytest.mark.parametrize("path", ["/channels/" + "9" * 5000, "/channels/²/messages?limit=²"])
async def test_ids_that_are_none_are_nobodys(discord: LoopbackDiscord, path: str) -> None:
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bot {discord.token}"}) as session,
        session.get(f"{discord.url}/api/v10{path}") as response,
    ):
        assert response.status == 404


def test_json_is_read_to_a_depth() -> None:
    assert parse_json(nested(MAX_DEPTH)) is not None
    with pytest.raises(ValueError, match="too deep"):
        parse_json(nested(MAX_DEPTH + 1))


@pytest.mark.parametrize(
    ("op", "data", "code"),
    [
        (8, {"guild_id": "x", "limit": "y", "query": 3}, None),
        (8, {"guild_id": [1], "user_ids": {"a": 1}, "limit": {}}, None),
        (8, {"guild_id": "9" * 3000, "limit": -1}, None),
        (8, "x", 4002),
        (3, 7, 4002),
        (2, [], 4005),
        (True, None, None),
        (10**30, None, 4001),
    ],
)
async def test_a_malformed_frame_is_a_close_code_or_nothing(
    discord: LoopbackDiscord,
    gateway: Gateway,
    op: Any,
    data: Any,
    code: int | None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await gateway.send(op, data)
    if code is None:
        await gateway.send(1)
        assert (await gateway.receive_op(11))["op"] == 11
    else:
        assert await gateway.closed() == code
    assert not [entry for entry in caplog.records if entry.levelno >= logging.ERROR]


@pytest.mark.parametrize(
    "text",
    [nested(1500), '{"op": 1, "d": ' + nested(MAX_DEPTH + 1) + "}", '{"op": NaN}', "9" * 4500],
)
async def test_a_deep_frame_is_closed_with_a_code(bot: RawBot, text: str) -> None:
    gateway = await bot.open()
    await gateway.socket.send_str(text)
    assert await gateway.closed() == 4002


async def test_the_connections_of_nobody_go_first(
    discord: LoopbackDiscord, gateway: Gateway
) -> None:
    connections, url = discord.platform.gateway.connections, f"{discord.url}/gateway?v=10"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        for _n in range(MAX_CONNECTIONS + 5):
            await (await session.ws_connect(url)).receive()
        await until(lambda: len(connections) <= MAX_CONNECTIONS)
        await gateway.send(1)
        assert (await gateway.receive_op(11))["op"] == 11


async def test_sessions_have_an_end(discord: LoopbackDiscord, bot: RawBot) -> None:
    for n in range(MAX_SESSIONS + 3):
        gateway = await bot.open()
        await gateway.identify(discord.token, shard=[n, MAX_SESSIONS + 3])
    assert len(discord.platform.gateway.sessions) == MAX_SESSIONS


async def test_a_client_that_reads_nothing_is_hung_up(
    discord: LoopbackDiscord, gateway: Gateway
) -> None:
    (connection,) = discord.platform.gateway.connections
    for n in range(MAX_UNSENT + 1):
        connection.send({"op": 0, "s": n, "t": "X", "d": {}})
    assert connection._outgoing.qsize() <= MAX_UNSENT
    while not gateway.socket.closed:
        message = await gateway.socket.receive(timeout=60)
        if message.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR):
            break
    assert await discord.platform.events.until(lambda: not discord.is_connected, 60)


def test_the_oldest_goes_by_number_and_by_weight() -> None:
    store = Bounded[int, str](3, 10)
    for n in range(5):
        store.put(n, f"value {n}", 1)
    assert list(store) == ["value 2", "value 3", "value 4"]
    store.put(5, "heavy", 9)
    assert list(store) == ["value 4", "heavy"]
    store.put(6, "too heavy", 99)
    assert list(store) == ["too heavy"]
    assert store.weight == 99
    store.put(6, "lighter", 2)
    assert store.weight == 2
    store.clear()
    assert (list(store), store.weight) == ([], 0)


def test_the_record_keeps_the_latest_requests(discord: LoopbackDiscord) -> None:
    for n in range(MAX_REQUESTS + 5):
        for is_known in (True, False):
            discord.record.add(Request("GET", f"/{n}", "/{n}"), 10, is_known=is_known)
    for requests in (discord.record.requests, discord.record.unknown):
        assert len(requests) == MAX_REQUESTS
        assert requests[0].path == "/5"
    for n in range(20):
        discord.record.add(Request("POST", f"/large/{n}", "/large"), MEGABYTE, is_known=True)
    assert discord.record._requests.weight <= MAX_REQUEST_BYTES
    assert discord.record.requests[-1].path == "/large/19"


def test_messages_and_their_bodies_have_an_end(discord: LoopbackDiscord) -> None:
    post, world = discord.platform.post, discord.world
    for n in range(MAX_MESSAGES + 3):
        message = post.send(world.general, world.bot, Draft({"content": f"{n}", "nonce": n}))
    assert len(post.messages) == len(post._nonces) == MAX_MESSAGES
    assert next(post.in_channel(world.general)).content == "3"
    for n in range(MAX_BODIES + 3):
        post.edit(message, Draft({"content": f"edit {n}"}))
    assert [body["content"] for body in message.bodies] == [
        f"edit {n}" for n in range(3, MAX_BODIES + 3)
    ]
    assert post.messages.weight <= MAX_MESSAGE_BYTES


def test_files_have_an_end(discord: LoopbackDiscord) -> None:
    files = discord.platform.files
    first = files.add(Upload("first.txt", b"x"), 1)["url"].partition("/cdn/")[2]
    for _n in range(MAX_FILES):
        files.add(Upload("small.txt", b"x"), 1)
    assert len(files.stored) == MAX_FILES
    assert files.stored.get(first) is None
    for _n in range(10):
        files.add(Upload("large.bin", bytes(10 * MEGABYTE)), 1)
    assert files.stored.weight <= MAX_FILE_BYTES


async def test_interactions_have_an_end(discord: LoopbackDiscord) -> None:
    interactions, world = discord.platform.interactions, discord.world
    kind, data = InteractionKind.COMMAND, {"name": "say", "type": 1}
    first = interactions.start(kind, world.robin, world.general, data)
    for _n in range(MAX_INTERACTIONS):
        latest = interactions.start(kind, world.robin, world.general, data)
    assert len(interactions.by_id) == len(interactions.by_token) == MAX_INTERACTIONS
    assert interactions.by_token.get(first.token) is None
    for _n in range(MAX_REFUSED + 5):
        refusal = Request("POST", "/x", "/x", status=400, response={}, interaction_id=latest.id)
        interactions.note(refusal)
    assert len(latest.refused) == MAX_REFUSED


async def test_follow_ups_have_an_end(
    discord: LoopbackDiscord, bot: RawBot, gateway: Gateway
) -> None:
    robin, general = discord.world.robin, discord.world.general
    asking = asyncio.create_task(discord.members.use_command(robin, general, "say"))
    interaction = await gateway.event("INTERACTION_CREATE")
    await bot.answer(interaction, 4, {"content": "first"})
    outcome = await asking
    for n in range(MAX_FOLLOW_UPS + 3):
        await bot.call("POST", bot.webhook(interaction), {"content": f"{n}"})
    assert len(outcome.follow_ups) == MAX_FOLLOW_UPS
    assert outcome.follow_ups[-1].content == f"{MAX_FOLLOW_UPS + 2}"


async def test_what_nobody_reads_is_kept_to_a_number(discord: LoopbackDiscord) -> None:
    with discord.members.watch() as watch:
        for n in range(MAX_UNREAD + 4):
            discord.platform.events.emit("counted", n=n)
        assert (await anext(watch))["n"] == 4
        assert watch._queue.qsize() == MAX_UNREAD - 1


async def test_waiting_in_vain_leaves_nothing_behind(discord: LoopbackDiscord) -> None:
    for _n in range(5):
        assert not await discord.platform.events.until(lambda: False, 0.01)
    assert discord.platform.events._waiting == []


async def test_a_fault_that_came_to_pass_is_forgotten(
    discord: LoopbackDiscord, bot: RawBot
) -> None:
    for _n in range(3):
        discord.faults.answer("GET /users/@me", 503)
        assert (await bot.call("GET", "/users/@me")).status == 503
    assert (await bot.call("GET", "/users/@me")).status == 200
    assert discord.faults._faults == []


async def test_pages_have_an_end_and_their_key_is_in_no_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    discord = LoopbackDiscord()
    page = Page(discord, key="a-key-that-is-secret")
    async with discord, aiohttp.ClientSession() as session:
        url, headers = page.url + "socket", {"Origin": discord.url}
        sockets = [
            await session.ws_connect(url, headers=headers, max_msg_size=0)
            for _n in range(MAX_SOCKETS)
        ]
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(url, headers=headers)
        assert caught.value.status == 503
        await sockets[0].send_str(nested(5000))
        assert (await sockets[0].receive_json())["error"] == "A request is a JSON object."
        await sockets[0].send_str('{"id": 1, "do": "state"}')
        assert (await sockets[0].receive_json())["id"] == 1
        async with session.get(page.url + "nothing") as response:
            assert response.status == 404
        await asyncio.gather(*(socket.close() for socket in sockets))
        again = await session.ws_connect(url, headers=headers)
        await again.close()
    written = [entry.getMessage() for entry in caplog.records]
    assert not [line for line in written if "a-key-that-is-secret" in line or discord.token in line]


@pytest.mark.parametrize("path", ["/api/v10/gateway/bot", "/gateway?v=10", "/cdn/avatars/1.png"])
@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example:80"}, {"Origin": "null"}]
)
async def test_a_page_of_elsewhere_is_refused_everywhere(
    discord: LoopbackDiscord, path: str, headers: dict[str, str]
) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(discord.url + path, headers=headers) as response,
    ):
        assert response.status == 403
    assert len(discord.record) == 0
