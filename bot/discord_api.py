"""Where Discord is: the redirect to the playground or a test, and nothing else."""

from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL


def point_at(url: str) -> None:
    """Send everything to a Discord at `url`; it receives the token, so it must be loopback."""
    base = URL(url)
    Route.BASE = str(base / "api/v10")
    DiscordWebSocket.DEFAULT_GATEWAY = base.with_scheme("ws") / "gateway"
    setattr(Asset, "BASE", str(base / "cdn"))  # noqa: B010 - the library types it as its one value
