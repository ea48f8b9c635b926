"""What members are called in a server: asked for when it is shown, and never stored."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Final

import aiohttp
import discord
from cachetools import TTLCache

from bot.process.visible_names import visible_name

log = logging.getLogger(__name__)

_SECONDS_REMEMBERED: Final = 3600.0
_MOST_REMEMBERED: Final = 10_000
# Of the three that an answer has.
_SECONDS_WAITED: Final = 2.0
# A gateway that was silent is left alone for so long: who asks twice has no time to wait twice.
_SECONDS_SPARED: Final = 10.0
# As many as Discord gives at once.
_MOST_ASKED: Final = 100


class MemberNames:
    """Asks the gateway once for all names that are wanted, and remembers them for an hour."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        # None is for who is not in the server.
        self._names: TTLCache[tuple[int, int], str | None] = TTLCache(
            _MOST_REMEMBERED, _SECONDS_REMEMBERED, clock
        )
        self._silent: TTLCache[int, bool] = TTLCache(_MOST_REMEMBERED, _SECONDS_SPARED, clock)

    async def of(self, guild: discord.Guild, user_ids: Sequence[int]) -> Mapping[int, str]:
        """Give names by id; who has left the server has none.

        Where the gateway does not answer in time, or a name shows nothing, it is empty: a mention
        may stand for it.
        """
        missing = [user_id for user_id in user_ids if (guild.id, user_id) not in self._names]
        if missing and guild.id not in self._silent:
            try:
                await self._ask(guild, missing[:_MOST_ASKED])
            # A gateway that closes just now is an error of the network's.
            except (OSError, aiohttp.ClientError, discord.ClientException) as error:
                log.warning("could not get the names of %d members: %r", len(missing), error)
                self._silent[guild.id] = True
        names = {user_id: self._names.get((guild.id, user_id), "") for user_id in user_ids}
        return {user_id: name for user_id, name in names.items() if name is not None}

    async def _ask(self, guild: discord.Guild, user_ids: Sequence[int]) -> None:
        async with asyncio.timeout(_SECONDS_WAITED):
            members = await guild.query_members(
                user_ids=list(user_ids), limit=_MOST_ASKED, cache=False
            )
        # Who has chosen a name that shows nothing is called as their account is.
        names = {
            member.id: visible_name(member.display_name) or visible_name(member.name)
            for member in members
        }
        self._names.update({(guild.id, user_id): names.get(user_id) for user_id in user_ids})
