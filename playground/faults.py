"""What can go wrong on demand: answers, delays, cut connections, lost sessions."""

import asyncio
from dataclasses import dataclass, field
from email.utils import formatdate
from time import time
from typing import Any, Final

from aiohttp import web

from playground.gateway import Gateway
from playground.interactions import Interactions
from playground.record import Request
from playground.sessions import Op
from playground.wire import Reply

FOREVER: Final = 1 << 31


@dataclass
class Fault:
    """One thing that goes wrong on the routes that match, a number of times."""

    pattern: str
    times: int
    reply: Reply | None = None
    seconds: float = 0.0
    is_drop: bool = False
    is_late: bool = False

    def takes(self, request: Request) -> bool:
        if self.times < 1 or not request.matches(self.pattern):
            return False
        self.times -= 1
        return True


@dataclass
class Faults:
    _gateway: Gateway
    _interactions: Interactions
    _faults: list[Fault] = field(default_factory=list[Fault])
    _seconds_ahead: float = 0.0

    def answer(
        self,
        pattern: str,
        status: int,
        times: int = 1,
        *,
        retry_after: float | None = None,
        global_: bool = False,
        body: Any = None,
    ) -> Fault:
        """Answer requests with an error; a pattern is `POST /channels/*` or just `*/callback`."""
        if body is None:
            body = _body(status, retry_after, is_global=global_)
        return self._add(Fault(pattern, times, Reply(status, body)))

    def slow(self, pattern: str, seconds: float, times: int = FOREVER) -> Fault:
        return self._add(Fault(pattern, times, seconds=seconds))

    def slow_answer(self, pattern: str, seconds: float, times: int = 1) -> Fault:
        """Do what was asked at once, and answer late."""
        return self._add(Fault(pattern, times, seconds=seconds, is_late=True))

    def garble(self, pattern: str, status: int, *, times: int = 1, is_done: bool = False) -> Fault:
        """Answer with a page instead of JSON, as what stands before Discord does.

        With `is_done` what was asked is done all the same.
        """
        reply = Reply(status, "<html>error code: 1015</html>", "text/html")
        return self._add(Fault(pattern, times, reply, is_late=is_done))

    def drop(self, pattern: str, times: int = 1) -> Fault:
        """Cut the connection instead of answering; the request has no effect."""
        return self._add(Fault(pattern, times, is_drop=True))

    async def apply(self, request: Request, http: web.Request) -> Reply | None:
        """Do what a request meets; None where it is to be answered as usual."""
        for fault in self._taking(request, is_late=False):
            await asyncio.sleep(fault.seconds)
            if fault.is_drop:
                if http.transport:
                    http.transport.abort()
                # For the record alone: nobody reads it any more.
                return Reply(520, {"message": "the connection was cut", "code": 0})
            if fault.reply:
                return fault.reply
        return None

    async def follow_up(self, request: Request) -> Reply | None:
        """Hold back or garble the answer to what was done already."""
        reply = None
        for fault in self._taking(request, is_late=True):
            await asyncio.sleep(fault.seconds)
            reply = fault.reply
        return reply

    def set_clock(self, seconds_ahead: float) -> None:
        """Let Discord's clock go ahead of the machine's, as the `Date` of each answer tells."""
        self._seconds_ahead = seconds_ahead

    def date(self) -> str:
        """Give the `Date` of an answer."""
        return formatdate(time() + self._seconds_ahead, usegmt=True)

    def withhold_acks(self) -> None:
        """Acknowledge no heartbeat any more, so that the connection is a zombie."""
        self._gateway.withholds_acks = True

    def refuse_resume(self) -> None:
        """Answer each RESUME with an invalid session."""
        self._gateway.refuses_resume = True

    def close_on_identify(self, code: int) -> None:
        self._gateway.close_on_identify = code

    def close_gateway(self, code: int) -> None:
        for connection in self._gateway.connections:
            connection.close(code)

    def reconnect(self) -> None:
        """Ask every client to connect anew and resume."""
        for connection in self._gateway.connections:
            connection.send({"op": Op.RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool) -> None:
        """Declare every session invalid."""
        for connection in self._gateway.connections:
            connection.send({"op": Op.INVALID_SESSION, "d": resumable})
            if connection.session and not resumable:
                self._gateway.sessions.pop(connection.session.id, None)

    def break_connections(self) -> None:
        """Cut every gateway connection, as a lost network does."""
        for connection in list(self._gateway.connections):
            connection.abort()

    def silence_connections(self) -> None:
        """Keep every connection open and say nothing on it any more, as if its host had gone."""
        for connection in self._gateway.connections:
            connection.silence()

    def expire_tokens(self) -> None:
        """Let fifteen minutes pass for every interaction there has been."""
        self._interactions.expire_all()

    def sessions_left(self, count: int) -> None:
        self._gateway.starts.remaining = count

    def clear(self) -> None:
        """Let all go well again."""
        self._faults.clear()
        self._seconds_ahead = 0.0
        self._gateway.withholds_acks = self._gateway.refuses_resume = False
        self._gateway.close_on_identify = None

    def _taking(self, request: Request, *, is_late: bool) -> list[Fault]:
        self._faults = [fault for fault in self._faults if fault.times > 0]
        return [
            fault for fault in self._faults if fault.is_late is is_late and fault.takes(request)
        ]

    def _add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault


def _body(status: int, retry_after: float | None, *, is_global: bool) -> Any:
    if status == 429:
        seconds = 0.05 if retry_after is None else retry_after
        message = "You are being rate limited."
        return {"message": message, "retry_after": seconds, "global": is_global}
    return {"message": f"{status}: made to fail", "code": 0}
