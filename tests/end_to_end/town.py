"""A town of many servers, where members play while the processes of a bot come and go."""

import asyncio
import re
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from playground import Guild, LoopbackDiscord, Message, Outcome, User
from playground.session_starts import IDENTIFY_SECONDS
from tests.end_to_end.cluster import Hosts, large_discord
from tests.end_to_end.conftest import complaints
from tests.end_to_end.regulars import Regular
from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.end_to_end.tables import BEGUN, Table, new_channel

PROCESSES: Final = 4
SHARDS: Final = 16
TAKEN_SECONDS: Final = 10.0
"""Within which somebody else has a place that is free."""
_CLAIM_MINUTES: Final = 3
"""After which a daily post is thought to have been given up."""
_TRIES: Final = 4
_DAILY: Final = "### Fact of the day"
_GUESTS: Final = 2000
_ROUNDS: Final = 4
_TICK: Final = 0.02


class Match:
    """A game that somebody plays to its end, and what was confirmed of it."""

    def __init__(self, table: Table, player: User) -> None:
        self.table = table
        self.player = player
        self.answers: set[int] = set()

    async def play(self) -> None:
        await self._begin()
        while not self.boards():
            if (shown := self._open_round()) is not None:
                outcome = await self.table.answer(self.player, shown)
                if outcome.text.startswith("You chose"):
                    self.answers.add(shown.id)
            await asyncio.sleep(_TICK)

    async def _begin(self) -> None:
        """Start it; it may be on though who would have said so was killed."""
        while True:
            begun = await self.table.start(self.player, rounds=_ROUNDS, seconds=120)
            if BEGUN in begun.text or "already on" in begun.text:
                break
            await asyncio.sleep(_TICK)

    def boards(self) -> list[Message]:
        return self.table.messages("### Final scores")

    def shown(self) -> list[Message]:
        return self.table.messages("-# Round")

    def _open_round(self) -> Message | None:
        rounds = [one for one in self.shown() if len(one.labels) > 2 and one.id not in self.answers]
        return rounds[-1] if rounds else None

    def check(self) -> None:
        """See each round once and in order, one board, and on it what was confirmed."""
        numbers = [int(one.text.split()[2]) for one in self.shown()]
        assert numbers == [*range(1, _ROUNDS + 1)], [one.text for one in self.table.messages("")]
        assert all("✓" in one.text for one in self.shown())
        (board,) = self.boards()
        assert "The game" not in board.text
        assert bool(self.answers) <= (f"<@{self.player.id}>" in board.text)

    async def _page(self) -> Outcome:
        members, channel = self.table.discord.members, self.table.channel
        typed = {"member": self.player}
        return await members.use_command(self.player, channel, "leaderboard", typed)

    async def check_points(self) -> None:
        """See on the player's page what the board has told."""
        page = await self._page()
        for _n in range(1000):
            # The board is shown before what it tells is added up; a late answer says nothing.
            if page.text and not (self.answers and "No answers yet" in page.text):
                break
            await asyncio.sleep(_TICK)
            page = await self._page()
        answers = re.search(r"\d+ of (\d+) right", page.text)
        assert len(self.answers) <= int(answers[1] if answers else 0) <= _ROUNDS, page.text
        (board,) = self.boards()
        won = re.search(rf"<@{self.player.id}> · (\d+)", board.text)
        points = re.search(r"^(\d+) points?$", page.text, re.MULTILINE)
        assert points
        assert int(points[1]) == int(won[1] if won else 0), page.text


@dataclass
class Town:
    """Servers, each with a regular and a daily post, and some with games."""

    hosts: Hosts
    clock: Path
    regulars: list[Regular] = field(default_factory=list[Regular])
    _guests: Iterator[User] = field(init=False)
    _minutes: float = 0.0

    def __post_init__(self) -> None:
        # No test may see one day end and another begin.
        now = datetime.now(UTC)
        noon = now.replace(hour=12, minute=0, second=0) + timedelta(days=now.hour >= 12)
        self._until_noon = (noon - now).total_seconds()
        self.go_on(0)
        self._guests = iter(self.discord.world.added_users)

    @property
    def discord(self) -> LoopbackDiscord:
        return self.hosts.discord

    def go_on(self, minutes: float) -> None:
        """Set the clock ahead, that of Discord too."""
        self._minutes += minutes
        ahead = self._until_noon + 60 * self._minutes
        whole = self.clock.with_suffix(".new")
        whole.write_text(str(ahead))
        whole.replace(self.clock)
        self.discord.faults.set_clock(ahead)

    async def join(self, **extra: str) -> BotProcess:
        return await self.hosts.join(PROCESSES, TEST_CLOCK=str(self.clock), **extra)

    async def open(self) -> None:
        """Start as many processes as there are places, and wait until all are ready."""
        for _n in range(PROCESSES):
            await self.join()
        await self.hosts.until_whole()
        for bot in self.hosts.bots:
            assert await bot.logged("ready as")

    async def schedule(self, shards: Sequence[int]) -> None:
        """Have a post in two minutes in some servers."""
        now = datetime.now(UTC) + timedelta(seconds=self._until_noon, minutes=self._minutes + 2)
        noor = self.discord.world.noor
        for shard in shards:
            told = await self.hosts.use(
                shard, "schedule", noor, time=f"{now:%H:%M}", zone="UTC", what="fact"
            )
            assert "From now on, daily at" in told.text

    def posted(self) -> list[int]:
        """Count the daily posts of each server."""
        members, robin = self.discord.members, self.discord.world.robin
        histories = [members.history(robin, guild.channels[0]) for guild in self.hosts.guilds]
        return [sum(_DAILY in one.text for one in history) for history in histories]

    async def until_posted(self, due: Sequence[int]) -> bool:
        """Wait for so many daily posts in each server while time passes.

        One that was begun is given up first, and one that failed rests for longer each time.
        """
        for _n in range(_TRIES):
            self.go_on(_CLAIM_MINUTES)
            if await self.hosts.until(lambda: self.posted() == due, 20):
                return True
        return False

    @asynccontextmanager
    async def busy(self, shards: Sequence[int] = range(SHARDS)) -> AsyncIterator[None]:
        """Have a regular in servers meanwhile; at the end nothing that they know of is lost."""
        self.regulars = [
            Regular(self.discord, self.guest(), new_channel(self.discord, self.hosts.guilds[shard]))
            for shard in shards
        ]
        async with asyncio.TaskGroup() as group:
            for regular in self.regulars:
                group.create_task(regular.stay())
            yield
            for regular in self.regulars:
                regular.is_leaving = True
        for regular in self.regulars:
            assert regular.answers
            await regular.check()

    @asynccontextmanager
    async def playing(self, shards: Sequence[int]) -> AsyncIterator[None]:
        """Have games in servers meanwhile, one after the other; at the end all were whole."""
        is_over = asyncio.Event()
        matches: list[Match] = []

        async def play(guild: Guild) -> None:
            while not is_over.is_set():
                table = Table(self.discord, new_channel(self.discord, guild))
                matches.append(Match(table, self.guest()))
                await matches[-1].play()

        async with asyncio.TaskGroup() as group:
            for shard in shards:
                group.create_task(play(self.hosts.guilds[shard]))
            yield
            is_over.set()
        for match in matches:
            match.check()
            await match.check_points()

    def guest(self) -> User:
        """Give somebody who has done nothing yet."""
        return next(self._guests)

    async def until_all_go_on(self, within: float = 30) -> None:
        """Wait until each regular was confirmed something anew."""
        before = [regular.confirmed for regular in self.regulars]

        def is_so() -> bool:
            now = [regular.confirmed for regular in self.regulars]
            return all(old < new for old, new in zip(before, now, strict=True))

        assert await self.hosts.until(is_so, within)

    async def until_served(self, shards: set[int], by: BotProcess) -> float:
        """Wait until a process serves shards; gives after how many seconds."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        assert await self.hosts.until(lambda: shards <= self.hosts.shards_of(by), 60)
        return loop.time() - began

    async def until_placed(self, bot: BotProcess) -> float:
        """Wait until a process has a place; gives after how many seconds."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        assert await bot.logged("Serving shards")
        return loop.time() - began

    async def spare(self) -> BotProcess:
        """Have all places taken, and one more process; gives the one that waits."""
        hosts = self.hosts
        for bot in set_aside(hosts.bots, hosts.running()):
            await hosts.relaunch(bot)
        while len(hosts.bots) <= PROCESSES:
            await self.join()
        await hosts.until_whole()
        assert await hosts.until(lambda: all(hosts.owners().values()))
        (spare,) = set_aside(hosts.bots, self.servers())
        assert await spare.logged("places are taken")
        return spare

    def servers(self) -> list[BotProcess]:
        """List the processes that have a place."""
        return [bot for bot in self.hosts.running() if self.hosts.shards_of(bot)]


def set_aside(bots: Sequence[BotProcess], others: Sequence[BotProcess]) -> list[BotProcess]:
    return [bot for bot in bots if bot not in others]


@asynccontextmanager
async def doubles_watched(discord: LoopbackDiscord) -> AsyncIterator[Counter[int]]:
    """Count in hundredths of a second, roughly, for how long each shard was served twice."""
    doubles: Counter[int] = Counter()

    async def watch() -> None:
        while True:
            shards = Counter(one.shard[0] for one in discord.platform.gateway.connected())
            doubles.update(shard for shard, count in shards.items() if count > 1)
            await asyncio.sleep(0.01)

    task = asyncio.create_task(watch())
    try:
        yield doubles
    finally:
        task.cancel()


@asynccontextmanager
async def new_town(folder: Path, content: Path, database_url: str | None) -> AsyncIterator[Town]:
    """Give a town whose processes run, and have its log and its Discord looked at in the end."""
    discord = large_discord(SHARDS, max_concurrency=SHARDS, first_answer_seconds=5.0)
    # What was posted and played is counted at the end, after thousands of messages.
    kept = discord.platform.post.messages
    kept.most = kept.most_bytes = sys.maxsize
    for n in range(_GUESTS):
        discord.world.add_user(f"Guest {n}")
    hosts = Hosts(discord, folder, content, SHARDS, module=SURROUNDED, database_url=database_url)
    async with discord, hosts:
        town = Town(hosts, folder / "clock")
        await town.open()
        yield town
    assert hosts.errors() == [], "\n".join(hosts.errors())
    assert complaints(discord, described=()) == []
    assert discord.starts.too_early == []
    assert discord.starts.shortest_pause >= IDENTIFY_SECONDS
