"""One open page: what its member asks for, and the events that the member may know of."""

from typing import Any

from playground.references import MemberError
from playground.server import LoopbackDiscord
from playground.web.actor import Actor
from playground.web.conversation import Conversation
from playground.web.views import Views
from playground.wire import Json


class PageSocket:
    def __init__(self, discord: LoopbackDiscord, views: Views, conversation: Conversation) -> None:
        self._discord = discord
        self._views = views
        self._conversation = conversation
        self._actor = Actor(discord, views)

    async def serve(self) -> None:
        """Answer until the page leaves or the playground stops."""
        with self._discord.members.watch() as events:
            await self._conversation.answer(self._actor.act, MemberError, self._tell(events))

    async def _tell(self, events: Any) -> None:
        before = self._views.bot()
        async for event in events:
            bot = self._views.bot()
            if bot != before:
                before = bot
                await self._conversation.send({"event": "bot", **bot})
            payload = self._payload(event)
            if payload is not None:
                await self._conversation.send(payload)

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
            case {"type": "commands_changed" | "places_changed" as kind}:
                return {"event": kind}
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
