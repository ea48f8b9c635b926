"""Fifty interactions a second while hours go by: nothing grows and nobody is left out."""

import asyncio
import random
import re
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from playground import LoopbackDiscord, Outcome
from tests.end_to_end.stage import SURROUNDED, BotProcess, unused_port
from tests.end_to_end.tables import new_channel

FIRST_ANSWER_SECONDS = 3.0
A_SECOND = 50
WARM_UP_SECONDS = 25
SECONDS = 15 * 60
# aiohttp keeps a connection to Discord for 15 seconds after its last request, and looks for those
# that are older every 15 seconds. How many there are tells how slow the machine was, not the bot.
IDLE_SECONDS = 31
FASTER = 100
MOST_GROWTH_KB = 5 * 1024
DUE_MINUTES = range(20, 100, 8)
DAY_MINUTES = 24 * 60
COMMANDS = ("quote", "fact", "trivia", "today", "cast", "interview", "leaderboard", "saved")


class Soak:
    def __init__(self, discord: LoopbackDiscord, folder: Path) -> None:
        self.discord = discord
        self.clock = folder / "clock"
        self.clock.write_text("0")
        self.port = unused_port()
        extra = {"TEST_CLOCK": str(self.clock), "HEALTH_PORT": str(self.port)}
        module = SURROUNDED
        self.bot = BotProcess(discord, folder / "var", extra=extra, module=module)
        self.channels = [new_channel(discord) for _n in range(60)]
        self.rng = random.Random(3)
        self.unanswered: list[Outcome] = []
        self.posted = 0
        self._began = 0.0

    async def one(self) -> None:
        """Type a command, and press the first button of its answer."""
        members, world = self.discord.members, self.discord.world
        user = self.rng.choice([world.robin, world.mika, world.noor])
        command = self.rng.choice(COMMANDS)
        shown = await members.use_command(user, self.rng.choice(self.channels), command)
        if shown.message is None:
            self.unanswered.append(shown)
            return
        for custom_id in shown.message.custom_ids[:1]:
            component = shown.message.find(custom_id)
            if component and component["type"] == 2 and not component.get("disabled"):
                pressed = await members.press(user, shown.message, custom_id)
                if pressed.status == "failed":
                    self.unanswered.append(pressed)

    async def go_on(self, seconds: float) -> None:
        """Use the bot for a while; the clock of its schedules goes faster meanwhile."""
        loop = asyncio.get_running_loop()
        self._began = self._began or loop.time()
        running: set[asyncio.Task[None]] = set()
        for _n in range(int(seconds * A_SECOND / 2)):
            task = asyncio.create_task(self.one())
            running.add(task)
            task.add_done_callback(running.discard)
            self._set_clock((loop.time() - self._began) * (FASTER - 1))
            await asyncio.sleep(2 / A_SECOND)
        await asyncio.gather(*running)
        # What they leave behind is this Discord's, and not the bot's.
        self.discord.record.clear()

    async def count_posts(self) -> None:
        """Count what the bot posts by itself as it comes: of old messages a Discord drops some."""
        with self.discord.members.watch() as watch:
            async for event in watch:
                is_new = event["type"] == "message_created"
                if is_new and "interaction_metadata" not in event["message"]:
                    self.posted += 1

    def _set_clock(self, ahead: float) -> None:
        new = self.clock.with_suffix(".new")
        new.write_text(str(ahead))
        new.replace(self.clock)
        self.discord.faults.set_clock(ahead)

    def memory_kb(self) -> int:
        lines = Path(f"/proc/{self._pid()}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    def descriptors(self) -> int:
        return len(list(Path(f"/proc/{self._pid()}/fd").iterdir()))

    async def tasks(self) -> int:
        """Count what the bot does at once."""
        url = f"http://127.0.0.1:{self.port}/metrics"
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            page = await response.text()
        found = re.search(r"^encore_tasks (\S+)$", page, re.MULTILINE)
        assert found
        return round(float(found[1]))

    def minutes_passed(self) -> float:
        """Give how long it was by the clock of the schedules."""
        return float(self.clock.read_text()) / 60 * FASTER / (FASTER - 1)

    def _pid(self) -> int:
        assert self.bot.process is not None
        return self.bot.process.pid


@pytest.fixture
async def soak(discord: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[Soak]:
    soak = Soak(discord, tmp_path)
    counting = asyncio.create_task(soak.count_posts())
    yield soak
    counting.cancel()
    await soak.bot.kill()


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc; cannot be avoided")
async def test_an_hour_and_more_leaves_the_bot_as_it_was(
    soak: Soak, discord: LoopbackDiscord
) -> None:
    await soak.bot.start()
    world = discord.world
    for n, minutes in enumerate(DUE_MINUTES):
        due = f"{datetime.now(UTC) + timedelta(minutes=minutes):%H:%M}"
        options = {"time": due, "channel": soak.channels[n], "zone": "UTC", "what": "turn"}
        await discord.members.use_command(world.noor, world.general, "schedule", options)
    await soak.go_on(WARM_UP_SECONDS)
    await asyncio.sleep(IDLE_SECONDS)
    tasks = await soak.tasks()
    memory, descriptors = soak.memory_kb(), soak.descriptors()
    await soak.go_on(SECONDS)
    await asyncio.sleep(IDLE_SECONDS)
    grown = soak.memory_kb() - memory
    assert await soak.tasks() <= tasks + 2
    assert soak.unanswered == []
    assert soak.descriptors() <= descriptors + 2
    assert grown <= MOST_GROWTH_KB, f"{grown} kB"
    passed = soak.minutes_passed()
    assert soak.posted == sum(int((passed - due) // DAY_MINUTES) + 1 for due in DUE_MINUTES)
    await soak.bot.stop()
    assert soak.bot.errors() == []
