"""The page's server: for the page alone, and telling each member only what is theirs."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground import LoopbackDiscord
from playground.web import Notice, Page
from tests.playground.troupe import running

Json = dict[str, Any]


@dataclass
class Visitor:
    """What the page's script does, without a browser."""

    socket: aiohttp.ClientWebSocketResponse
    events: list[Json] = field(default_factory=list[Json])
    last_id: int = 0

    async def ask(self, action: object, **values: object) -> Json:
        self.last_id += 1
        await self.socket.send_json({"id": self.last_id, "do": action, **values})
        while (payload := await self.receive()).get("id") != self.last_id:
            self.events.append(payload)
        return payload

    async def receive(self) -> Json:
        return json.loads(await self.socket.receive_str(timeout=60))

    async def result(self, action: str, **values: object) -> Json:
        payload = await self.ask(action, **values)
        assert "error" not in payload, payload
        return payload["result"]

    async def event(self, kind: str) -> Json:
        """Wait for an event of a kind; those that came before it are passed over."""
        while True:
            payload = self.events.pop(0) if self.events else await self.receive()
            if payload.get("event") == kind:
                return payload


@dataclass
class House:
    discord: LoopbackDiscord
    page: Page

    @asynccontextmanager
    async def visit(self, user: str = "robin") -> AsyncIterator[Visitor]:
        headers = {"Origin": self.discord.url}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.ws_connect(f"{self.page.url}socket") as socket,
        ):
            visitor = Visitor(socket)
            await visitor.result("become", user=str(getattr(self.discord.world, user).id))
            yield visitor

    def channel(self, name: str = "general") -> str:
        return str(getattr(self.discord.world, name).id)


@pytest.fixture(scope="module")
async def house() -> AsyncIterator[House]:
    discord = LoopbackDiscord(first_answer_seconds=15)
    page = Page(discord)
    async with discord, running(discord):
        await discord.wait_commands()
        yield House(discord, page)


@pytest.fixture
async def visitor(house: House) -> AsyncIterator[Visitor]:
    async with house.visit() as visitor:
        yield visitor


async def get(url: str, **headers: str) -> tuple[int, str, aiohttp.ClientResponse]:
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as response:
        return response.status, await response.text(), response


async def test_the_page_and_its_files_come_with_strict_headers(house: House) -> None:
    for name in ("", "main.js", "theme.css"):
        status, text, response = await get(house.page.url + name)
        assert status == 200
        assert text
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "<script>" not in (await get(house.page.url))[1], "no script within the page"


@pytest.mark.parametrize(
    "path",
    ["/", "/play", "/play/", "/play/wrong/", "/play/wrong/main.js", "/play/wrong/socket"],
)
async def test_who_does_not_know_the_key_is_refused(house: House, path: str) -> None:
    status, text, _response = await get(house.discord.url + path)
    assert (status, text) == (403, "Open the address that the terminal printed.")


@pytest.mark.parametrize(
    "name",
    ["../web/page.py", "..%2fweb%2fpage.py", "%2e%2e/__init__.py", "nothing.js", "%00"],
)
async def test_only_the_files_of_the_page_are_served(house: House, name: str) -> None:
    status, text, _response = await get(house.page.url + name)
    assert status in (403, 404)
    assert "import" not in text


@pytest.mark.parametrize("host", ["example.org", "example.org:80", "127.0.0.1", "0.0.0.0:8787"])
async def test_a_name_that_only_points_here_is_refused(house: House, host: str) -> None:
    assert (await get(house.page.url, Host=host))[0] == 403


@pytest.mark.parametrize("origin", ["http://example.org", "null", "https://127.0.0.1", ""])
async def test_another_page_cannot_open_the_socket(house: House, origin: str) -> None:
    headers = {"Origin": origin} if origin else {}
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
            await session.ws_connect(f"{house.page.url}socket", headers=headers)
    assert caught.value.status == 403


async def test_the_state_tells_who_and_where(house: House, visitor: Visitor) -> None:
    state = await visitor.result("state")
    assert [user["name"] for user in state["users"]] == ["Robin", "Mika", "Noor"]
    assert [user["is_admin"] for user in state["users"]] == [False, False, True]
    academy = state["guilds"][0]["channels"]
    assert [channel["name"] for channel in academy] == ["general", "after-dark", "backstage"]
    assert [channel["is_nsfw"] for channel in academy] == [False, True, False]
    assert [channel["is_bot_absent"] for channel in academy] == [False, False, True]
    assert state["bot"]["connected"]


async def test_a_command_is_answered_and_reported(house: House, visitor: Visitor) -> None:
    channel = house.channel()
    channel_view = await visitor.result("open", channel=channel)
    assert {"hello", "stage", "Keep"} <= {command["name"] for command in channel_view["commands"]}
    world = house.discord.world
    options = {"name": "Ada", "who": str(world.mika.id), "where": channel}
    file = {"name": "a.txt", "type": "text/plain", "base64": "d29yZHM="}
    result = await visitor.result(
        "command", channel=channel, command="hello", options={**options, "file": file}
    )
    assert result["status"] == "answered"
    assert result["ms"] > 0
    view = (await visitor.event("message_created"))["message"]
    assert view["payload"]["content"].startswith("Ada mika general words en-US")
    assert view["used_by"] == {"id": str(world.robin.id), "name": "Robin", "command": "/hello"}
    assert view["report"]["ms"] == result["ms"]
    assert view["report"]["sent"][0]["content"].startswith("Ada")
    requests = await visitor.result("requests", message=view["payload"]["id"])
    assert requests["requests"][0]["route"].endswith("/callback")


async def test_options_are_completed(house: House, visitor: Visitor) -> None:
    result = await visitor.result(
        "autocomplete",
        channel=house.channel(),
        command="hello",
        option="name",
        typed="x",
        options={},
    )
    assert [choice["value"] for choice in result["choices"]] == ["xa", "xb"]


async def test_a_private_answer_is_told_to_its_reader_alone(house: House) -> None:
    async with house.visit("robin") as robin, house.visit("mika") as mika:
        channel = house.channel()
        await robin.result("command", channel=channel, command="hello", options={})
        private = (await robin.event("message_created"))["message"]
        while not private["is_ephemeral"]:
            private = (await robin.event("message_created"))["message"]
        await mika.result("post", channel=channel, text="last")
        while (view := (await mika.event("message_created"))["message"])["payload"][
            "content"
        ] != "last":
            assert not view["is_ephemeral"]
        history = await mika.result("open", channel=channel)
        assert private["payload"]["id"] not in [
            view["payload"]["id"] for view in history["messages"]
        ]
        answer = await mika.ask("dismiss", message=private["payload"]["id"])
        assert "does not see this message" in answer["error"]
        assert await robin.result("dismiss", message=private["payload"]["id"]) == {}


async def test_a_direct_message_is_told_to_its_member_alone(house: House) -> None:
    async with house.visit("robin") as robin, house.visit("mika") as mika:
        direct = (await robin.result("state"))["direct"]["id"]
        await robin.result("post", channel=direct, text="between us")
        assert (await robin.event("message_created"))["message"]["payload"]["channel_id"] == direct
        assert "error" in await mika.ask("open", channel=direct)
        await mika.result("state")
        assert [event for event in mika.events if event.get("event") == "message_created"] == []


async def test_components_modals_and_menus_work(house: House, visitor: Visitor) -> None:
    channel = house.channel()
    await visitor.result("command", channel=channel, command="stage", options={})
    message = (await visitor.event("message_created"))["message"]["payload"]["id"]
    press = await visitor.result("press", message=message, custom_id="ask")
    assert press["modal"]["title"] == "Form"
    scan = {"name": "scan.txt", "type": "text/plain", "base64": "c2Nhbg=="}
    submission = await visitor.result(
        "submit", interaction=press["interaction"], values={"name": "Ada", "scan": [scan]}
    )
    assert submission["status"] == "answered"
    menu = await visitor.result("message_menu", message=message, name="Keep")
    assert menu["status"] == "answered"
    selection = await visitor.result("select", message=message, custom_id="pick", values=["Two"])
    assert selection["status"] == "acknowledged"
    edited = await visitor.event("message_edited")
    assert edited["message"]["payload"]["id"] == message


async def test_silence_is_told_as_a_failure_to_who_acted(house: House) -> None:
    platform = house.discord.platform
    patience, platform.first_answer_seconds = platform.first_answer_seconds, 0.3
    house.discord.faults.drop("*/callback")
    try:
        async with house.visit("robin") as robin, house.visit("mika") as mika:
            result = await robin.result(
                "command", channel=house.channel(), command="hello", options={}
            )
            assert result["status"] == "failed"
            event = await robin.event("failed")
            assert (event["command"], event["message"]) == ("hello", None)
            await mika.result("state")
            assert [event for event in mika.events if event.get("event") == "failed"] == []
    finally:
        house.discord.faults.clear()
        platform.first_answer_seconds = patience


async def test_what_discord_refuses_is_told_in_words(house: House, visitor: Visitor) -> None:
    world = house.discord.world
    async with aiohttp.ClientSession() as session:
        url = f"{house.discord.url}/api/v10/channels/{world.general.id}/messages"
        headers = {"Authorization": f"Bot {house.discord.token}"}
        async with session.post(url, json={"content": "x" * 2001}, headers=headers) as response:
            assert response.status == 400
    event = await visitor.event("refused")
    assert any("2000" in sentence for sentence in event["sentences"])


async def test_notices_and_restarts_are_told(house: House, visitor: Visitor) -> None:
    house.page.set_notices([Notice("Mend this:", ("quotes.toml:1: no",))])
    event = await visitor.event("notices")
    assert event["notices"] == [{"title": "Mend this:", "lines": ["quotes.toml:1: no"]}]
    house.page.set_notices([])
    house.page.count_restart()
    assert (await visitor.event("bot"))["restarts"] == 1


WRONG: list[Json] = [
    {},
    {"do": None},
    {"do": "open"},
    {"do": "open", "channel": 5},
    {"do": "open", "channel": "9" * 400},
    {"do": "become", "user": "1"},
    {"do": "post", "channel": "{general}", "text": ""},
    {"do": "post", "channel": "{general}", "text": "x" * 3000},
    {"do": "command", "channel": "{general}", "command": ""},
    {"do": "command", "channel": "{general}", "command": "nothing", "options": {}},
    {"do": "command", "channel": "{general}", "command": "hello", "options": []},
    {"do": "command", "channel": "{general}", "command": "hello", "options": {"who": "x"}},
    {"do": "command", "channel": "{general}", "command": "hello", "options": {"file": 3}},
    {"do": "command", "channel": "{general}", "command": "hello", "options": {"name": [1]}},
    {"do": "autocomplete", "channel": "{general}", "command": "hello", "option": "no", "typed": ""},
    {"do": "press", "message": "1", "custom_id": "x"},
    {"do": "submit", "interaction": "1", "values": {}},
    {"do": "user_menu", "channel": "{general}", "user": "1", "name": "x"},
]


@pytest.mark.parametrize("request_", WRONG)
async def test_a_wrong_request_is_a_sentence(
    house: House, visitor: Visitor, request_: Json
) -> None:
    values = {
        key: house.channel() if value == "{general}" else value for key, value in request_.items()
    }
    await visitor.socket.send_json({"id": 77, **values})
    while (answer := await visitor.receive()).get("id") != 77:
        pass
    assert answer["error"].endswith((".", "log says why."))
    assert "log says why" not in answer["error"]
    assert await visitor.result("state")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=80)
    | st.recursive(
        st.none() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
    ).map(json.dumps)
    | st.dictionaries(
        st.sampled_from(["do", "channel", "message", "values", "options", "command", "typed"]),
        st.sampled_from(["open", "press", "command", "submit", "1", "", "x"])
        | st.lists(st.integers(), max_size=2)
        | st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
    ).map(json.dumps)
)
async def test_rubbish_does_not_end_the_page(visitor: Visitor, text: str) -> None:
    await visitor.socket.send_str(text)
    assert (await visitor.result("state"))["user"]["name"] == "Robin"


async def test_an_open_page_does_not_keep_the_playground_from_stopping() -> None:
    discord = LoopbackDiscord()
    house = House(discord, Page(discord))
    await discord.__aenter__()
    async with house.visit() as visitor:
        stopping = asyncio.create_task(discord.__aexit__(None, None, None))
        assert (await visitor.event("closing"))["event"] == "closing"
        async with asyncio.timeout(60):
            await stopping
