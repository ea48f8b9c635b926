"""What an answer has a PostgreSQL write, and what goes over the network for it."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import asyncpg

from tests.benchmarks.fleet import Fleet
from tests.benchmarks.measuring import QUICK, Size, batch
from tests.benchmarks.rows import Row

_TOLD_SECONDS = 11.0
"""Within which a server counts what a connection did that is idle since."""
_COUNTERS = """
SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint, xact_commit::bigint,
    pg_total_relation_size('answer') + pg_total_relation_size('game_answer')
    + pg_total_relation_size('question')
FROM pg_stat_database WHERE datname = current_database()
"""


@dataclass(frozen=True)
class Writes:
    """Of one answer: bytes of the server's log, commits, bytes that are kept for a month.

    What is received and sent are messages from Discord and to it, without headers and encryption.
    """

    log_bytes: float
    commits: float
    kept_bytes: float
    received: float
    sent: float


async def writes_of(fleet: Fleet, row: Row, size: Size) -> Writes:
    """Have members do what a row says, and count what it had written and sent."""
    before = await _counters(fleet, size)
    count = size.answers
    await batch(fleet, row, count)
    received, sent = _messages(fleet)
    after = await _counters(fleet, size)
    log, commits, kept = (
        (later - earlier) / count for earlier, later in zip(before, after, strict=True)
    )
    return Writes(log, commits, kept, received / count, sent / count)


async def _counters(fleet: Fleet, size: Size) -> Sequence[int]:
    if size is not QUICK:
        await asyncio.sleep(_TOLD_SECONDS)
    assert fleet.database is not None
    connection = await asyncpg.connect(fleet.database.url)
    try:
        return tuple(await connection.fetchrow(_COUNTERS))
    finally:
        await connection.close()


def _messages(fleet: Fleet) -> tuple[int, int]:
    """Give the bytes that came from Discord, and that went to it, since the fleet forgot."""
    requests = fleet.discord.record.requests
    interactions = fleet.discord.platform.interactions.by_id
    sessions = fleet.discord.platform.gateway.connected()
    events = [event for session in sessions for event in session.events]
    asked = [event for event in events if event["t"] == "INTERACTION_CREATE"]
    # A session remembers older ones too.
    sizes = [_size(event) for event in asked if interactions.get(int(event["d"]["id"]))]
    received = sum(sizes) / len(sizes) * len(interactions)
    received += sum(_size(one.response) for one in requests)
    return round(received), sum(_size(one.body) for one in requests)


def _size(payload: Mapping[str, object] | None) -> int:
    return 0 if payload is None else len(json.dumps(payload, separators=(",", ":")))
