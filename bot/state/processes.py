"""What the processes of a bot note of themselves, so that each knows of the others."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.state.database import Database, Row

LIVE_SECONDS: Final = 30
"""For which a process is thought to be there after it was last heard of."""

_PUT: Final = """
INSERT INTO process (
    id, host, pid, version, place, processes, shard_count, shard_ids, content, started_at, seen_at
) VALUES (
    :id, :host, :pid, :version, :place, :processes, :shard_count, :shard_ids, :content, :started_at,
    unix_now()
)
ON CONFLICT (id) DO UPDATE SET place = excluded.place, processes = excluded.processes,
shard_count = excluded.shard_count, shard_ids = excluded.shard_ids, content = excluded.content,
seen_at = excluded.seen_at
"""
LIVE: Final = f"""
SELECT id, host, pid, version, place, processes, shard_count, shard_ids, content, started_at
FROM process WHERE seen_at > unix_now() - {LIVE_SECONDS}
ORDER BY place IS NULL, place, host, pid, id
"""  # noqa: S608 - our own number


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessNote:
    """Who a process is, and what it serves: all shards, unless some are named."""

    id: str
    host: str
    pid: int
    version: str
    content: str
    """The name of the file that its interviews were built into: the same where they are."""
    started_at: int
    place: int | None = None
    processes: int | None = None
    shard_count: int | None = None
    shard_ids: tuple[int, ...] = ()

    @property
    def is_spare(self) -> bool:
        """Say whether it waits for a place."""
        return self.processes is not None and self.place is None


class Processes:
    """Goes by the clock of the database, which is the same for all of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, note: ProcessNote) -> None:
        """Note that a process is there now, and as what."""
        fields = {name: getattr(note, name) for name in ProcessNote.__slots__}
        await self._database.write(_PUT, **fields | {"shard_ids": json.dumps(note.shard_ids)})

    async def live(self) -> Sequence[ProcessNote]:
        """List who is there: by place, and at the end who waits for one."""
        return [note_of(row) for row in await self._database.read(LIVE)]

    async def remove(self, process_id: str) -> None:
        await self._database.write("DELETE FROM process WHERE id = :id", id=process_id)

    async def remove_others_at(self, place: int, process_id: str) -> None:
        """Forget who had a place before, and could not say that it ended."""
        await self._database.write(
            "DELETE FROM process WHERE place = :place AND id <> :id", place=place, id=process_id
        )


def note_of(row: Row) -> ProcessNote:
    fields: dict[str, Any] = {name: row[name] for name in ProcessNote.__slots__}
    fields["shard_ids"] = tuple(json.loads(row["shard_ids"]))
    return ProcessNote(**fields)
