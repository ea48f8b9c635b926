"""/today over several days: streaks, what was yesterday, what is shared."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from playground import Channel, LoopbackDiscord, Message, Outcome, User
from tests.cogs.members import use
from tests.end_to_end.conftest import BOTH
from tests.end_to_end.stage import SURROUNDED, BotProcess
from tests.end_to_end.tables import new_channel

ENGINES = BOTH


@dataclass
class Calendar:
    """A bot whose days the test chooses; the first one begins at noon."""

    discord: LoopbackDiscord
    clock: Path
    bot: BotProcess
    channel: Channel
    until_noon: float

    async def set_day(self, day: int) -> None:
        self.put_day(day)
        # What was asked between the two has found the clock wrong; it is looked at again.
        await self.today(self.discord.world.noor)

    def put_day(self, day: int) -> None:
        seconds = self.until_noon + day * 86_400
        whole = self.clock.with_suffix(".new")
        whole.write_text(str(seconds))
        whole.replace(self.clock)
        self.discord.faults.set_clock(seconds)

    async def today(self, user: User) -> Message:
        self.channel = new_channel(self.discord)
        outcome = await self.discord.members.use_command(user, self.channel, "today")
        assert outcome.message is not None, outcome
        return outcome.message

    async def answer(self, user: User, choice: int = 0) -> Outcome:
        message = await self.today(user)
        ids = [one for one in message.custom_ids if one.startswith("today:answer:")]
        return await self.discord.members.press(user, message, ids[choice])

    async def press(self, user: User, verdict: Outcome, label: str = "Share") -> Outcome:
        assert verdict.message is not None
        return await self.discord.members.press(user, verdict.message, label)

    def shared(self) -> list[str]:
        messages = self.discord.members.history(self.discord.world.robin, self.channel)
        return [one.text for one in messages if "today's question" in one.text]


@pytest.fixture(scope="module")
async def calendar_bot(
    discord: LoopbackDiscord, state_url: str | None, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Calendar]:
    folder = tmp_path_factory.mktemp("calendar")
    clock = folder / "clock"
    extra = {"TEST_CLOCK": str(clock)}
    var = folder / "var"
    bot = BotProcess(discord, var, extra=extra, module=SURROUNDED, database_url=state_url)
    now = datetime.now(UTC)
    noon = now.replace(hour=12, minute=0, second=0) + timedelta(days=now.hour >= 12)
    until_noon = (noon - now).total_seconds()
    calendar = Calendar(discord, clock, bot, new_channel(discord), until_noon)
    calendar.put_day(0)
    await bot.start()
    yield calendar
    await bot.kill()
    discord.faults.clear()
    assert bot.errors() == []


async def test_days_in_a_row_are_in_sight_and_yesterday_is_told(
    calendar_bot: Calendar,
) -> None:
    calendar, world = calendar_bot, calendar_bot.discord.world
    await calendar.set_day(0)
    first = await calendar.answer(world.robin)
    assert "You're the first to answer." in first.text
    second = await calendar.answer(world.mika, 1)
    assert re.search(r"-# [01] of 2 got it right", second.text)
    assert "Yesterday" not in (await calendar.today(world.robin)).text
    await calendar.set_day(1)
    shown = await calendar.today(world.robin)
    assert re.search(
        r"\*\*Yesterday\*\*\n-# .+\n-# The answer was \*\*.+\*\* · [01] of 2 got it right",
        shown.text,
    )
    alone = await use(calendar.discord, world.robin, "today")
    assert "Your streak: 1 day. Answer today to keep it." in alone.text
    assert "Your streak: 2 days." in (await calendar.answer(world.robin)).text
    assert f"<@{world.robin.id}>: 2 days in a row" in (await calendar.today(world.robin)).text


async def test_a_day_is_shared_once_however_often_it_is_pressed(
    calendar_bot: Calendar,
) -> None:
    calendar, world = calendar_bot, calendar_bot.discord.world
    await calendar.set_day(10)
    verdict = await calendar.answer(world.robin)
    pressed = await asyncio.gather(*(calendar.press(world.robin, verdict) for _n in range(3)))
    assert all(one.is_ephemeral for one in pressed)
    assert await calendar.discord.platform.events.until(lambda: bool(calendar.shared()), 60)
    (text,) = calendar.shared()
    assert text.startswith(f"<@{world.robin.id}> ")
    assert "Your turn: /today" in text
    await calendar.bot.restart()
    again = await calendar.press(world.robin, verdict)
    assert "You've shared this day already: https://discord.com/channels/" in again.text
    assert len(calendar.shared()) == 1
    await calendar.set_day(11)
    late = await calendar.press(world.robin, verdict)
    assert late.text.startswith("That day is over.")


async def test_who_hides_from_boards_is_told_why_they_cannot_share(
    calendar_bot: Calendar,
) -> None:
    calendar, world = calendar_bot, calendar_bot.discord.world
    await calendar.set_day(20)
    privacy = await use(calendar.discord, world.noor, "privacy")
    assert privacy.message is not None
    await calendar.discord.members.press(world.noor, privacy.message, "Hide me from boards")
    told = await calendar.press(world.noor, await calendar.answer(world.noor))
    assert told.text == (
        "You hide from boards, so I won't name you in public. /privacy changes that."
    )
    assert calendar.shared() == []


async def test_a_verdict_leads_to_practice_and_the_days_question_is_not_asked_there(
    calendar_bot: Calendar,
) -> None:
    calendar, world = calendar_bot, calendar_bot.discord.world
    await calendar.set_day(30)
    verdict = await calendar.answer(world.mika)
    shown = await calendar.press(world.mika, verdict, "Practise")
    assert shown.message is not None
    assert any(one.startswith("trivia:answer:") for one in shown.message.custom_ids)
