"""Asking a running bot how it is, as a container's health check does."""

import json
import urllib.request
from typing import Final

from bot.errors import OperatorError
from bot.text import _, plural, say

_WAIT_SECONDS: Final = 5.0


def ask_health(port: int | None) -> tuple[bool, str]:
    """Say whether the bot on a port of this machine lives, and what it told.

    Raises OperatorError where there is no port to ask at.
    """
    if port is None:
        raise OperatorError(
            _("HEALTH_PORT is not set."), _("Set it, for the bot and for this command.")
        )
    try:
        # The address is this machine's, so no proxy leads there.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{port}/health", timeout=_WAIT_SECONDS) as response:
            health = json.load(response)
    except (OSError, ValueError) as error:
        return False, f"The bot does not answer on port {port}: {error}."
    connected = "connected" if health["is_connected"] else "not connected to Discord just now"
    servers = say(plural("1 server", "{count} servers", health["servers"]))
    return bool(health["lives"]), f"It lives, {connected}, in {servers}."
