"""The gateway: who is connected, and what they are told."""

import secrets
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web

from playground.application import Application
from playground.compression import COMPRESSORS
from playground.connection import Connection
from playground.events import Events
from playground.places import Guild
from playground.session_starts import SessionStarts, Shard
from playground.sessions import (
    KNOWN_INTENTS,
    PRIVILEGED,
    Close,
    Intent,
    Op,
    Session,
    handles,
)
from playground.wire import Json, is_list, read_id
from playground.world import World

MAX_CONNECTIONS: Final = 256
MAX_SESSIONS: Final = 128
MAX_IDENTIFIED: Final = 1000
_MAX_QUERIED: Final = 100
"""Members that one REQUEST_GUILD_MEMBERS may bring."""


@dataclass
class Gateway:
    """Has 256 connections at most, 128 sessions and the latest 1,000 IDENTIFYs."""

    token: str
    app: Application
    world: World
    events: Events
    heartbeat_seconds: float
    starts: SessionStarts
    url: str = ""
    sessions: dict[str, Session] = field(default_factory=dict[str, Session])
    connections: list[Connection] = field(default_factory=list[Connection])
    identified: list[Json] = field(default_factory=list[Json])
    """What each IDENTIFY said, without its token."""
    withholds_acks: bool = False
    refuses_resume: bool = False
    close_on_identify: int | None = None

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one websocket."""
        compress = COMPRESSORS.get(request.query.get("compress", ""))
        socket = web.WebSocketResponse(max_msg_size=1 << 16, timeout=1.0)
        await socket.prepare(request)
        connection = Connection(self, socket, _transport(request), compress and compress())
        self.connections.append(connection)
        self._hang_up()
        try:
            if request.query.get("v") != "10" or request.query.get("encoding", "json") != "json":
                connection.close(Close.INVALID_VERSION)
            await connection.serve()
        finally:
            self._disconnected(connection)
        return socket

    def _hang_up(self) -> None:
        """Cut the oldest connections that are too many, those of nobody first."""
        surplus = len(self.connections) - MAX_CONNECTIONS
        if surplus > 0:
            by_use = sorted(self.connections, key=lambda each: each.session is not None)
            for connection in by_use[:surplus]:
                connection.abort()

    def connected(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.is_connected]

    def shards(self) -> set[Shard]:
        """Tell which shards are connected, however often each."""
        return {session.shard for session in self.connected()}

    def serves(self, guild_id: int) -> bool:
        """Say whether a shard is connected through which the events of a guild would come."""
        return any(session.handles(guild_id) for session in self.connected())

    def dispatch(
        self,
        event: str,
        data: Json,
        *,
        guild_id: int | None = None,
        intent: Intent = Intent.NONE,
    ) -> None:
        """Tell whoever handles the guild, or direct messages, and has intents that ask for it."""
        for session in self.sessions.values():
            if session.handles(guild_id) and session.intents & intent == intent:
                session.dispatch(event, data)

    def identify(self, connection: Connection, data: Json) -> None:
        refusal = self._refusal(data)
        if refusal is not None:
            connection.close(refusal)
            return
        self.identified.append({key: value for key, value in data.items() if key != "token"})
        del self.identified[:-MAX_IDENTIFIED]
        shard = _shard(data)
        if self.starts.begin(shard):
            self._open(connection, Session(secrets.token_hex(16), data["intents"], shard))
        else:
            connection.send({"op": Op.INVALID_SESSION, "d": False})

    def _open(self, connection: Connection, session: Session) -> None:
        """Begin a session; another one of the same shard goes on beside it, as Discord has it."""
        self.sessions[session.id] = session
        self._forget_sessions()
        self._attach(connection, session)
        guilds = [guild for guild in self.world.bot_guilds if session.handles(guild.id)]
        session.dispatch("READY", self._ready(session, guilds))
        if session.intents & Intent.GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", guild.creation_payload(self.world.bot))
        self.events.emit("bot_connected", shard=list(session.shard), resumed=False)

    def _forget_sessions(self) -> None:
        """Forget the oldest sessions that are too many, those without a connection first."""
        by_use = sorted(self.sessions.values(), key=lambda each: each.is_connected)
        for session in by_use[: max(0, len(by_use) - MAX_SESSIONS)]:
            del self.sessions[session.id]

    def resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(str(data.get("session_id")))
        if data.get("token") != self.token:
            connection.close(Close.AUTHENTICATION_FAILED)
        elif session is None or self.refuses_resume:
            self.sessions.pop(str(data.get("session_id")), None)
            connection.send({"op": Op.INVALID_SESSION, "d": False})
        elif not isinstance(data.get("seq"), int) or data["seq"] > session.sequence:
            connection.close(Close.INVALID_SEQUENCE)
        else:
            # Read before attaching, so that nothing new comes between what is old.
            backlog = session.backlog(data["seq"])
            self._attach(connection, session)
            for payload in backlog:
                connection.send(payload)
            session.dispatch("RESUMED", {})
            self.events.emit("bot_connected", shard=list(session.shard), resumed=True)

    def send_members(self, session: Session, data: Json) -> None:
        """Answer a request for some members of a guild."""
        guild = self.world.find_guild(read_id(data.get("guild_id")))
        if guild is None or self.world.bot.id not in guild.members:
            return
        user_ids = [str(user_id) for user_id in _as_list(data.get("user_ids"))][:_MAX_QUERIED]
        members = _members(guild, user_ids, data.get("query"), read_id(data.get("limit")))
        member_ids = {member["user"]["id"] for member in members}
        chunk: Json = {
            "guild_id": str(guild.id),
            "members": members,
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [user_id for user_id in user_ids if user_id not in member_ids],
        }
        nonce = {"nonce": data["nonce"]} if data.get("nonce") else {}
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk | nonce)

    def _refusal(self, data: Json) -> int | None:
        if data.get("token") != self.token or self.starts.remaining <= 0:
            return Close.AUTHENTICATION_FAILED
        if self.close_on_identify is not None:
            return self.close_on_identify
        if not _is_shard(data.get("shard")):
            return Close.INVALID_SHARD
        return self._shard_refusal(_shard(data)) or self._intents_refusal(data.get("intents"))

    def _shard_refusal(self, shard: Shard) -> int | None:
        if shard[1] % self.starts.shard_multiple:
            return Close.INVALID_SHARD
        guilds = [guild for guild in self.world.bot_guilds if handles(shard, guild.id)]
        return Close.SHARDING_REQUIRED if len(guilds) > self.starts.most_guilds else None

    def _intents_refusal(self, intents: Any) -> int | None:
        if not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
            return Close.INVALID_INTENTS
        if intents & PRIVILEGED & ~self.app.privileged_intents:
            return Close.DISALLOWED_INTENTS
        return None

    def _ready(self, session: Session, guilds: list[Guild]) -> Json:
        return {
            "v": 10,
            "user": self.world.bot.payload() | {"verified": True, "mfa_enabled": False},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "session_type": "normal",
            "shard": list(session.shard),
            "application": self.app.partial(),
            "user_settings": {},
            "relationships": [],
            "private_channels": [],
            "presences": [],
            "guild_join_requests": [],
            "geo_ordered_rtc_regions": [],
            "_trace": [],
        }

    def _attach(self, connection: Connection, session: Session) -> None:
        connection.session = session
        session.send = connection.send

    def _disconnected(self, connection: Connection) -> None:
        self.connections.remove(connection)
        session = connection.session
        if session is None or session.send != connection.send:
            return
        session.send = None
        if connection.has_ended_session:
            self.sessions.pop(session.id, None)
        self.events.emit("bot_disconnected", shard=list(session.shard), code=connection.close_code)


def _transport(request: web.Request) -> Any:
    return request.transport


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if is_list(value) else [value]


def _shard(data: Json) -> Shard:
    number, count = data.get("shard") or (0, 1)
    return number, count


def _is_shard(shard: Any) -> bool:
    if shard is None:
        return True
    match shard:
        case [int(number), int(count)]:
            return 0 <= number < count
        case _:
            return False


def _members(guild: Guild, user_ids: list[str], query: Any, limit: int) -> list[Json]:
    if user_ids:
        matches = [member for member in guild.members.values() if str(member.user.id) in user_ids]
    elif isinstance(query, str) and 0 < limit <= _MAX_QUERIED:
        matches = guild.search(query)[:limit]
    else:
        # The whole list is for those with the intent GUILD_MEMBERS, at a cost this does not model.
        matches = []
    return [member.payload() for member in matches]
