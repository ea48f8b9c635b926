"""A bot that answers each interaction with exactly what a test laid ready."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from playground import LoopbackDiscord
from tests.playground.raw import Gateway, RawBot, raw_bot

Json = dict[str, Any]

MESSAGE, THINKING, QUIET, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
EPHEMERAL, LAYOUT = 1 << 6, 1 << 15
_EVERYWHERE: Final[Json] = {"contexts": [0, 1, 2], "integration_types": [0, 1]}


def command(name: str, *options: Json, kind: int = 1) -> Json:
    payload = {"name": name, "type": kind, **_EVERYWHERE}
    if kind == 1:
        payload |= {"description": f"Do {name}.", "options": list(options)}
    return payload


def option(name: str, kind: int, **fields: Any) -> Json:
    return {"name": name, "type": kind, "description": f"The {name}.", **fields}


def layout(*components: Json, flags: int = 0) -> Json:
    return {"flags": LAYOUT | flags, "components": list(components)}


def text(content: str) -> Json:
    return {"type": 10, "content": content}


@dataclass
class Cue:
    """The answer to one kind of interaction."""

    kind: int
    data: Json | None = None
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    then: list[tuple[str, str, Json]] = field(default_factory=list[tuple[str, str, Json]])
    """What follows on the webhook: method, rest of the path, body."""
    gate: asyncio.Event | None = None
    """What it waits for before it answers."""


@dataclass
class Puppet:
    bot: RawBot
    gateway: Gateway
    cues: dict[str, Cue | None] = field(default_factory=dict[str, "Cue | None"])
    """Answers by name of a command or custom_id; None for none at all."""
    heard: list[Json] = field(default_factory=list[Json])
    _unread: asyncio.Queue[Json] = field(default_factory=asyncio.Queue[Json])

    @contextmanager
    def silent(self, *names: str) -> Iterator[None]:
        """Answer none of these, and let Discord wait for it only shortly."""
        platform = self.bot.discord.platform
        patience = platform.first_answer_seconds
        self.cues |= dict.fromkeys(names)
        platform.first_answer_seconds = 0.8
        yield
        platform.first_answer_seconds = patience

    async def run(self) -> None:
        async for message in self.gateway.socket:
            payload = message.json()
            if payload.get("t") == "INTERACTION_CREATE":
                await self.play(payload["d"])

    async def play(self, interaction: Json) -> None:
        data = interaction["data"]
        self.heard.append(interaction)
        self._unread.put_nowait(interaction)
        cue = self.cues[data.get("custom_id") or data["name"]]
        if cue is None:
            return
        if cue.gate is not None:
            await cue.gate.wait()
        await self.answer(interaction, cue)
        for method, rest, body in cue.then:
            reply = await self.bot.call(method, self.bot.webhook(interaction, rest), body)
            assert reply.status < 300, reply.body

    async def answer(self, interaction: Json, cue: Cue) -> None:
        body: Json = {"type": cue.kind} | ({"data": cue.data} if cue.data is not None else {})
        form = aiohttp.FormData()
        form.add_field("payload_json", json.dumps(body), content_type="application/json")
        for number, (name, content) in enumerate(cue.files.items()):
            form.add_field(f"files[{number}]", content, filename=name, content_type=_kind(name))
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback"
        reply = await self.bot.call("POST", path, data=form)
        assert reply.status < 300, reply.body

    async def hear(self, name: str) -> Json:
        """Wait for the data of the next interaction with a command or component of that name."""
        async with asyncio.timeout(60):
            while True:
                data = (await self._unread.get())["data"]
                if name in (data.get("custom_id"), data.get("name")):
                    return data

    async def hear_form(self, name: str) -> Json:
        """Wait for a modal; what was filled in, by custom_id."""
        return dict(_values((await self.hear(name))["components"]))


def _kind(name: str) -> str:
    return "image/png" if name.endswith(".png") else "text/plain"


def _values(components: list[Json]) -> list[tuple[str, Any]]:
    values: list[tuple[str, Any]] = []
    for component in components:
        inner = [
            *component.get("components", []),
            *([component["component"]] if "component" in component else []),
        ]
        values += _values(inner)
        if "custom_id" in component:
            values.append((component["custom_id"], component.get("values", component.get("value"))))
    return values


@asynccontextmanager
async def puppet(discord: LoopbackDiscord, commands: list[Json]) -> AsyncIterator[Puppet]:
    """Connect a puppet that has some commands."""
    async with raw_bot(discord) as bot:
        await bot.register(commands)
        gateway = await bot.open()
        await gateway.identify(discord.token)
        puppet_ = Puppet(bot, gateway)
        playing = asyncio.create_task(puppet_.run())
        yield puppet_
        await gateway.socket.close()
        with contextlib.suppress(asyncio.CancelledError):
            await playing
