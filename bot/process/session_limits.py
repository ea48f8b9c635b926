"""How many sessions Discord lets the bot begin, and where: asked once a start."""

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, Self

import discord
from discord.http import HTTPClient
from yarl import URL

from bot.errors import UnavailableError
from bot.text import _


class Entrance(Protocol):
    """What is needed to ask Discord anything: the settings have it."""

    @property
    def token(self) -> str: ...
    @property
    def proxy(self) -> str | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLimits:
    """What Discord recommends, allows and counts."""

    shards: int
    """How many it would have now."""
    gateway: URL
    total: int
    """Sessions in a day; beyond them it resets the token."""
    remaining: int
    reset_after_seconds: float
    """Until all of them can be begun again."""
    max_concurrency: int
    """Buckets in which sessions begin one after the other; those of two may begin at once."""

    @classmethod
    def of(cls, shards: Any, gateway: Any, limit: Mapping[str, Any]) -> Self:
        """Read an answer; raises GatewayNotFound where it is none of Discord's."""
        try:
            return cls(
                shards=max(1, int(shards)),
                gateway=URL(gateway),
                total=max(1, int(limit["total"])),
                remaining=int(limit["remaining"]),
                reset_after_seconds=max(0.0, float(limit["reset_after"]) / 1000),
                max_concurrency=max(1, int(limit["max_concurrency"])),
            )
        except (LookupError, TypeError, ValueError) as error:
            raise discord.GatewayNotFound from error

    def check(self, needed: int) -> None:
        """Raise UnavailableError where fewer sessions are left than a start needs."""
        if self.remaining >= needed:
            return
        hours, minutes = divmod(math.ceil(self.reset_after_seconds / 60), 60)
        raise UnavailableError(
            _(
                "Too few sessions are left for today: this start needs {needed}, and Discord"
                " allows {remaining} more.",
                needed=needed,
                remaining=max(0, self.remaining),
            ),
            _(
                "Start the bot again in {hours} h {minutes} min, when Discord counts afresh.",
                hours=hours,
                minutes=minutes,
            ),
        )


async def session_limits(entrance: Entrance) -> SessionLimits:
    """Ask before there is a bot; raises as the library does, also where the token is refused.

    Whoever would rather wait for a Discord that is away asks with `wait_for_discord`.
    """
    http = HTTPClient(asyncio.get_running_loop(), proxy=entrance.proxy)
    try:
        # It tells a wrong token from a gateway that is away, which the other answer does not.
        await http.static_login(entrance.token)
        return SessionLimits.of(*await http.get_bot_gateway())
    finally:
        await http.close()
