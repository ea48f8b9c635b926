"""One websocket of a bot: what it may send when, and what it is answered."""

import asyncio
import contextlib
import json
import time
from collections import deque
from typing import Final, Protocol

from aiohttp import WSMsgType, web

from playground.compression import Compressor
from playground.sessions import Close, Op, Session
from playground.wire import Json, is_object, parse_json

_ACK_SECONDS: Final = 0.025
"""Nothing on a real network is quicker, and discord.py takes less for a lag."""
MAX_UNSENT: Final = 20_000
# Both are Discord's, from its documentation of the gateway: "Sending Events", "Rate Limiting".
_MAX_PAYLOAD: Final = 4096
_MAX_PAYLOADS_PER_MINUTE: Final = 120


class SessionHost(Protocol):
    """What a connection needs of the gateway that it came to."""

    heartbeat_seconds: float
    withholds_acks: bool

    def identify(self, connection: "Connection", data: Json) -> None: ...
    def resume(self, connection: "Connection", data: Json) -> None: ...
    def send_members(self, session: Session, data: Json) -> None: ...


class Connection:
    """Keeps up to 20,000 payloads for a client that reads slowly, and then hangs up."""

    def __init__(
        self,
        host: SessionHost,
        socket: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        compressor: Compressor | None,
    ) -> None:
        self.session: Session | None = None
        self.closed_with: int | None = None
        """The code by which this side closed."""
        self._host = host
        self._socket = socket
        self._transport = transport
        self._compressor = compressor
        self._outgoing: asyncio.Queue[Json | int] = asyncio.Queue(MAX_UNSENT)
        self._received: deque[float] = deque(maxlen=_MAX_PAYLOADS_PER_MINUTE)
        self._beat = asyncio.Event()
        self._is_silent = False

    async def serve(self) -> None:
        """Speak until either side closes."""
        milliseconds = round(self._host.heartbeat_seconds * 1000)
        self.send({"op": Op.HELLO, "d": {"heartbeat_interval": milliseconds}})
        writing = asyncio.create_task(self._write())
        expecting = asyncio.create_task(self._expect_beats())
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(message.data)
        finally:
            expecting.cancel()
            if self.closed_with is None:
                writing.cancel()
            await asyncio.gather(writing, expecting, return_exceptions=True)

    def send(self, payload: Json | int) -> None:
        """Send a payload, or the code with which to close."""
        if self._outgoing.full():
            self.abort()
        else:
            self._outgoing.put_nowait(payload)

    def close(self, code: int) -> None:
        """Close, after what was sent before."""
        self.send(code)

    def abort(self) -> None:
        """Break the connection as a cut cable does."""
        if self._transport:
            self._transport.abort()

    def silence(self) -> None:
        """Read and write nothing more, and stay open."""
        self._is_silent = True
        if self._transport:
            self._transport.pause_reading()

    @property
    def close_code(self) -> int | None:
        return self.closed_with or self._socket.close_code

    @property
    def has_ended_session(self) -> bool:
        """Say whether the session cannot be resumed: its client left, or was silent too long."""
        if self.closed_with is None:
            return self._socket.close_code in (1000, 1001)
        return self.closed_with == Close.SESSION_TIMED_OUT

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while True:
                payload = await self._outgoing.get()
                if self._is_silent:
                    continue
                if isinstance(payload, int):
                    self.closed_with = payload
                    await self._socket.close(code=payload, message=_reason(payload))
                    return
                await self._write_text(json.dumps(payload | {"t": payload.get("t")}))

    async def _write_text(self, text: str) -> None:
        if self._compressor:
            await self._socket.send_bytes(self._compressor.compress(text))
        else:
            await self._socket.send_str(text)

    async def _expect_beats(self) -> None:
        with contextlib.suppress(TimeoutError):
            while True:
                # Half an interval of grace, for a beat that is on its way.
                async with asyncio.timeout(self._host.heartbeat_seconds * 1.5):
                    await self._beat.wait()
                self._beat.clear()
        self.close(Close.SESSION_TIMED_OUT)

    def _receive(self, text: str) -> None:
        now = time.monotonic()
        if len(self._received) == _MAX_PAYLOADS_PER_MINUTE and now - self._received[0] < 60:
            self.close(Close.RATE_LIMITED)
            return
        self._received.append(now)
        payload = _payload(text)
        if payload is None:
            self.close(Close.DECODE_ERROR)
            return
        self._handle(payload["op"], payload.get("d"))

    def _handle(self, op: int, data: object) -> None:
        if op == Op.HEARTBEAT:
            self._beat.set()
            if not self._host.withholds_acks:
                asyncio.get_running_loop().call_later(_ACK_SECONDS, self.send, _ACK)
        elif op in (Op.IDENTIFY, Op.RESUME):
            self._begin(op, data)
        elif op not in (Op.PRESENCE_UPDATE, Op.VOICE_STATE_UPDATE, Op.REQUEST_GUILD_MEMBERS):
            self.close(Close.UNKNOWN_OPCODE)
        elif self.session is None:
            self.close(Close.NOT_AUTHENTICATED)
        elif not is_object(data):
            self.close(Close.DECODE_ERROR)
        elif op == Op.REQUEST_GUILD_MEMBERS:
            self._host.send_members(self.session, data)

    def _begin(self, op: int, data: object) -> None:
        if self.session is not None:
            self.close(Close.ALREADY_AUTHENTICATED)
        elif not is_object(data):
            self.close(Close.DECODE_ERROR)
        elif op == Op.IDENTIFY:
            self._host.identify(self, data)
        else:
            self._host.resume(self, data)


_ACK: Final[Json] = {"op": Op.HEARTBEAT_ACK, "d": None}


def _payload(text: str) -> Json | None:
    if len(text.encode()) > _MAX_PAYLOAD:
        return None
    try:
        payload = parse_json(text)
    except ValueError:
        return None
    return payload if is_object(payload) and isinstance(payload.get("op"), int) else None


def _reason(code: int) -> bytes:
    try:
        return Close(code).name.replace("_", " ").capitalize().encode()
    except ValueError:
        return b""
