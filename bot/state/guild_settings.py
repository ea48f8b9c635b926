"""What a server has chosen in /settings."""

import json
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from bot.errors import UserError
from bot.interview.audience import MaturePolicy, SpoilerPolicy
from bot.state.database import Database
from bot.text import _

MAX_LEFT_OUT: Final = 100
MODERATORS: Final = "moderators"
_CACHED: Final = 4096


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """The choices of a server; `version` counts its changes, 0 where it has made none.

    `public_channels` are those in which answers may be public, None being all of them.
    `left_out` are quotes, by slug and number, that are not shown here. `games` says who may start
    one: everybody where it is empty, `MODERATORS`, or those with the role of that id; a round of
    them lasts `seconds`, or as long as it takes.
    """

    spoilers: SpoilerPolicy = SpoilerPolicy.HIDE
    mature: MaturePolicy = MaturePolicy.RESTRICTED
    interview: str = ""
    public_channels: tuple[int, ...] | None = None
    left_out: tuple[tuple[str, int], ...] = ()
    games: str = ""
    seconds: int = 20
    is_calm: bool = False
    version: int = 0

    def allows_public(self, channel_ids: tuple[int, ...]) -> bool:
        """Say whether answers may be public in a channel, given with those that it is part of."""
        return self.public_channels is None or bool(set(self.public_channels) & set(channel_ids))

    def numbers_left_out(self, slug: str) -> frozenset[int]:
        return frozenset(number for of, number in self.left_out if of == slug)


class GuildSettingsStore:
    """Reads each server's row once; the process that a server belongs to is its only writer."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cached: OrderedDict[int, GuildSettings] = OrderedDict()

    async def get(self, guild_id: int | None) -> GuildSettings:
        """Give a server's choices; the defaults where it has made none, or there is no server."""
        if guild_id is None:
            return GuildSettings()
        cached = self._cached.get(guild_id)
        if cached is not None:
            return cached
        rows = await self._database.read(
            "SELECT document, version FROM guild_setting WHERE guild_id = ?", guild_id
        )
        found = _decode(*rows[0]) if rows else GuildSettings()
        self._cached[guild_id] = found
        if len(self._cached) > _CACHED:
            self._cached.popitem(last=False)
        return found

    async def put(self, guild_id: int, settings: GuildSettings) -> bool:
        """Store choices; False where others were stored since `settings.version`."""
        rows = await self._database.write(
            "INSERT INTO guild_setting (guild_id, document, version) VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET document = excluded.document, version = excluded.version"
            " WHERE version = excluded.version - 1 RETURNING version",
            guild_id,
            _encode(settings),
            settings.version + 1,
        )
        self._cached.pop(guild_id, None)
        return bool(rows)

    async def change(self, guild_id: int, change: Callable[[GuildSettings], GuildSettings]) -> None:
        """Change what a server has chosen, whatever that is by then."""
        while not await self.put(guild_id, change(await self.get(guild_id))):
            # Others were stored in between: begin again with them.
            continue

    def evict(self, guild_id: int) -> None:
        """Remember nothing about a server any more."""
        self._cached.pop(guild_id, None)


def _encode(settings: GuildSettings) -> str:
    fields = asdict(settings)
    del fields["version"]
    return json.dumps(fields, separators=(",", ":"))


def _decode(document: str, version: int) -> GuildSettings:
    fields: dict[str, Any] = json.loads(document)
    channels = fields["public_channels"]
    return GuildSettings(
        SpoilerPolicy(fields["spoilers"]),
        MaturePolicy(fields["mature"]),
        fields["interview"],
        None if channels is None else tuple(channels),
        tuple((slug, number) for slug, number in fields["left_out"]),
        fields.get("games", ""),
        fields.get("seconds", 20),
        fields.get("is_calm", False),
        version,
    )


def leave_out(settings: GuildSettings, slug: str, number: int) -> GuildSettings:
    """Leave a quote out; raises UserError where too many are out."""
    item = slug, number
    if item in settings.left_out:
        return settings
    if len(settings.left_out) >= MAX_LEFT_OUT:
        raise UserError(
            _("{count} quotes are left out here, and no more can be.", count=MAX_LEFT_OUT),
            _("Type /settings and take one in again."),
        )
    return replace(settings, left_out=(*settings.left_out, item))
