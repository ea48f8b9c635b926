"""What is posted every day, and when: each step of a post is one statement."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NamedTuple

from bot.process.utc_days import SECONDS_A_DAY
from bot.state.database import Database, Row

MAX_A_GUILD: Final = 10
CLAIM_SECONDS: Final = 120
"""How long a post may be under way before it is thought to have been given up."""


class PostKind(StrEnum):
    """What is posted; `TURN` is one of those before it a day, `SEASON` comes once a week."""

    QUOTE = "quote"
    FACT = "fact"
    QUESTION = "question"
    PROMPT = "prompt"
    TURN = "turn"
    SEASON = "season"


class StopReason(StrEnum):
    """Why nothing is posted any more."""

    NO = ""
    CHANNEL_GONE = "channel"
    NO_PERMISSION = "permission"
    REFUSED = "refused"
    ZONE_GONE = "zone"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A daily post; `minute` is that of the local day, the other times are unix seconds.

    `message_id` is that of the post under way, once it stands and only its thread is missing.
    """

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
    message_id: int | None = None


class Outlook(NamedTuple):
    """How many daily posts are coming, were stopped, and should be out by now."""

    due: int
    stopped: int
    overdue: int


_COLUMNS: Final = (
    "id, guild_id, channel_id, slug, what, minute, zone, due_at, pending_at, claimed_at,"
    " skipped_at, stopped, message_id"
)
_ADD: Final = """
INSERT INTO schedule (guild_id, channel_id, slug, what, minute, zone, due_at)
SELECT :guild_id, :channel_id, :slug, :what, :minute, :zone, :due_at
WHERE (SELECT count(*) FROM schedule WHERE guild_id = :guild_id) < :most
RETURNING id
"""
# Discord's rule: the shard of a server is what is left of its id, without the last 22 bits.
_OURS: Final = (
    " AND (CAST(:shard_ids AS TEXT) IS NULL"
    " OR :shard_ids LIKE '% ' || CAST((guild_id >> 22) % :shard_count AS TEXT) || ' %')"
)


class Schedules:
    """The daily posts of all servers; those that fall to this process are of its shards."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], float],
        shard_count: int | None = None,
        shard_ids: Sequence[int] | None = None,
    ) -> None:
        self._database = database
        self.now = now
        self._shards = {
            "shard_count": shard_count or 1,
            "shard_ids": None if shard_ids is None else f" {' '.join(map(str, shard_ids))} ",
        }

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
        rows = await self._database.write_in_turn(
            guild_id,
            _ADD,
            guild_id=guild_id,
            channel_id=channel_id,
            slug=slug,
            what=what.value,
            minute=minute,
            zone=zone,
            due_at=due_at,
            most=MAX_A_GUILD,
        )
        return bool(rows)

    async def list_for(self, guild_id: int) -> list[Schedule]:
        return await self._read("guild_id = :guild_id ORDER BY minute, id", guild_id=guild_id)

    async def find(self, schedule_id: int, guild_id: int) -> Schedule | None:
        schedules = await self._read(
            "id = :id AND guild_id = :guild_id", id=schedule_id, guild_id=guild_id
        )
        return schedules[0] if schedules else None

    async def delete(self, schedule_id: int, guild_id: int) -> bool:
        rows = await self._database.write(
            "DELETE FROM schedule WHERE id = ? AND guild_id = ? RETURNING id", schedule_id, guild_id
        )
        return bool(rows)

    async def due(self, limit: int) -> list[Schedule]:
        """List what this process has to post now: what is due, then what another has given up."""
        now = self.now()
        due = await self._read(
            f"stopped = '' AND pending_at IS NULL AND due_at <= :now{_OURS}"
            " ORDER BY due_at LIMIT :limit",
            **self._shards,
            now=now,
            limit=limit,
        )
        return due or await self._read(
            f"stopped = '' AND pending_at IS NOT NULL AND claimed_at < :claimed_before{_OURS}"
            " ORDER BY claimed_at LIMIT :limit",
            **self._shards,
            claimed_before=now - CLAIM_SECONDS,
            limit=limit,
        )

    async def next_at(self) -> float | None:
        """Give when something is due next, or may be taken over; None where nothing is."""
        rows = await self._database.read(
            f"SELECT (SELECT min(due_at) FROM schedule WHERE stopped = ''{_OURS}),"  # noqa: S608 - our own words
            " (SELECT min(claimed_at) FROM schedule"
            f" WHERE stopped = '' AND pending_at IS NOT NULL{_OURS})",
            **self._shards,
        )
        due_at, claimed_at = rows[0]
        taken_over = [] if claimed_at is None else [claimed_at + CLAIM_SECONDS]
        return min([*taken_over, *([] if due_at is None else [due_at])], default=None)

    async def overdue(self) -> int:
        """Count what this process should have posted by now."""
        rows = await self._database.read(
            "SELECT count(*) FROM schedule WHERE stopped = ''"  # noqa: S608 - our own words
            f" AND (due_at <= :now OR pending_at IS NOT NULL){_OURS}",
            **self._shards,
            now=self.now(),
        )
        return rows[0][0]

    async def outlook(self, seconds: int = SECONDS_A_DAY) -> Outlook:
        """Count what this process is to post within so many seconds, and what it has stopped."""
        rows = await self._database.read(
            "SELECT (SELECT count(*) FROM schedule"  # noqa: S608 - our own words
            f" WHERE stopped = '' AND due_at <= :until{_OURS}),"
            f" (SELECT count(*) FROM schedule WHERE stopped <> ''{_OURS})",
            **self._shards,
            until=self.now() + seconds,
        )
        return Outlook(*rows[0], overdue=await self.overdue())

    async def under_way(self) -> set[int]:
        """Give the posts that have been begun and are neither sent nor left out."""
        sql = "SELECT id FROM schedule WHERE stopped = '' AND pending_at IS NOT NULL"
        return {schedule_id for (schedule_id,) in await self._database.read(sql)}

    async def claim(self, schedule: Schedule, next_due: int) -> bool:
        """Take a post over, as it was seen; of two who try one does.

        What has been due becomes what is under way, and the next post is due at `next_due`.
        """
        now = int(self.now())
        if schedule.pending_at is not None:
            return await self._change(schedule, "claimed_at = :now", now=now)
        return await self._change(
            schedule,
            "pending_at = due_at, claimed_at = :now, due_at = :next_due",
            now=now,
            next_due=next_due,
        )

    async def bring_forward(self, schedule: Schedule, next_due: int) -> bool:
        """Let a post be under way now, whoever takes it over; False where it is, or is not there.

        The next one is due at `next_due`.
        """
        if schedule.pending_at is not None:
            return False
        return await self._change(
            schedule,
            "pending_at = :now, claimed_at = 0, due_at = :next_due",
            now=int(self.now()),
            next_due=next_due,
        )

    async def skip(self, schedule: Schedule, due_at: int, next_due: int) -> bool:
        """Leave out the post that was due at `due_at`, and say so in the list."""
        return await self._change(
            schedule,
            "pending_at = NULL, message_id = NULL, skipped_at = :due_at, due_at = :next_due",
            due_at=due_at,
            next_due=next_due,
        )

    async def postpone(self, schedule_id: int, pending_at: int, seconds: float) -> None:
        """Let a post that is under way be taken over after so many seconds, and not before."""
        await self._database.write(
            "UPDATE schedule SET claimed_at = ? WHERE id = ? AND pending_at = ?",
            int(self.now() + seconds) - CLAIM_SECONDS,
            schedule_id,
            pending_at,
        )

    async def note_message(self, schedule_id: int, pending_at: int, message_id: int) -> None:
        """Note that a post stands: it is never sent again, and what belongs below it follows."""
        await self._database.write(
            "UPDATE schedule SET message_id = ? WHERE id = ? AND pending_at = ?",
            message_id,
            schedule_id,
            pending_at,
        )

    async def settle(self, schedule_id: int, pending_at: int) -> None:
        """Note that a post is done."""
        await self._database.write(
            "UPDATE schedule SET pending_at = NULL, message_id = NULL"
            " WHERE id = ? AND pending_at = ?",
            schedule_id,
            pending_at,
        )

    async def stop(self, schedule_id: int, why: StopReason) -> None:
        """Post nothing any more, until somebody says that it can go on."""
        await self._database.write(
            "UPDATE schedule SET pending_at = NULL, message_id = NULL, stopped = ? WHERE id = ?",
            why.value,
            schedule_id,
        )

    async def go_on(self, schedule: Schedule, next_due: int) -> None:
        await self._database.write(
            "UPDATE schedule SET stopped = '', skipped_at = NULL, due_at = ? WHERE id = ?",
            next_due,
            schedule.id,
        )

    async def _change(self, schedule: Schedule, change: str, **values: object) -> bool:
        """Change a post that is still as it was seen; the first of two who try wins."""
        rows = await self._database.write(
            f"UPDATE schedule SET {change}"  # noqa: S608 - our own words
            " WHERE id = :id AND due_at = :seen_due_at AND claimed_at = :seen_claimed_at"
            " AND pending_at IS NOT DISTINCT FROM :seen_pending_at AND stopped = '' RETURNING id",
            **values,
            id=schedule.id,
            seen_due_at=schedule.due_at,
            seen_claimed_at=schedule.claimed_at,
            seen_pending_at=schedule.pending_at,
        )
        return bool(rows)

    async def _read(self, where: str, **values: object) -> list[Schedule]:
        sql = f"SELECT {_COLUMNS} FROM schedule WHERE {where}"  # noqa: S608 - our own words
        return [_schedule(row) for row in await self._database.read(sql, **values)]


def _schedule(row: Row) -> Schedule:
    fields: dict[str, Any] = dict(row)
    fields["what"], fields["stopped"] = PostKind(row["what"]), StopReason(row["stopped"])
    return Schedule(**fields)
