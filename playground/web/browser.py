"""A free port for the page, and a browser to look at it."""

import asyncio
import os
import socket
import sys
import webbrowser
from typing import Final

from playground.loopback import HOST

DEFAULT_PORT: Final = 8787


def free_port(port: int) -> int:
    """Give this port, or 0, any free one, where somebody else has it."""
    with socket.socket() as probe:
        if os.name == "posix":
            # As the server itself will: what was closed a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return 0
    return port


async def open_browser(url: str) -> None:
    """Show a page in a browser, where this machine has a screen."""
    has_screen = sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
    )
    if has_screen:
        await asyncio.to_thread(webbrowser.open, url)
