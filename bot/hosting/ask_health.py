"""Asking a running bot how it is, as a container's health check does."""

import json
import urllib.request
from typing import Final

_WAIT_SECONDS: Final = 5.0


def ask_health(port: int | None) -> tuple[bool, str]:
    """Say whether the bot on a port of this machine lives, and what it told."""
    if port is None:
        return False, "Set HEALTH_PORT, for the bot and for this command."
    try:
        # The address is this machine's.
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}/health", timeout=_WAIT_SECONDS
        ) as response:
            health = json.load(response)
    except (OSError, ValueError) as error:
        return False, f"The bot does not answer on port {port}: {error}."
    connected = "connected" if health["is_connected"] else "not connected to Discord just now"
    return bool(health["lives"]), f"It lives, {connected}, in {health['servers']} servers."
