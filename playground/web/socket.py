"""One open page: requests come in, results and events go out."""

import asyncio
import json
import logging
from collections.abc import Coroutine
from typing import Any, Final

from aiohttp import WSMsgType, web

from playground.references import MemberError
from playground.server import LoopbackDiscord
from playground.web.actor import Actor
from playground.web.views import Views
from playground.wire import Json, is_object, parse_json

log = logging.getLogger(__name__)

_MAX_TASKS: Final = 64
"""Requests of one page that are worked on at once."""


class PageSocket:
    def __init__(
        self, discord: LoopbackDiscord, views: Views, socket: web.WebSocketResponse
    ) -> None:
        self._discord = discord
        self._views = views
        self._socket = socket
        self._actor = Actor(discord, views)
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Answer until the page leaves or the playground stops."""
        with self._discord.members.watch() as events:
            narration = self._start(self._tell(events))
            try:
                async for message in self._socket:
                    if message.type is WSMsgType.TEXT:
                        await self._receive(message.data)
            finally:
                for task in list(self._tasks):
                    task.cancel()
                await asyncio.gather(*self._tasks, narration, return_exceptions=True)

    async def send(self, payload: Json) -> None:
        if not self._socket.closed:
            await self._socket.send_str(json.dumps(payload))

    async def close(self) -> None:
        await self._socket.close(code=1001)

    async def _receive(self, text: str) -> None:
        try:
            request = parse_json(text)
        except ValueError:
            request = None
        # What is refused is waited for, so that a page that reads nothing is read no further.
        if not is_object(request):
            await self.send({"id": None, "error": "A request is a JSON object."})
        elif len(self._tasks) > _MAX_TASKS:
            await self.send({"id": request.get("id"), "error": "Too much at once. Try again."})
        else:
            self._start(self._answer(request))

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _answer(self, request: Json) -> None:
        answer: Json = {"id": request.get("id")}
        try:
            answer["result"] = await self._actor.act(request)
        except MemberError as error:
            answer["error"] = str(error)
        except Exception:
            # The page goes on whatever one request did to its server.
            log.exception("a request of the page failed")
            answer["error"] = "The playground could not do that; its log says why."
        await self.send(answer)

    async def _tell(self, events: Any) -> None:
        before = self._views.bot()
        async for event in events:
            bot = self._views.bot()
            if bot != before:
                before = bot
                await self.send({"event": "bot", **bot})
            payload = self._payload(event)
            if payload is not None:
                await self.send(payload)

    def _payload(self, event: Json) -> Json | None:
        """Turn an event into what this page is told of it, if it may know."""
        match event:
            case {
                "type": "interaction_failed",
                "interaction_id": interaction_id,
                "user_id": user_id,
            }:
                is_own = user_id == str(self._actor.user.id)
                return self._views.failure(interaction_id) if is_own else None
            case {"type": "request", "request": {"refusals": [_, *_] as refusals, "route": route}}:
                return {"event": "refused", "sentences": refusals, "route": route}
            case {"type": "typing", "channel_id": channel_id}:
                is_seen = self._actor.sees_channel(channel_id)
                return {"event": "typing", "channel_id": channel_id} if is_seen else None
            case {"type": "commands_changed"}:
                return {"event": "commands_changed"}
            case {"type": "notices"}:
                return {
                    "event": "notices",
                    "notices": [notice.view() for notice in self._views.notices],
                }
            case _:
                return self._message_payload(event)

    def _message_payload(self, event: Json) -> Json | None:
        match event:
            case {"type": "message_created" | "message_edited" as kind, "message": payload}:
                message = self._discord.platform.post.messages.get(int(payload["id"]))
                if message is None or not self._actor.sees(message):
                    return None
                return {"event": kind, "message": self._views.message(message)}
            case {"type": "message_deleted" as kind, "viewer_id": viewer_id, **rest}:
                is_seen = viewer_id in (None, str(self._actor.user.id))
                return {**rest, "event": kind} if is_seen else None
            case _:
                return None
