"""What this process tells the others of itself, and what it knows of them."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from time import time
from typing import Final
from uuid import uuid4

from bot.config import Settings
from bot.errors import StateUnavailableError
from bot.process.outages import Outages, Part
from bot.process.persistence import persist
from bot.process.tasks import cancel
from bot.process.version import version
from bot.state.database import Database
from bot.state.processes import Processes, ProcessNote
from bot.text import ENCORE, Text, _, say

log = logging.getLogger(__name__)

_PAUSE_SECONDS: Final = 10.0
_RETRY_SECONDS: Final = 1.0
# Of what nobody waits for at the end.
_PATIENCE_SECONDS: Final = 3.0


class Presence:
    """Notes this process with the others; one that is alone keeps no notes."""

    def __init__(self, processes: Processes | None, note: ProcessNote, outages: Outages) -> None:
        self._processes = processes
        self._outages = outages
        self._is_compared = False
        self.note: ProcessNote = note
        self.everybody: Sequence[ProcessNote] = ()
        """Who was there some seconds ago, this process too."""
        self.waits_for: Text | None = None
        """Why this process serves nothing yet."""

    async def look(self) -> Sequence[ProcessNote]:
        """List the others that are there now."""
        if self._processes is not None:
            self.everybody = await self._processes.live()
        return [note for note in self.everybody if note.id != self.note.id]

    def report(self) -> Sequence[Mapping[str, object]]:
        """Give what each process has noted, for /health."""
        return [report_on(note) for note in self.everybody]

    async def serve(self, settings: Settings, place: int | None = None) -> None:
        """Note what this process serves from now on; raises StateUnavailableError."""
        if self._processes is not None and place is not None:
            await self._processes.remove_others_at(place, self.note.id)
        former = self.note
        self.note = replace(
            former,
            shard_count=settings.shard_count,
            shard_ids=settings.shard_ids or (),
            place=place,
        )
        try:
            await self._tell()
        except StateUnavailableError:
            self.note = former
            raise
        self.waits_for = None
        with suppress(StateUnavailableError):
            await self.look()

    async def keep(self) -> None:
        """Say again and again that this process is there.

        Soon after an outage, too: who comes by then has to know how many shards there are.
        """
        note = partial(persist, self._is_noted, self._outages, Part.PROCESSES, outlasts_bugs=True)
        while True:
            is_noted = await note()
            await asyncio.sleep(_PAUSE_SECONDS if is_noted else _RETRY_SECONDS)

    async def _is_noted(self) -> bool:
        """Note this process, and look for others; False where the database is away."""
        try:
            await self._tell()
            others = await self.look()
        except StateUnavailableError:
            # It tells that itself.
            return False
        if not self._is_compared:
            self._is_compared = True
            _compare(self.note, others)
        return True

    async def leave(self) -> None:
        with suppress(StateUnavailableError, TimeoutError):
            async with asyncio.timeout(_PATIENCE_SECONDS):
                if self._processes is not None:
                    await self._processes.remove(self.note.id)

    async def _tell(self) -> None:
        if self._processes is not None:
            await self._processes.put(self.note)


@asynccontextmanager
async def presence_of(
    settings: Settings, database: Database, content: str
) -> AsyncGenerator[Presence]:
    """Note this process for as long as it is there; `content` is the name of its content."""
    note = ProcessNote(
        id=uuid4().hex,
        host=socket.gethostname(),
        pid=os.getpid(),
        version=version(),
        content=content.removeprefix("content-").removesuffix(".sqlite3"),
        started_at=int(time()),
        processes=settings.processes,
    )
    is_kept = settings.database_url is not None or settings.shares_state
    presence = Presence(Processes(database) if is_kept else None, note, database.outages)
    tasks = [asyncio.create_task(presence.keep())] if is_kept else []
    try:
        yield presence
    finally:
        await cancel(tasks)
        await presence.leave()


def report_on(note: ProcessNote) -> Mapping[str, object]:
    return {
        "host": note.host,
        "pid": note.pid,
        "version": note.version,
        "place": note.place,
        "processes": note.processes,
        "is_spare": note.is_spare,
        "shards": len(note.shard_ids),
        "shard_ids": note.shard_ids,
        "shard_count": note.shard_count,
        "content": note.content,
        "started_at": note.started_at,
    }


def _compare(note: ProcessNote, others: Sequence[ProcessNote]) -> None:
    """Say loudly that others show other interviews: members see what their server's process has."""
    if hosts := sorted({other.host for other in others if other.content != note.content}):
        log.warning("%s", say(other_interviews(", ".join(hosts))))


def other_interviews(hosts: str) -> Text:
    return _(
        "The interviews here differ from those on {hosts}. Give every host the same ones: copy"
        " DATA_DIR/packs there, or run {encore} load there too; keep PACKS_DIR and the version of"
        " Encore the same; then restart the processes that differed.",
        encore=ENCORE,
        hosts=hosts,
    )
