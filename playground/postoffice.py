"""Where messages are kept, and how everyone learns of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from playground.bounds import Bounded
from playground.clock import Clock, iso
from playground.composer import Composer, blank
from playground.events import Events
from playground.files import Upload
from playground.gateway import Gateway
from playground.messages import Message
from playground.people import User
from playground.places import Channel
from playground.sessions import Intent
from playground.validation import limits
from playground.wire import Json, Snowflakes, created_at, unknown_message

MAX_MESSAGES: Final = 10_000
MAX_MESSAGE_BYTES: Final = 32 << 20
MAX_BODIES: Final = 20
"""Bodies that are remembered with a message: those of its latest edits."""
_NONCE_SECONDS: Final = 300
"""Discord's "few minutes" in which a nonce stands for one message."""
_WITHHELD: Final[Json] = {"content": "", "attachments": [], "embeds": [], "components": []}
"""What members write, as a bot without the privileged intent gets it."""


@dataclass
class Draft:
    """What a message shall be made of."""

    body: Json
    uploads: dict[int, Upload] = field(default_factory=dict[int, Upload])
    allowed_flags: int = 0
    mentions_all: bool = False


@dataclass
class PostOffice:
    """The latest 10,000 messages of all channels, of 32 MiB at most, each with its last bodies."""

    ids: Snowflakes
    clock: Clock
    composer: Composer
    gateway: Gateway
    events: Events
    messages: Bounded[int, Message] = field(
        default_factory=lambda: Bounded[int, Message](MAX_MESSAGES, MAX_MESSAGE_BYTES)
    )
    _nonces: Bounded[tuple[int, str], int] = field(
        default_factory=lambda: Bounded[tuple[int, str], int](MAX_MESSAGES, MAX_MESSAGE_BYTES)
    )

    def get(self, message_id: int) -> Message:
        message = self.messages.get(message_id)
        if message is None or message.is_deleted:
            raise unknown_message()
        return message

    def in_channel(self, channel: Channel) -> Iterator[Message]:
        """Give the messages of a channel, oldest first."""
        return (
            message
            for message in self.messages
            if message.channel is channel and not message.is_deleted
        )

    def by_nonce(self, channel: Channel, body: Json) -> Message | None:
        """Find the message that a nonce already stands for."""
        message_id = self._nonces.get((channel.id, str(body.get("nonce"))))
        message = self.messages.get(message_id or 0)
        if not body.get("enforce_nonce") or message is None:
            return None
        return message if self.clock.now() - created_at(message.id) < _NONCE_SECONDS else None

    def send(
        self,
        channel: Channel,
        author: User,
        draft: Draft,
        *,
        viewer: User | None = None,
        **extra: Any,
    ) -> Message:
        """Write a message; raises ApiError where its body is refused."""
        payload = self._compose(blank(self.ids.next(), channel, author) | extra, draft)
        if viewer:
            payload["flags"] |= limits.EPHEMERAL
        message = Message(payload, channel, author, viewer, bodies=[draft.body])
        nonce = draft.body.get("nonce")
        if nonce is not None:
            payload["nonce"] = nonce
            self._nonces.put((channel.id, str(nonce)), message.id, len(str(nonce)))
        self._put(message)
        return message

    def send_thinking(
        self, channel: Channel, author: User, *, viewer: User | None, **extra: Any
    ) -> Message:
        """Write the message that stands for one to come."""
        payload = blank(self.ids.next(), channel, author) | extra
        payload["flags"] = limits.LOADING | (limits.EPHEMERAL if viewer else 0)
        message = Message(payload, channel, author, viewer)
        self._put(message)
        return message

    def edit(self, message: Message, draft: Draft) -> None:
        was_thinking = message.is_thinking
        before = message.payload | {"flags": message.flags & ~limits.LOADING}
        payload = self._compose(before, draft)
        # The answer that was promised is a first writing, and bears no "(edited)".
        if not was_thinking:
            payload["edited_timestamp"] = iso(self.clock.now())
        message.payload = payload
        message.bodies.append(draft.body)
        del message.bodies[:-MAX_BODIES]
        self._keep(message)
        self._tell("MESSAGE_UPDATE", message)
        self.events.emit("message_edited", message=message.payload, viewer_id=_viewer(message))

    def delete(self, message: Message) -> None:
        message.is_deleted = True
        self._tell("MESSAGE_DELETE", message)
        self.events.emit(
            "message_deleted",
            message_id=str(message.id),
            channel_id=str(message.channel.id),
            viewer_id=_viewer(message),
        )

    def _compose(self, payload: Json, draft: Draft) -> Json:
        return self.composer.compose(
            payload,
            draft.body,
            draft.uploads,
            allowed_flags=draft.allowed_flags,
            mentions_all=draft.mentions_all,
        )

    def _put(self, message: Message) -> None:
        self._keep(message)
        message.channel.last_message_id = message.id
        self._tell("MESSAGE_CREATE", message)
        self.events.emit("message_created", message=message.payload, viewer_id=_viewer(message))

    def _keep(self, message: Message) -> None:
        """Keep a message, or what it weighs after an edit."""
        if message.is_deleted:
            return
        self.messages.put(message.id, message, len(json.dumps([message.payload, message.bodies])))

    def _tell(self, event: str, message: Message) -> None:
        """Tell the bot what it may see by its membership and its intents."""
        if message.is_ephemeral:
            return
        guild = message.channel.guild
        data = message.payload
        if event == "MESSAGE_DELETE":
            data = {key: data[key] for key in ("id", "channel_id")}
        if guild is None:
            self.gateway.dispatch(event, data, intent=Intent.DIRECT_MESSAGES)
        elif guild in self.gateway.world.bot_guilds:
            data = data | ({} if message.author.is_bot else _WITHHELD)
            member = guild.members[message.author.id].payload()
            data = data | {"guild_id": str(guild.id), "member": member}
            self.gateway.dispatch(event, data, guild_id=guild.id, intent=Intent.GUILD_MESSAGES)


def _viewer(message: Message) -> str | None:
    return str(message.viewer.id) if message.viewer else None
