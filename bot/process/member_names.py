"""What members are called in a server: asked for when it is shown, and never stored."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Final

import discord

log = logging.getLogger(__name__)

_SECONDS_KEPT: Final = 3600.0
_MOST_KEPT: Final = 10_000
_SECONDS_WAITED: Final = 2.0
_MOST_ASKED: Final = 100


class MemberNames:
    """Asks the gateway once for all names that are wanted, and remembers them for an hour."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._kept: dict[tuple[int, int], tuple[float, str | None]] = {}

    async def of(self, guild: discord.Guild, user_ids: Sequence[int]) -> Mapping[int, str]:
        """Give names by id; who has left the server has none.

        Where the gateway does not answer in time a name is empty: a mention may stand for it.
        """
        now = self._clock()
        missing = [user_id for user_id in user_ids if not self._is_fresh(guild.id, user_id, now)]
        if missing:
            try:
                await self._ask(guild, missing[:_MOST_ASKED], now + _SECONDS_KEPT)
            except (TimeoutError, discord.ClientException) as error:
                log.warning("the names of %d members did not come: %r", len(missing), error)
        names: dict[int, str] = {}
        for user_id in user_ids:
            _until, name = self._kept.get((guild.id, user_id), (0.0, ""))
            if name is not None:
                names[user_id] = name
        return names

    def _is_fresh(self, guild_id: int, user_id: int, now: float) -> bool:
        until, _name = self._kept.get((guild_id, user_id), (0.0, None))
        return until > now

    async def _ask(self, guild: discord.Guild, user_ids: Sequence[int], until: float) -> None:
        async with asyncio.timeout(_SECONDS_WAITED):
            members = await guild.query_members(
                user_ids=list(user_ids), limit=_MOST_ASKED, cache=False
            )
        names = {member.id: member.display_name for member in members}
        if len(self._kept) + len(user_ids) > _MOST_KEPT:
            self._kept.clear()
        self._kept |= {(guild.id, user_id): (until, names.get(user_id)) for user_id in user_ids}
