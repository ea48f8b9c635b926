"""A page of an editor's on this machine, for as long as the command runs that shows it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playground.loopback import LoopbackServer
from playground.web.browser import free_port, open_browser
from playground.web.conversation import Conversation
from playground.web.door import PAGE, Door, files_of
from playground.wire import Json

_SHARED: Final = ("dom.js", "socket.js", "theme.css")
"""Files of the playground's page that an editor's have, too."""
_GOODBYE_SECONDS: Final = 2.0
Serve = Callable[[Conversation], Awaitable[None]]


def files_with_shared(folder: Path) -> dict[str, Path]:
    """Give all files of a page by the names under which they are asked for."""
    return {name: PAGE / name for name in _SHARED} | files_of(folder)


@asynccontextmanager
async def open_page(
    files: Mapping[str, Path],
    serve: Serve,
    port: int,
    tell: Callable[[str], None],
    *lines: str,
    opens: bool,
) -> AsyncGenerator[Door]:
    """Serve a page, tell where it is, and open it in a browser where `opens` says so."""
    server = LoopbackServer(free_port(port))
    door = Door(server, files, serve)
    await server.start()
    try:
        if port not in (0, server.port):
            tell(f"Port {port} is in use; the page is on {server.port}.")
        tell(f"The page: {door.url}")
        for line in lines:
            tell(line)
        if opens:
            await open_browser(door.url)
        yield door
    finally:
        await server.stop()


async def tell_pages(door: Door, state: Json) -> None:
    """Tell every page how it ended; one that reads nothing is not waited for."""
    sends = [asyncio.create_task(conversation.send(state)) for conversation in door.conversations]
    if sends:
        await asyncio.wait(sends, timeout=_GOODBYE_SECONDS)
