"""What a process holds whose bot is in thousands of servers."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playground import Channel, LoopbackDiscord, User, World
from playground.people import Role
from playground.permissions import EVERYONE, Permission
from playground.places import Guild, Overwrite
from playground.wire import Json
from tests.benchmarks.child import Child
from tests.benchmarks.measuring import QUICK, Size
from tests.benchmarks.subject import real_environment

CHANNELS, ROLES = 30, 20
MANY, FEW = (5_000, 10_000, 20_000), (20, 40, 80)
_A_SHARD = 2_000
"""Servers; Discord lets it have 2,500."""
_FIRST_ID = 1_320_000_000_000_000_000
_ROOM = 1 << 22
"""Ids of one server: its own, those of its roles and of its channels."""
_TOPIC = "What is talked about in channel {} by who has been there, and by who has not"


@dataclass(frozen=True)
class Crowd:
    """A process in so many servers: what it holds at rest and at most, and what its start took."""

    servers: int
    rss_mb: float
    peak_mb: float
    cpu_s: float
    received_kb: float = 0.0
    """Of each server, uncompressed."""


class _BusyChannel(Channel):
    """A channel as servers have them: with a topic, below a category."""

    def payload(self) -> Json:
        assert self.guild is not None
        parent = {"parent_id": str(self.guild.id + ROLES + 1)}
        return super().payload() | parent | {"topic": _TOPIC.format(self.id)}


class _BusyGuild(Guild):
    def creation_payload(self, bot: User, *, is_new: bool = False) -> Json:
        picture = {"icon": f"{self.id:032x}", "description": f"The place of {self.name}"}
        return super().creation_payload(bot, is_new=is_new) | picture


async def crowds(folder: Path, size: Size) -> Sequence[Crowd]:
    """Start a process for each number of servers, one after the other."""
    return [await _crowd(folder, count, size) for count in (0, *(FEW if size is QUICK else MANY))]


async def _crowd(folder: Path, servers: int, size: Size) -> Crowd:
    own = folder / f"servers-{servers}"
    own.mkdir(parents=True, exist_ok=True)
    shards = max(1, -(-servers // _A_SHARD))
    world = World()
    world.added_guilds += [_guild(number, world.bot) for number in range(servers)]
    async with LoopbackDiscord(world=world, shards=shards, max_concurrency=shards) as discord:
        child = Child(discord, ("bot", "run"), own, real_environment(folder / "servers"))
        try:
            await child.start()
            await child.until_all_servers_are_there()
            # What came is looked through for garbage before long.
            await asyncio.sleep(size.idle_seconds)
            rss, peak = child.memory().rss, child.peak_mb()
            child.check_log()
            return Crowd(servers, rss, peak, child.cpu_seconds(), _size_kb(world))
        finally:
            await child.stop()


def _size_kb(world: World) -> float:
    return len(json.dumps(world.bot_guilds[-1].creation_payload(world.bot))) / 1024


def _guild(number: int, bot: User) -> Guild:
    """Make a server of the usual kind: most channels for all, and some for a role."""
    first = _FIRST_ID + number * _ROOM
    guild = _BusyGuild(first, f"Server {number}", owner_id=first + 99, bot_role_id=first + 1)
    names = ("Moderator", "Regular", "Booster", "Announcements")
    roles = [
        Role(first + n, f"{names[n % len(names)]} {n}", EVERYONE | Permission.MANAGE_GUILD)
        for n in range(2, ROLES)
    ]
    guild.join(bot, roles[0])
    guild.roles += roles[1:]
    guild.channels += [
        _BusyChannel(first + ROLES + 1 + n, f"channel-{n}", guild, overwrites=_overwrites(guild, n))
        for n in range(CHANNELS)
    ]
    return guild


def _overwrites(guild: Guild, number: int) -> list[Overwrite]:
    """Close every third channel to all but two roles."""
    closed = Overwrite(guild.id, deny=Permission.SEND_MESSAGES)
    allowed = [Overwrite(role.id, allow=Permission.SEND_MESSAGES) for role in guild.roles[-2:]]
    return [closed, *allowed] if number % 3 == 0 else []
