"""A bot under measurement: its Discord, its process, and the members who use it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from playground import Channel, LoopbackDiscord, Message, Outcome, User, World
from tests.benchmarks.child import ROOT, Child

MEMBERS = 64
CHANNELS = 120
"""A bot answers five times a minute in public in a channel, so there must be many."""
_FIRST_ID = 1_310_000_000_000_000_000


class Subject:
    def __init__(self, discord: LoopbackDiscord, child: Child) -> None:
        self.discord = discord
        self.child = child
        academy = discord.world.academy
        self.members = [User(_FIRST_ID + (n << 22), f"Member{n}") for n in range(MEMBERS)]
        self.channels = [
            Channel(_FIRST_ID + ((MEMBERS + n) << 22), f"stage-{n}", academy)
            for n in range(CHANNELS)
        ]
        for member in self.members:
            academy.join(member)
        academy.channels += self.channels
        self._posts = 0

    def member(self, number: int) -> User:
        return self.members[number % MEMBERS]

    async def type(
        self, number: int, command: str, options: Mapping[str, object] | None = None
    ) -> Outcome:
        """Have a member type a command in a direct message, where nothing floods."""
        member = self.member(number)
        return await self.discord.members.use_command(
            member, self._direct(member), command, options
        )

    async def complete(self, number: int, option: str, typed: str) -> Outcome:
        """Have a member type into an option of /quote."""
        member = self.member(number)
        return await self.discord.members.autocomplete(
            member, self._direct(member), "quote", option, typed
        )

    async def type_in_a_server(self, number: int, command: str) -> Outcome:
        """Have a member type a command in the next channel."""
        channel = self.channels[self._posts % CHANNELS]
        self._posts += 1
        return await self.discord.members.use_command(self.member(number), channel, command)

    async def post(self, command: str) -> Message:
        """Have a member type a command where all can see the answer."""
        # One member alone may ask for so many questions a day.
        outcome = await self.type_in_a_server(self._posts, command)
        assert outcome.message is not None
        return outcome.message

    def beside_seconds(self) -> float:
        """Give the CPU seconds of what works for the bot beside it: nothing."""
        return 0.0

    def forget(self) -> None:
        """Drop what this Discord keeps of what there was."""
        self.discord.record.clear()
        platform = self.discord.platform
        platform.interactions.by_id.clear()
        platform.interactions.by_token.clear()
        platform.post.messages.clear()

    def _direct(self, member: User) -> Channel:
        return self.discord.world.dm(member)


@asynccontextmanager
async def new_subject(
    folder: Path, arguments: Sequence[str], environment: Mapping[str, str]
) -> AsyncIterator[Subject]:
    """Give a bot that is not started yet."""
    folder.mkdir(parents=True, exist_ok=True)
    async with LoopbackDiscord(world=World()) as discord:
        child = Child(discord, arguments, folder, dict(environment))
        try:
            yield Subject(discord, child)
            child.check_log()
        finally:
            await child.stop()


def real_environment(folder: Path, packs: Path = ROOT / "data") -> dict[str, str]:
    """Give the settings of the real bot."""
    return {"DATA_DIR": str(folder / "var"), "PACKS_DIR": str(packs), "LOG_FORMAT": "json"}
