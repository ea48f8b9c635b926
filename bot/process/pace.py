"""Spaces out requests of which there are thousands at once."""

import asyncio
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp


class Pace:
    """Lets the requests of some tasks wait for their turn, so many a second.

    The library sends again by itself what Discord slows down, so the place to wait is the request,
    not the call that leads to it; and the one thing that a trace of aiohttp can tell of a request
    is the task that sends it. Hence the variable of the task.
    """

    def __init__(self, requests_a_second: float) -> None:
        self._gap = 1 / requests_a_second
        self._next = 0.0
        self._is_paced: ContextVar[bool] = ContextVar("is_paced", default=False)

    def join(self) -> None:
        """Let all requests of the current task wait from now on."""
        self._is_paced.set(True)

    async def take_turn(
        self,
        _session: aiohttp.ClientSession,
        _context: SimpleNamespace,
        _request: aiohttp.TraceRequestStartParams,
    ) -> None:
        if self._is_paced.get():
            now = asyncio.get_running_loop().time()
            turn = max(now, self._next)
            self._next = turn + self._gap
            await asyncio.sleep(turn - now)
