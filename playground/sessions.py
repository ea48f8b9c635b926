"""A bot's session on the gateway: what was sent in it, so that it can be resumed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Final

from playground.session_starts import Shard
from playground.wire import Json


class Op(IntEnum):
    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    VOICE_STATE_UPDATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_GUILD_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Why the gateway ends a connection."""

    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    RATE_LIMITED = 4008
    SESSION_TIMED_OUT = 4009
    INVALID_SHARD = 4010
    SHARDING_REQUIRED = 4011
    INVALID_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class Intent(IntFlag):
    NONE = 0
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED: Final = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT
KNOWN_INTENTS: Final = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))
_MAX_EVENTS: Final = 1000
"""Events that a session remembers for a resume."""


@dataclass(eq=False)
class Session:
    id: str
    intents: int
    shard: Shard = (0, 1)
    sequence: int = 0
    events: list[Json] = field(default_factory=list[Json])
    send: Callable[[Json], None] | None = None
    """How its connection sends; None while there is no connection."""

    @property
    def is_connected(self) -> bool:
        return self.send is not None

    def handles(self, guild_id: int | None) -> bool:
        """Say whether events of a guild, or of direct messages, come through this session."""
        return handles(self.shard, guild_id)

    def dispatch(self, event: str, data: Json) -> None:
        """Send an event, or keep it until the session is resumed."""
        self.sequence += 1
        payload = {"op": Op.DISPATCH, "t": event, "s": self.sequence, "d": data}
        self.events.append(payload)
        del self.events[:-_MAX_EVENTS]
        if self.send:
            self.send(payload)

    def backlog(self, sequence: int) -> list[Json]:
        return [payload for payload in self.events if payload["s"] > sequence]


def handles(shard: Shard, guild_id: int | None) -> bool:
    """Say whether events of a guild, or of direct messages, come through a shard."""
    # Discord's own formula; direct messages come through shard 0.
    number, count = shard
    return (0 if guild_id is None else guild_id >> 22) % count == number
