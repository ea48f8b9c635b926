"""Where the tests play games."""

import asyncio
import re
from itertools import count

from playground import Channel, Guild, LoopbackDiscord, Message, Outcome, User
from tests.end_to_end.stage import BotProcess

BEGUN = "Your game is on"
"""What who starts a game is told, where it can be."""

_numbers = count(10)


def new_table(discord: LoopbackDiscord) -> "Table":
    return Table(discord, new_channel(discord))


def new_channel(discord: LoopbackDiscord, guild: Guild | None = None) -> Channel:
    """Give a channel that nobody has used yet, by default of the Academy."""
    guild, number = guild or discord.world.academy, next(_numbers)
    channel = Channel(guild.channels[0].id + (number << 30), f"table-{number}", guild)
    guild.channels.append(channel)
    return channel


def placed(board: Message) -> list[int]:
    """List who has a place on a board."""
    return [int(user_id) for user_id in re.findall(r"^\d+\\\. <@(\d+)>", board.text, re.MULTILINE)]


class Table:
    """A channel in which a game is played."""

    def __init__(self, discord: LoopbackDiscord, channel: Channel | None = None) -> None:
        self.discord = discord
        self.world = discord.world
        self.channel = channel or discord.world.general

    async def start(self, user: User, **options: object) -> Outcome:
        return await self.discord.members.use_command(user, self.channel, "trivia", options)

    def messages(self, word: str) -> list[Message]:
        found = self.discord.members.history(self.world.robin, self.channel)
        return [one for one in found if one.text.startswith(word) and not one.is_ephemeral]

    async def until(self, text: str, seconds: float = 60) -> Message:
        """Wait for the newest message of the channel to hold a text."""

        def found() -> list[Message]:
            return [one for one in self.messages("") if text in one.text]

        assert await self.discord.platform.events.until(lambda: bool(found()), seconds), text
        return found()[-1]

    async def round(self, number: int) -> Message:
        """Wait for a round that is open."""

        def found() -> list[Message]:
            shown = self.messages(f"-# Round {number} of")
            return [one for one in shown if "Stop" in one.labels and len(one.labels) > 2]

        assert await self.discord.platform.events.until(lambda: bool(found()), 60), number
        return max(found(), key=lambda one: one.id)

    async def answer(self, user: User, message: Message, choice: int = 0) -> Outcome:
        ids = [one for one in message.custom_ids if one.startswith("game:answer:")]
        return await self.discord.members.press(user, message, ids[choice])

    def private(self, user: User) -> list[Message]:
        """List what one alone sees in the channel, and has not dismissed."""
        shown = self.discord.members.history(user, self.channel)
        return [one for one in shown if one.is_ephemeral]

    async def told(self, user: User, words: str) -> Message:
        """Wait for what one alone sees to hold some words."""

        def found() -> list[Message]:
            shown = self.discord.members.history(user, self.channel)
            return [one for one in shown if one.is_ephemeral and words in one.text]

        assert await self.discord.platform.events.until(lambda: bool(found()), 60), words
        return found()[-1]

    async def press(self, user: User, message: Message, label: str) -> Outcome:
        return await self.discord.members.press(user, message, label)

    async def revealed(self, message: Message) -> str:
        def is_so() -> bool:
            return "✓" in message.text

        assert await self.discord.platform.events.until(is_so, 60)
        return message.text

    async def left(self, message: Message) -> None:
        """Wait for the answer of a round to say no more what comes next."""

        def is_so() -> bool:
            return "✓" in message.text and "<t:" not in message.text and not message.labels

        assert await self.discord.platform.events.until(is_so, 60)

    async def seen_by(self, user: User, words: str) -> Message:
        """Wait for a message where the others of the table are not."""

        def found() -> list[Message]:
            shown = self.discord.members.history(user, self.channel)
            return [one for one in shown if one.text.startswith(words)]

        assert await self.discord.platform.events.until(lambda: bool(found()), 60), words
        return found()[-1]

    async def use(self, user: User, command: str) -> Outcome:
        return await self.discord.members.use_command(user, self.channel, command)

    async def logged(self, bot: BotProcess, words: str) -> bool:
        """Wait for the bot to write something about the channel in its log."""
        for _n in range(3000):
            about = [line for line in bot.log if str(self.channel.id) in line]
            if any(words in line for line in about):
                return True
            await asyncio.sleep(0.02)
        return False

    async def counted(self, user: User, expected: int = 0) -> int:
        """Give how many answers count on a player's page; waits a while for so many."""
        answers = 0
        for _n in range(600):
            page = await self.discord.members.use_command(
                user, self.world.general, "leaderboard", {"member": user}
            )
            match = re.search(r"\d+ of (\d+) right", page.text)
            answers = int(match[1]) if match else 0
            if answers >= expected:
                break
            await asyncio.sleep(0.05)
        return answers

    async def stop(self, user: User) -> Message:
        before = len(self.messages("### Final scores"))
        last = max(
            (one for one in self.messages("") if "Stop" in one.labels), key=lambda one: one.id
        )
        await self.press(user, last, "Stop")

        def is_over() -> bool:
            return len(self.messages("### Final scores")) > before

        assert await self.discord.platform.events.until(is_over, 60)
        return max(self.messages("### Final scores"), key=lambda one: one.id)
