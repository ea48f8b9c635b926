"""Start the playground alone, for any bot: `python -m playground`."""

import argparse
import asyncio
import contextlib
import os
import signal

from playground.server import LoopbackDiscord
from playground.web import Page
from playground.web.browser import DEFAULT_PORT, free_port, open_browser

_LINES = """\
Put these lines before the run() of a discord.py bot, and give run() the token:

import discord, yarl
discord.http.Route.BASE = "{url}/api/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL("{gateway}")

The token: {token}
"""


async def _serve(port: int, *, opens: bool) -> None:
    stop = _stop_event()
    discord = LoopbackDiscord(port=free_port(port))
    # Whichever bot it is that comes, it is not ours.
    discord.world.bot.name, discord.world.bot.picture = "Understudy", ""
    page = Page(discord)
    async with discord:
        if port not in (0, discord.port):
            print(f"Port {port} is in use; the playground is on {discord.port}.")
        gateway = discord.url.replace("http", "ws", 1) + "/gateway"
        print(_LINES.format(url=discord.url, gateway=gateway, token=discord.token))
        print(f"The page: {page.url}", flush=True)
        if opens:
            await open_browser(page.url)
        await stop.wait()


def _stop_event() -> asyncio.Event:
    """Give an event that Ctrl-C and SIGTERM set."""
    stop = asyncio.Event()
    # Loops on Windows take no handlers; there asyncio.run() cancels `_serve` at Ctrl-C.
    if os.name == "posix":
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m playground", description="A small Discord on this machine."
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--no-open", action="store_true", help="do not open a browser")
    arguments = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(arguments.port, opens=not arguments.no_open))


if __name__ == "__main__":
    main()
