"""Games between members: rounds, receipts, reveals and the board, also after a crash."""

import asyncio
import re

import pytest

from bot.playground import Channel, LoopbackDiscord, Message, Outcome, User
from tests.end_to_end.stage import BotProcess

pytestmark = pytest.mark.usefixtures("bot")


class Table:
    """A channel in which a game is played."""

    def __init__(self, discord: LoopbackDiscord, channel: Channel | None = None) -> None:
        self.discord = discord
        self.world = discord.world
        self.channel = channel or discord.world.general

    async def start(self, user: User, **options: object) -> Outcome:
        return await self.discord.hands.use_command(user, self.channel, "trivia", options)

    def messages(self, word: str) -> list[Message]:
        found = self.discord.hands.history(self.world.robin, self.channel)
        return [one for one in found if one.text.startswith(word) and not one.is_ephemeral]

    async def until(self, text: str, seconds: float = 20) -> Message:
        """Wait for the newest message of the channel to hold a text."""

        def found() -> list[Message]:
            return [one for one in self.messages("") if text in one.text]

        assert await self.discord.platform.events.until(lambda: bool(found()), seconds), text
        return found()[-1]

    async def round(self, number: int) -> Message:
        return await self.until(f"Round {number} of")

    async def answer(self, user: User, message: Message, choice: int = 0) -> Outcome:
        ids = [one for one in message.custom_ids if one.startswith("game:answer:")]
        return await self.discord.hands.press(user, message, ids[choice])

    async def press(self, user: User, message: Message, label: str) -> Outcome:
        return await self.discord.hands.press(user, message, label)

    async def revealed(self, message: Message) -> str:
        def is_so() -> bool:
            return "✓" in message.text

        assert await self.discord.platform.events.until(is_so, 10)
        return message.text

    async def stop(self, user: User) -> Message:
        last = [one for one in self.messages("") if "Stop" in one.labels][-1]
        await self.press(user, last, "Stop")
        return await self.until("### The board")


@pytest.fixture
def table(discord: LoopbackDiscord) -> Table:
    """Give a channel that nobody has used yet."""
    world = discord.world
    number = len(world.academy.channels)
    channel = Channel(world.general.id + (number << 30), f"table-{number}", world.academy)
    world.academy.channels.append(channel)
    return Table(discord, channel)


async def test_a_calm_game_is_played_to_its_end(table: Table) -> None:
    world = table.world
    begun = await table.start(world.mika, rounds=2, calm=True)
    assert "starts a calm game: 2 rounds, no clock" in begun.text
    for number in (1, 2):
        shown = await table.round(number)
        assert "no clock" in shown.text
        first = await table.answer(world.mika, shown, 0)
        assert first.is_ephemeral
        assert first.text.startswith("You chose: A  ")
        changed = await table.answer(world.mika, shown, 1)
        assert changed.text.startswith("Changed to: B  ")
        again = await table.answer(world.mika, shown, 0)
        assert again.text.startswith("It stays: B  ")
        assert "✓" not in shown.text
        refused = await table.press(world.robin, shown, "Show the answer")
        assert "Only who started the game" in refused.text
        await table.press(world.mika, shown, "Show the answer")
        told = await table.revealed(shown)
        assert re.search(r"[✓✗] .*B .* · 1", told)
        assert "game:answer" not in str(shown.custom_ids)
        late = "game:answer:1:1:0"
        assert late not in shown.custom_ids
        await table.press(world.mika, shown, "Go on")
    board = await table.until("### The board")
    assert re.search(r"1\\. <@\d+> · \d+ points · \d right", board.text)
    assert len(table.messages("-# Round")) == 2


async def test_a_game_goes_on_when_all_have_answered(table: Table) -> None:
    world = table.world
    await table.start(world.mika, rounds=2, seconds=10)
    first = await table.round(1)
    await table.answer(world.mika, first)
    await table.answer(world.robin, first, 1)
    second = await table.round(2)
    await table.answer(world.mika, second)
    assert "✓" not in second.text
    await table.answer(world.robin, second)
    await asyncio.wait_for(table.revealed(second), 2)
    board = await table.until("### The board", 12)
    assert board.text.count("<@") == 2
    assert "Again" in board.labels


async def test_one_game_a_channel(table: Table) -> None:
    world = table.world
    begun = await asyncio.gather(
        table.start(world.mika, rounds=3, calm=True), table.start(world.robin, rounds=3, calm=True)
    )
    texts = sorted(one.text.split(" ", 1)[1][:22] for one in begun)
    assert texts == ["game is played in this", "starts a calm game: 3 "]
    await table.round(1)
    assert len(table.messages("-# Round")) == 1
    starter = world.mika if "starts" in begun[0].text else world.robin
    await table.stop(starter)


async def test_two_stop_at_once_and_the_board_comes_once(table: Table) -> None:
    world = table.world
    await table.start(world.noor, rounds=3, calm=True)
    shown = await table.round(1)
    await table.answer(world.robin, shown)
    refused = await table.press(world.robin, shown, "Stop")
    assert "Only who started the game and moderators" in refused.text
    await asyncio.gather(*(table.press(world.noor, shown, "Stop") for _n in range(2)))
    board = await table.until("### The board")
    assert "The game was stopped." in board.text
    await asyncio.sleep(0.3)
    assert len(table.messages("### The board")) == 1
    assert "✓" in shown.text


async def test_a_missing_permission_is_named_before_the_first_round(
    discord: LoopbackDiscord,
) -> None:
    table = Table(discord, discord.world.backstage)
    refused = await table.start(discord.world.noor, rounds=2)
    assert refused.is_ephemeral
    assert "I lack the permission View Channel" in refused.text


async def test_a_game_that_is_killed_goes_on_with_its_scores(table: Table, bot: BotProcess) -> None:
    world = table.world
    await table.start(world.mika, rounds=3, calm=True)
    for number in (1, 2, 3):
        shown = await table.round(number)
        await table.answer(world.mika, shown)
        await table.answer(world.robin, shown, 1)
        await bot.kill()
        await bot.start()
        await table.press(world.mika, shown, "Show the answer")
        await table.revealed(shown)
        await bot.kill()
        await bot.start()
        await table.press(world.mika, shown, "Go on")
    board = await table.until("### The board")
    assert board.text.count("<@") == 2
    await asyncio.sleep(0.3)
    assert len(table.messages("-# Round")) == 3
    assert len(table.messages("### The board")) == 1
    numbers = (await table.discord.hands.use_command(world.mika, table.channel, "leaderboard")).text
    assert "**Mika**" in numbers or "**Robin**" in numbers or "Nobody has points" in numbers
