"""A transcript while somebody decides about it: read again after each change, then written."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.editing.understanding import (
    Json,
    Understanding,
    Undertaking,
    signature_of,
    understand,
)
from bot.editing.voice_decisions import VoiceDecisions
from bot.errors import OperatorError
from bot.interview.transcript import Decisions
from bot.text import _

_POLL_SECONDS: Final = 0.5
_MOST_UNDONE: Final = 200


class Review:
    """What all open pages show; nothing is written before `use`."""

    def __init__(self, load: Undertaking, decisions: Decisions) -> None:
        self._load = load
        self.decisions = decisions
        """Those that were made last; `understanding` may still be read under earlier ones."""
        self.understanding: Understanding = understand(load, decisions)
        self.version = 1
        """Of what is shown."""
        self.folder: Path | None = None
        """Where it was written."""
        self.refusal = ""
        """Why the last change was taken back."""
        self.news = asyncio.Event()
        """Set, and another one, when there is something else to show."""
        self.end = asyncio.Event()
        """Set when it was written, or nobody wants that any more."""
        self._before: list[Decisions] = []
        self._due = asyncio.Event()
        self._writing: asyncio.Task[Path] | None = None

    @property
    def is_reading(self) -> bool:
        return self.decisions is not self.understanding.decisions

    def state(self) -> Json:
        """Tell how far it is, without what is shown."""
        return {
            "version": self.version,
            "isReading": self.is_reading,
            "canUndo": bool(self._before),
            "refusal": self.refusal,
            "folder": str(self.folder) if self.folder else "",
        }

    def change(self, decide: Callable[[VoiceDecisions], Decisions]) -> None:
        """Decide something about the voices; it is read soon, with what is decided until then."""
        self.replace(decide(VoiceDecisions(self.decisions, self.understanding.voices)))

    def replace(self, decisions: Decisions) -> None:
        """Put decisions in the place of those before; raises OperatorError once it is written."""
        self._refuse_late()
        self._before = [*self._before[-_MOST_UNDONE:], self.decisions]
        self._turn_to(decisions)

    def undo(self) -> None:
        self._refuse_late()
        if not self._before:
            raise OperatorError(_("There's nothing to undo."))
        self._turn_to(self._before.pop())

    async def keep_reading(self) -> None:
        """Read again whenever something was decided, or the file was changed."""
        while True:
            try:
                await asyncio.wait_for(self._due.wait(), _POLL_SECONDS)
            except TimeoutError:
                signature = await asyncio.to_thread(signature_of, self._load)
                if signature == self.understanding.signature:
                    continue
            self._due.clear()
            await self._read()

    async def use(self, version: int) -> Path:
        """Write what is shown; raises OperatorError where that is not what somebody saw."""
        self._refuse_late()
        if version != self.version or self.is_reading:
            raise OperatorError(
                _("The file was read again in the meantime."), _("Take another look, then use it.")
            )
        # Whoever asked may leave: what was begun is ended.
        self._writing = asyncio.create_task(asyncio.to_thread(self._write, self.understanding))
        self._writing.add_done_callback(self._end_writing)
        return await asyncio.shield(self._writing)

    async def finish(self) -> Path | None:
        """Wait for what is being written; the folder, if it was."""
        if self._writing is not None:
            await asyncio.wait([self._writing])
        return self.folder

    def _turn_to(self, decisions: Decisions) -> None:
        self.decisions = decisions
        self.refusal = ""
        self._due.set()
        self._tell()

    async def _read(self) -> None:
        understanding = await asyncio.to_thread(understand, self._load, self.decisions)
        is_same_file = understanding.signature == self.understanding.signature
        is_lost = understanding.transcript is None and self.understanding.transcript is not None
        if is_lost and is_same_file:
            self._take_back(understanding)
        else:
            self.understanding = understanding
            self.version += 1
        self._tell()

    def _take_back(self, understanding: Understanding) -> None:
        """Go back to what could be read, unless something else was decided meanwhile."""
        if understanding.decisions is not self.decisions:
            return
        while self._before and self.decisions is not self.understanding.decisions:
            self.decisions = self._before.pop()
        # What was undone is not among those before.
        self.decisions = self.understanding.decisions
        self.refusal = understanding.problem

    def _write(self, understanding: Understanding) -> Path:
        with self._load.alone():
            if understanding.transcript is None:
                raise OperatorError(_("There's nothing to write yet."))
            if signature_of(self._load) != understanding.signature:
                raise OperatorError(_("The file has just changed."), _("Take another look."))
            # Another load may have ended since it was shown.
            plan = self._load.plan(understanding.transcript)
            self.folder = self._load.write(plan, understanding.decisions)
            self.refusal = ""
        return self.folder

    def _end_writing(self, writing: asyncio.Task[Path]) -> None:
        if not (writing.cancelled() or writing.exception()):
            self.end.set()
        self._tell()

    def _refuse_late(self) -> None:
        if self._writing is not None and not (
            self._writing.done() and (self._writing.cancelled() or self._writing.exception())
        ):
            raise OperatorError(_("It's being written, so it can't be changed any more."))

    def _tell(self) -> None:
        event, self.news = self.news, asyncio.Event()
        event.set()
