"""A bot without a library: what it sends is exactly what a test says."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from playground import LoopbackDiscord

GUILDS = 1
COMMANDS = [
    {
        "name": "say",
        "description": "Say it.",
        "contexts": [0, 1, 2],
        "integration_types": [0, 1],
        "options": [{"type": 3, "name": "what", "description": "What.", "autocomplete": True}],
    },
    {"name": "Keep", "type": 3, "contexts": [0, 1], "integration_types": [0, 1]},
]


@dataclass
class Answer:
    status: int
    body: Any
    headers: dict[str, str]

    @property
    def code(self) -> int | None:
        return self.body.get("code") if isinstance(self.body, dict) else None

    @property
    def errors(self) -> dict[str, Any]:
        return self.body.get("errors", {})


@dataclass
class Gateway:
    """One websocket, read a payload at a time."""

    socket: aiohttp.ClientWebSocketResponse

    async def send(self, op: int, data: Any = None) -> None:
        await self.socket.send_str(json.dumps({"op": op, "d": data}))

    async def receive(self) -> dict[str, Any]:
        return json.loads(await self.socket.receive_str(timeout=60))

    async def receive_op(self, op: int) -> dict[str, Any]:
        while (payload := await self.receive())["op"] != op:
            pass
        return payload

    async def event(self, name: str) -> dict[str, Any]:
        while (payload := await self.receive_op(0))["t"] != name:
            pass
        return payload["d"]

    async def closed(self) -> int | None:
        """Wait until the server closes; its close code."""
        while not self.socket.closed:
            await self.socket.receive(timeout=60)
        return self.socket.close_code

    async def identify(self, token: str, *, intents: int = GUILDS, **fields: Any) -> dict[str, Any]:
        await self.send(2, {"token": token, "intents": intents, "properties": {}, **fields})
        return await self.event("READY")


@dataclass
class RawBot:
    """REST and gateway of a bot that does nothing by itself."""

    discord: LoopbackDiscord
    session: aiohttp.ClientSession
    token: str = ""
    sockets: list[Gateway] = field(default_factory=list)

    async def call(self, method: str, path: str, body: Any = None, **arguments: Any) -> Answer:
        headers = {"Authorization": f"Bot {self.token or self.discord.token}"}
        data = {} if body is None else {"json": body}
        url = f"{self.discord.url}/api/v10{path}"
        async with self.session.request(
            method, url, headers=headers, **data, **arguments
        ) as response:
            text = await response.text()
            return Answer(
                response.status, json.loads(text) if text else None, dict(response.headers)
            )

    async def open(
        self, query: str = "?v=10&encoding=json", *, reads_hello: bool = True
    ) -> Gateway:
        url = self.discord.url.replace("http", "ws") + "/gateway" + query
        gateway = Gateway(await self.session.ws_connect(url))
        self.sockets.append(gateway)
        if reads_hello:
            assert (await gateway.receive())["op"] == 10
        return gateway

    async def register(self, commands: list[dict[str, Any]] = COMMANDS) -> list[dict[str, Any]]:
        path = f"/applications/{self.discord.app.id}/commands"
        answer = await self.call("PUT", path, commands)
        assert answer.status == 200, answer.body
        return answer.body

    async def answer(self, interaction: dict[str, Any], kind: int, data: Any = None) -> Answer:
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback"
        body = {"type": kind} if data is None else {"type": kind, "data": data}
        return await self.call("POST", path, body)

    def webhook(self, interaction: dict[str, Any], rest: str = "") -> str:
        return f"/webhooks/{self.discord.app.id}/{interaction['token']}{rest}"


@asynccontextmanager
async def raw_bot(discord: LoopbackDiscord) -> AsyncIterator[RawBot]:
    # A websocket takes a connection for itself, and a bot may have more than aiohttp's hundred.
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        bot = RawBot(discord, session)
        yield bot
        await asyncio.gather(*(gateway.socket.close() for gateway in bot.sockets))
