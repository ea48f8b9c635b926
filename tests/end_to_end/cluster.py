"""Several bots side by side on one Discord, as one bot of many shards."""

import asyncio
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from playground import Guild, LoopbackDiscord, Message, Outcome, User
from playground.session_starts import IDENTIFY_SECONDS
from tests.end_to_end.stage import BotProcess

SHARDS = 16


def large_discord(
    shards: int = SHARDS,
    max_concurrency: int = 2,
    identify_seconds: float = IDENTIFY_SECONDS,
    # That a machine is slow is no fault.
    first_answer_seconds: float = 15.0,
) -> LoopbackDiscord:
    """Give a Discord, not started yet, that expects a bot of many shards and minds its buckets."""
    return LoopbackDiscord(
        shards=shards,
        max_concurrency=max_concurrency,
        identify_seconds=identify_seconds,
        first_answer_seconds=first_answer_seconds,
    )


@dataclass
class Cluster:
    """The processes of a bot, and a server for each of its shards."""

    discord: LoopbackDiscord
    folder: Path
    """Where data folders are: `var`, unless a process has one of its own."""
    content: Path
    shard_count: int = SHARDS
    module: str = "bot"
    """What each process runs; SURROUNDED for one in surroundings that the test chooses."""
    bots: list[BotProcess] = field(default_factory=list[BotProcess])
    guilds: list[Guild] = field(init=False)
    _past_errors: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        world = self.discord.world
        self.guilds = [world.add_guild(n, self.shard_count) for n in range(self.shard_count)]

    async def launch(self, data_dir: str = "var", **extra: str) -> BotProcess:
        """Start a process with what its surroundings say, and wait for nothing."""
        folder = self.folder / data_dir
        if not folder.exists():
            folder.mkdir(parents=True)
            shutil.copy(self.content, folder)
        bot = BotProcess(self.discord, folder, extra=extra, module=self.module)
        self.bots.append(bot)
        await bot.launch()
        return bot

    async def relaunch(self, bot: BotProcess) -> None:
        """Start a process again that has ended, with a log that is empty."""
        self._past_errors += bot.errors()
        bot.log.clear()
        await bot.launch()

    async def until_whole(self, shards: Iterable[int] | None = None, within: float = 120) -> None:
        """Wait until shards are connected, all by default, and members can type commands.

        Raises RuntimeError with the last words of each process where that does not come to be.
        """
        awaited = set(range(self.shard_count) if shards is None else shards)

        def is_whole() -> bool:
            return awaited <= self.shards() and any(self.discord.platform.registry.scopes.values())

        await self.until(lambda: is_whole() or not self.running(), within)
        if not is_whole():
            missing = sorted(awaited - self.shards())
            raise RuntimeError("\n".join([f"shards {missing} are missing:", *self._last_words()]))

    def shards(self) -> set[int]:
        """Tell which shards are connected."""
        gateway = self.discord.platform.gateway
        return {number for number, count in gateway.shards() if count == self.shard_count}

    def owners(self) -> dict[int, list[BotProcess]]:
        """Tell which processes serve each shard, as Discord sees it; more than one is too many."""
        owners: dict[int, list[BotProcess]] = {number: [] for number in range(self.shard_count)}
        for session in self.discord.platform.gateway.connected():
            number, count = session.shard
            if count == self.shard_count:
                owners[number] += [bot for bot in self.running() if _has_session(bot, session.id)]
        return owners

    def shards_of(self, bot: BotProcess) -> set[int]:
        return {number for number, bots in self.owners().items() if bot in bots}

    def running(self) -> list[BotProcess]:
        processes = [(bot, bot.process) for bot in self.bots]
        return [bot for bot, process in processes if process and process.returncode is None]

    async def until(self, is_so: Callable[[], bool], within: float = 60) -> bool:
        """Wait until something is so that the processes write or do."""
        for _n in range(round(within / 0.05)):
            if is_so():
                return True
            await asyncio.sleep(0.05)
        return is_so()

    async def use(
        self, shard: int, command: str, user: User | None = None, **options: object
    ) -> Outcome:
        """Use a command in the server of a shard, as Mika where nobody is named."""
        channel = self.guilds[shard].channels[0]
        user = user or self.discord.world.mika
        return await self.discord.members.use_command(user, channel, command, options)

    async def press(
        self, shard: int, message: Message, label: str, user: User | None = None
    ) -> Outcome:
        """Press a button below a message in the server of a shard."""
        assert message.channel in self.guilds[shard].channels
        user = user or self.discord.world.mika
        return await self.discord.members.press(user, message, label)

    async def kill(self, *bots: BotProcess) -> None:
        """End processes, all by default, as a lost machine does."""
        await asyncio.gather(*(bot.kill() for bot in bots or self.bots))

    async def stop(self, *bots: BotProcess) -> list[int]:
        """End processes, all by default, in good order; their exit codes."""
        return await asyncio.gather(*(bot.stop() for bot in bots or self.bots))

    def errors(self) -> list[str]:
        """List the log lines of all processes that should not be there."""
        return [*self._past_errors, *(line for bot in self.bots for line in bot.errors())]

    async def __aenter__(self) -> "Cluster":
        return self

    async def __aexit__(self, *_exception: object) -> None:
        await self.kill()

    def _last_words(self) -> list[str]:
        return [f"{n}: {line}" for n, bot in enumerate(self.bots) for line in bot.log[-10:]]


@dataclass
class Hosts(Cluster):
    """Processes that share a data folder, or a database with a data folder each."""

    database_url: str | None = None

    async def join(self, processes: int = 2, **extra: str) -> BotProcess:
        """Start one more of them."""
        extra |= {"PROCESSES": str(processes)}
        if self.database_url is None:
            return await self.launch(**extra)
        return await self.launch(f"var{len(self.bots)}", DATABASE_URL=self.database_url, **extra)


def _has_session(bot: BotProcess, session_id: str) -> bool:
    """Say whether a process wrote in its log that it has a session: Discord can't tell whose."""
    return any(session_id in line for line in bot.log)
