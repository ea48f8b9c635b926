"""What happens, told to whoever watches: the page, or a test."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Final

from playground.wire import Json

MAX_UNREAD: Final = 10_000


class Watch(AsyncIterator[Json]):
    """The events from the moment on at which the watch was set up.

    Of those that nobody read yet the latest 10,000 are kept.
    """

    def __init__(self, events: "Events") -> None:
        self._events = events
        self._queue: asyncio.Queue[Json | None] = asyncio.Queue(MAX_UNREAD)
        events.watches.append(self)

    def put(self, event: Json | None) -> None:
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait(event)

    async def __anext__(self) -> Json:
        event = await self._queue.get()
        if event is None:
            raise StopAsyncIteration
        return event

    async def next_of(self, kind: str, seconds: float = 30.0) -> Json:
        """Pass over events until one of a kind; raises TimeoutError when none comes."""
        async with asyncio.timeout(seconds):
            async for event in self:
                if event["type"] == kind:
                    return event
        raise TimeoutError(f"no {kind} came")

    def close(self) -> None:
        if self in self._events.watches:
            self._events.watches.remove(self)
            self.put(None)

    def __enter__(self) -> "Watch":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()


@dataclass
class Events:
    watches: list[Watch] = field(default_factory=list[Watch])
    _waiting: list[asyncio.Future[None]] = field(default_factory=list[asyncio.Future[None]])

    def emit(self, kind: str, /, **facts: object) -> None:
        event = {"type": kind, **facts}
        for watch in self.watches:
            watch.put(event)
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, is_so: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so; False where it did not come to be in time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not is_so():
                    await self._next()
        return is_so()

    async def _next(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        try:
            await future
        finally:
            if future in self._waiting:
                self._waiting.remove(future)

    def close(self) -> None:
        for watch in list(self.watches):
            watch.close()
