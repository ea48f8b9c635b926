"""What a server has set in /settings."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

from bot.errors import UserError
from bot.interview.audience import MaturePolicy, SpoilerPolicy
from bot.process.byte_cache import ByteCache
from bot.state.database import Database
from bot.text import _

MAX_LEFT_OUT: Final = 100
MODERATORS: Final = "moderators"
_CACHED_BYTES: Final = 8_000_000
# Each attempt that fails means that somebody else's was stored: more than this many at once are not
# to be expected of the moderators of one server.
_ATTEMPTS: Final = 32


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """The settings of a server; `version` counts their changes, 0 where there were none.

    Those about what is shown reach an answer in its `Reader`; those about what may be done are
    asked where it is done.

    `public_channels` are those in which answers may be public, None being all of them.
    `left_out` are quotes, by slug and number, that are not shown here. `games` says who may start
    one: everybody where it is empty, `MODERATORS`, or those with the role of that id; a round of
    them lasts `seconds`, or as long as it takes. Games and prompts get threads of their own where
    it `has_threads` and the bot may open one.
    """

    spoilers: SpoilerPolicy = SpoilerPolicy.HIDE
    mature: MaturePolicy = MaturePolicy.RESTRICTED
    interview: str = ""
    public_channels: tuple[int, ...] | None = None
    left_out: tuple[tuple[str, int], ...] = ()
    games: str = ""
    seconds: int = 20
    is_calm: bool = False
    has_threads: bool = False
    version: int = 0

    def allows_public(self, channel_ids: tuple[int, ...]) -> bool:
        """Say whether answers may be public in a channel, given with those that it is part of."""
        return self.public_channels is None or bool(set(self.public_channels) & set(channel_ids))


_DEFAULTS: Final = GuildSettings()
# What makes a setting of its JSON; one that is not named here is the same in both.
_FROM_JSON: Final[Mapping[str, Callable[[Any], object]]] = {
    "spoilers": SpoilerPolicy,
    "mature": MaturePolicy,
    "public_channels": lambda ids: None if ids is None else tuple(ids),
    "left_out": lambda quotes: tuple((slug, number) for slug, number in quotes),
}
_NAMES: Final = frozenset(field.name for field in fields(GuildSettings)) - {"version"}


class GuildSettingsStore:
    """Reads each server's row once; the process that a server belongs to is its only writer."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._cache: ByteCache[int, GuildSettings] = ByteCache(_CACHED_BYTES)

    async def get(self, guild_id: int | None) -> GuildSettings:
        """Give a server's settings; the defaults where there are none, or there is no server."""
        if guild_id is None:
            return _DEFAULTS
        return await self._cache.read(guild_id, self._read)

    async def put(self, guild_id: int, settings: GuildSettings) -> bool:
        """Store settings; False where others were stored since `settings.version`."""
        rows = await self._database.write(
            "INSERT INTO guild_setting (guild_id, document, version)"
            " VALUES (:guild_id, :document, :version)"
            " ON CONFLICT (guild_id)"
            " DO UPDATE SET document = excluded.document, version = excluded.version"
            " WHERE guild_setting.version = excluded.version - 1 RETURNING version",
            guild_id=guild_id,
            document=_encode(settings),
            version=settings.version + 1,
        )
        self.evict(guild_id)
        return bool(rows)

    async def change(self, guild_id: int, change: Callable[[GuildSettings], GuildSettings]) -> None:
        """Change a server's settings, whatever they are by then."""
        for _attempt in range(_ATTEMPTS):
            if await self.put(guild_id, change(await self.get(guild_id))):
                return
        raise UserError(
            _("Someone else is changing this server's settings right now."),
            _("Try again in a minute."),
        )

    def evict(self, guild_id: int) -> None:
        """Remember nothing about a server any more."""
        self._cache.evict(guild_id)

    async def _read(self, guild_id: int) -> GuildSettings:
        rows = await self._database.read(
            "SELECT document, version FROM guild_setting WHERE guild_id = ?", guild_id
        )
        return _decode(rows[0]["document"], rows[0]["version"]) if rows else GuildSettings()


def _encode(settings: GuildSettings) -> str:
    document = asdict(settings)
    del document["version"]
    return json.dumps(document, separators=(",", ":"))


def _decode(document: str, version: int) -> GuildSettings:
    """Read settings by their names: what only another version knows is passed over."""
    stored = json.loads(document)
    settings: dict[str, Any] = {
        name: _FROM_JSON[name](stored[name]) if name in _FROM_JSON else stored[name]
        for name in _NAMES & stored.keys()
    }
    return GuildSettings(**settings, version=version)


def leave_out(settings: GuildSettings, slug: str, number: int) -> GuildSettings:
    """Leave a quote out; raises UserError where too many are out."""
    item = slug, number
    if item in settings.left_out:
        return settings
    if len(settings.left_out) >= MAX_LEFT_OUT:
        raise UserError(
            _(
                "{count} quotes are left out here already, and that's the limit.",
                count=MAX_LEFT_OUT,
            ),
            _("Put one back in /settings first."),
        )
    return replace(settings, left_out=(*settings.left_out, item))
