"""What one open page and its server say: requests with answers, and events beside them."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

from aiohttp import WSMsgType, web

from playground.wire import Json, is_object, parse_json

log = logging.getLogger(__name__)

_MAX_TASKS: Final = 64
"""Requests of one page that are worked on at once."""


class Conversation:
    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._tasks: set[asyncio.Task[None]] = set()

    async def answer(
        self,
        act: Callable[[Json], Awaitable[Json]],
        refusal: type[Exception],
        narration: Coroutine[Any, Any, None] | None = None,
    ) -> None:
        """Answer until the page leaves or its server stops; `narration` goes on meanwhile.

        A `refusal` that `act` raises is the sentence that the page gets.
        """
        if narration is not None:
            self._start(narration)
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(message.data, act, refusal)
        finally:
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def send(self, payload: Json) -> None:
        if not self._socket.closed:
            await self._socket.send_str(json.dumps(payload))

    async def close(self) -> None:
        await self._socket.close(code=1001)

    async def _receive(
        self, text: str, act: Callable[[Json], Awaitable[Json]], refusal: type[Exception]
    ) -> None:
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
            self._start(self._answer(request, act, refusal))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(
        self, request: Json, act: Callable[[Json], Awaitable[Json]], refusal: type[Exception]
    ) -> None:
        answer: Json = {"id": request.get("id")}
        try:
            answer["result"] = await act(request)
        except refusal as error:
            answer["error"] = str(error)
        except Exception:
            # The page goes on whatever one request did to its server.
            log.exception("a request of the page failed")
            answer["error"] = "The playground could not do that; its log says why."
        await self.send(answer)
