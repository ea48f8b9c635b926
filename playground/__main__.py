"""Start the playground alone, for any bot: `python -m playground`."""

import argparse
import asyncio

from bot.process.signals import stop_signals
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


async def _serve(wanted: int, *, opens: bool) -> None:
    told = asyncio.Event()
    port = free_port(wanted)
    discord = LoopbackDiscord(port=port)
    page = Page(discord)
    with stop_signals(told):
        async with discord:
            if discord.port != wanted:
                print(f"Port {wanted} is in use; the playground is on {discord.port}.")
            gateway = discord.url.replace("http", "ws", 1) + "/gateway"
            print(_LINES.format(url=discord.url, gateway=gateway, token=discord.token))
            print(f"The page: {page.url}", flush=True)
            if opens:
                await open_browser(page.url)
            await told.wait()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m playground", description="A small Discord on this machine."
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--no-open", action="store_true", help="do not open a browser")
    arguments = parser.parse_args()
    asyncio.run(_serve(arguments.port, opens=not arguments.no_open))


if __name__ == "__main__":
    main()
