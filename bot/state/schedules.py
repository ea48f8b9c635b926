"""What is posted every day, and when: each step of a post is one statement."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from time import time
from typing import Any, Final

from bot.state.database import Database

MAX_A_GUILD: Final = 10
CLAIM_SECONDS: Final = 120
"""How long a post may be under way before it is thought to have been given up."""


class PostKind(StrEnum):
    """What is posted; `TURN` is one of the others a day."""

    QUOTE = "quote"
    FACT = "fact"
    QUESTION = "question"
    PROMPT = "prompt"
    TURN = "turn"


class StopReason(StrEnum):
    """Why nothing is posted any more."""

    NO = ""
    CHANNEL_GONE = "channel"
    NO_PERMISSION = "permission"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A daily post; `minute` is that of the local day, the other times are unix seconds."""

    id: int
    guild_id: int
    channel_id: int
    slug: str
    what: PostKind
    minute: int
    zone: str
    due_at: int
    pending_at: int | None
    claimed_at: int
    skipped_at: int | None
    stopped: StopReason


_COLUMNS: Final = ", ".join(Schedule.__slots__)


_OURS: Final = " AND (?2 IS NULL OR (guild_id >> 22) % ?1 IN (SELECT value FROM json_each(?2)))"


class Schedules:
    """The daily posts of all servers; those that fall to this process are of its shards."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], float] = time,
        shard_count: int | None = None,
        shard_ids: Sequence[int] | None = None,
    ) -> None:
        self._database = database
        self.clock = clock
        self._shards = shard_count or 1, None if shard_ids is None else json.dumps([*shard_ids])

    async def add(
        self,
        guild_id: int,
        channel_id: int,
        slug: str,
        what: PostKind,
        minute: int,
        zone: str,
        due_at: int,
    ) -> bool:
        """Store a daily post; False where a server has as many as it may."""
        rows = await self._database.write(
            "INSERT INTO schedule (guild_id, channel_id, slug, what, minute, zone, due_at)"
            " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7"
            " WHERE (SELECT count(*) FROM schedule WHERE guild_id = ?1) < ?8 RETURNING id",
            guild_id,
            channel_id,
            slug,
            what.value,
            minute,
            zone,
            due_at,
            MAX_A_GUILD,
        )
        return bool(rows)

    async def list_for(self, guild_id: int) -> list[Schedule]:
        return await self._read("guild_id = ? ORDER BY minute, id", guild_id)

    async def find(self, schedule_id: int, guild_id: int) -> Schedule | None:
        found = await self._read("id = ? AND guild_id = ?", schedule_id, guild_id)
        return found[0] if found else None

    async def delete(self, schedule_id: int, guild_id: int) -> bool:
        rows = await self._database.write(
            "DELETE FROM schedule WHERE id = ? AND guild_id = ? RETURNING id", schedule_id, guild_id
        )
        return bool(rows)

    async def due(self, limit: int) -> list[Schedule]:
        """List what this process has to post now: what is due, then what another has given up."""
        now = self.clock()
        due = await self._read(
            f"stopped = '' AND pending_at IS NULL AND due_at <= ?3{_OURS} ORDER BY due_at LIMIT ?4",
            *self._shards,
            now,
            limit,
        )
        return due or await self._read(
            f"pending_at IS NOT NULL AND claimed_at < ?3{_OURS} ORDER BY claimed_at LIMIT ?4",
            *self._shards,
            now - CLAIM_SECONDS,
            limit,
        )

    async def next_at(self) -> float | None:
        """Give when something is due next, or may be taken over; None where nothing is."""
        rows = await self._database.read(
            f"SELECT (SELECT min(due_at) FROM schedule WHERE stopped = ''{_OURS}),"  # noqa: S608
            f" (SELECT min(claimed_at) FROM schedule WHERE pending_at IS NOT NULL{_OURS})",
            *self._shards,
        )
        due_at, claimed_at = rows[0]
        taken_over = [] if claimed_at is None else [claimed_at + CLAIM_SECONDS]
        return min([*taken_over, *([] if due_at is None else [due_at])], default=None)

    async def overdue(self) -> int:
        """Count what should have been posted by now."""
        rows = await self._database.read(
            "SELECT count(*) FROM schedule WHERE stopped = ''"
            " AND (due_at <= ?1 OR pending_at IS NOT NULL)",
            self.clock(),
        )
        return rows[0][0]

    async def claim(self, schedule: Schedule, next_due: int) -> bool:
        """Take a post over, as it was seen; of two who try one does.

        What has been due becomes what is under way, and the next post is due at `next_due`.
        """
        if schedule.pending_at is not None:
            return await self._change(schedule, "claimed_at = ?", int(self.clock()))
        return await self._change(
            schedule,
            "pending_at = due_at, claimed_at = ?, due_at = ?",
            int(self.clock()),
            next_due,
        )

    async def skip(self, schedule: Schedule, due_at: int, next_due: int) -> bool:
        """Leave out the post that was due at `due_at`, and say so in the list."""
        return await self._change(
            schedule, "pending_at = NULL, skipped_at = ?, due_at = ?", due_at, next_due
        )

    async def settle(self, schedule_id: int, pending_at: int) -> None:
        """Note that a post is done."""
        await self._database.write(
            "UPDATE schedule SET pending_at = NULL WHERE id = ? AND pending_at = ?",
            schedule_id,
            pending_at,
        )

    async def stop(self, schedule_id: int, why: StopReason) -> None:
        """Post nothing any more, until somebody says that it can go on."""
        await self._database.write(
            "UPDATE schedule SET pending_at = NULL, stopped = ? WHERE id = ?",
            why.value,
            schedule_id,
        )

    async def go_on(self, schedule: Schedule, next_due: int) -> None:
        await self._database.write(
            "UPDATE schedule SET stopped = '', skipped_at = NULL, due_at = ? WHERE id = ?",
            next_due,
            schedule.id,
        )

    async def _change(self, seen: Schedule, change: str, *parameters: object) -> bool:
        rows = await self._database.write(
            f"UPDATE schedule SET {change} WHERE id = ? AND due_at = ? AND pending_at IS ?"  # noqa: S608
            " AND claimed_at = ? AND stopped = '' RETURNING id",
            *parameters,
            seen.id,
            seen.due_at,
            seen.pending_at,
            seen.claimed_at,
        )
        return bool(rows)

    async def _read(self, where: str, *parameters: object) -> list[Schedule]:
        rows = await self._database.read(
            f"SELECT {_COLUMNS} FROM schedule WHERE {where}",  # noqa: S608
            *parameters,
        )
        return [_schedule(row) for row in rows]


def _schedule(row: Sequence[Any]) -> Schedule:
    fields: dict[str, Any] = dict(zip(Schedule.__slots__, row, strict=True))
    fields["what"], fields["stopped"] = PostKind(fields["what"]), StopReason(fields["stopped"])
    return Schedule(**fields)
