"""Several processes of one bot under measurement, and who uses the servers that they share."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from playground import Channel, LoopbackDiscord, Message, Outcome, User, World
from tests.benchmarks.child import Child
from tests.benchmarks.engines import server_seconds
from tests.benchmarks.subject import Subject, real_environment
from tests.end_to_end.tables import Table
from tests.postgresql import Server

SHARDS = 4
IN_A_ROUND = 200
"""Members, who all answer it."""
_CHANNELS, _STAGES = 16, 40
"""Of each server: where anything is typed, and where questions are seen by all and games played.

A bot answers five times a minute in public in each.
"""
_FIRST_ID = 1_310_000_000_000_000_000


@dataclass
class Team:
    """The processes as one: what they cost together."""

    children: list[Child]

    def cpu_seconds(self) -> float:
        return sum(child.cpu_seconds() for child in self.children)

    async def start(self) -> None:
        for child in self.children:
            await child.launch()
        await asyncio.gather(*(child.until_all_servers_are_there() for child in self.children))


@dataclass
class Database:
    server: Server
    url: str


class Fleet(Subject):
    """Members use the servers of all shards in turn, so that each process has its share."""

    def __init__(self, discord: LoopbackDiscord, team: Team, database: Database | None) -> None:
        self.discord = discord
        self.child = team
        self.database = database
        self.members = [User(_FIRST_ID + (n << 22), f"Member{n}") for n in range(IN_A_ROUND)]
        guilds = [discord.world.add_guild(n, SHARDS) for n in range(SHARDS)]
        for guild in guilds:
            guild.channels += [
                Channel(guild.id + 9 + n, f"channel-{n}", guild) for n in range(_CHANNELS + _STAGES)
            ]
            for member in self.members:
                guild.join(member)
        # Of all servers in turn.
        channels = list(zip(*(guild.channels for guild in guilds), strict=True))
        self.channels = list(chain.from_iterable(channels[:_CHANNELS]))
        self.stages = list(chain.from_iterable(channels[_CHANNELS:]))
        self.tables: list[Table] = []
        self._posts = self._staged = 0

    def member(self, number: int) -> User:
        return self.members[number % IN_A_ROUND]

    async def type(
        self, number: int, command: str, options: Mapping[str, object] | None = None
    ) -> Outcome:
        """Have a member type a command in the next server's channel; most answers are private."""
        self._posts += 1
        channel = self.channels[self._posts % len(self.channels)]
        return await self.discord.members.use_command(
            self.member(number), channel, command, options
        )

    async def start(self) -> None:
        """Start all processes, and wait until they are connected."""
        await self.child.start()
        await self.discord.wait_commands()

    def beside_seconds(self) -> float:
        """Give what the database's own processes have used so far; a file has none."""
        return server_seconds(self.database.server) if self.database else 0.0

    async def post(self, command: str) -> Message:
        stage = self._stage()
        member = self.member(self._staged)
        outcome = await self.discord.members.use_command(member, stage, command)
        assert outcome.message is not None
        return outcome.message

    async def start_games(self, count: int) -> None:
        """Have members start games, each where nobody has played yet."""
        self.tables = [Table(self.discord, self._stage()) for _n in range(count)]
        mika = self.discord.world.mika
        await asyncio.gather(*(one.start(mika, rounds=2, seconds=120) for one in self.tables))

    async def stop_games(self) -> None:
        mika = self.discord.world.mika
        await asyncio.gather(*(one.stop(mika) for one in self.tables))
        self.tables = []

    def _stage(self) -> Channel:
        self._staged += 1
        return self.stages[self._staged % len(self.stages)]


@asynccontextmanager
async def new_fleet(
    folder: Path, processes: int, server: Server | None = None
) -> AsyncIterator[Fleet]:
    """Give processes that share the shards of one bot, not started yet.

    Their state is a file, or a database of a server.
    """
    folder.mkdir(parents=True, exist_ok=True)
    environment = real_environment(folder) | {"SHARD_COUNT": str(SHARDS)}
    database = None
    if server is not None:
        database = Database(server, server.create_database())
        environment["DATABASE_URL"] = database.url
    discord = LoopbackDiscord(
        world=World(), shards=SHARDS, max_concurrency=SHARDS, first_answer_seconds=30
    )
    async with discord:
        children = [
            _child(discord, folder / f"process-{n}", environment, shards)
            for n, shards in enumerate(_shares(processes))
        ]
        fleet = Fleet(discord, Team(children), database)
        try:
            yield fleet
            for child in children:
                child.check_log()
        finally:
            await asyncio.gather(*(child.stop() for child in children))


def _child(
    discord: LoopbackDiscord, folder: Path, environment: Mapping[str, str], shards: str
) -> Child:
    folder.mkdir(exist_ok=True)
    return Child(
        discord, ("tests.benchmarks.hasty", "run"), folder, {**environment, "SHARD_IDS": shards}
    )


def _shares(processes: int) -> Iterator[str]:
    """Give each process its part of the shards."""
    share = SHARDS // processes
    for first in range(0, SHARDS, share):
        yield ",".join(map(str, range(first, first + share)))
