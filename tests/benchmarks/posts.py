"""What members notice while thousands of daily posts are due in the same minute."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, time

from bot.state.paths import state_path
from tests.benchmarks.measuring import QUICK, Size
from tests.benchmarks.pictures import Waits, typed
from tests.benchmarks.subject import Subject

SERVERS, A_FEW = 5_000, 60
REFUSED_A_SECOND = 1
_POSTS = "POST /channels/*"


@dataclass
class Posting:
    """How it went: what commands waited, and when posts came."""

    servers: int
    waits: Waits = field(default_factory=Waits)
    times: list[float] = field(default_factory=list[float])
    """Of each request, also of those that were refused."""
    posted: int = 0
    refused: int = 0

    def most_a_second(self) -> int:
        """Give the most requests that came within any second."""
        return max(
            sum(begin <= one < begin + 1 for one in self.times[n : n + 200])
            for n, begin in enumerate(self.times)
        )


async def waits_beside_posts(subject: Subject, data_dir: Path, size: Size) -> Posting:
    """Type commands while nothing is due, and then while every server's post is."""
    found = Posting(A_FEW if size is QUICK else SERVERS)
    await subject.child.start()
    for _round in range(2 * size.rounds):
        found.waits.alone += await typed(subject)
    await subject.child.stop()
    _schedule(data_dir, [channel.id for channel in subject.channels], found.servers)
    subject.discord.record.clear()
    await subject.child.start()
    begun = asyncio.Event()
    watching = asyncio.create_task(_watch(subject, found, begun))
    await begun.wait()
    while found.posted < found.servers:
        found.refused += REFUSED_A_SECOND
        subject.discord.faults.answer(_POSTS, 429, REFUSED_A_SECOND, retry_after=0.2)
        found.waits.beside += await typed(subject)
    watching.cancel()
    return found


def _schedule(data_dir: Path, channels: list[int], servers: int) -> None:
    rows = [
        (n << 22, channels[n % len(channels)], "tiny-pretty-things", "quote", 0, "UTC", int(time()))
        for n in range(1, servers + 1)
    ]
    with closing(sqlite3.connect(state_path(data_dir))) as state, state:
        state.executemany(
            "INSERT INTO schedule (guild_id, channel_id, slug, what, minute, zone, due_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


async def _watch(subject: Subject, found: Posting, begun: asyncio.Event) -> None:
    """Note when each post came, and how many requests it took."""
    record = subject.discord.record
    while True:
        await asyncio.sleep(0.02)
        new = record.find(_POSTS)
        # It keeps the latest requests only.
        record.clear()
        found.times += [monotonic()] * len(new)
        found.posted += sum(one.status == 200 for one in new)
        if found.times:
            begun.set()
