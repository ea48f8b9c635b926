"""What was decided about a transcript when it was loaded before: it is read the same again."""

import filecmp
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.editing.load import plan_of
from bot.errors import OperatorError
from bot.interview.loading.loaded_packs import (
    hold_packs,
    loaded_folders,
    transcript_of,
    write_plan,
)
from bot.interview.loading.plan import Plan
from bot.interview.pack.files import READING
from bot.interview.transcript import Decisions, Transcript, TranscriptError, parse_transcript
from bot.interview.transcript.decisions import read_decisions
from bot.reading.bounded import is_there
from bot.text import ENCORE, _


@dataclass(frozen=True, slots=True)
class Load:
    """A transcript to load, and the packs that there are; `slug` where one of them is named."""

    file: Path
    packs_dir: Path
    data_dir: Path
    slug: str | None = None

    def parse(self, decisions: Decisions, overrides: Decisions | None = None) -> Transcript:
        """Read the file; raises TranscriptError.

        It says so where that is due to what was kept, and not to `overrides`.
        """
        try:
            return parse_transcript(self.file, decisions=decisions)
        except TranscriptError as error:
            if overrides is None or decisions is overrides:
                raise
            raise TranscriptError(
                _("With the decisions kept for {name}: {why}", name=self.file.name, why=error),
                _("Change them: {encore} load {file} --preview", encore=ENCORE, file=self.file),
            ) from error

    def plan(self, transcript: Transcript) -> Plan:
        return plan_of(transcript, self.packs_dir, self.data_dir, self.slug)

    def write(self, plan: Plan, decisions: Decisions) -> Path:
        return write_plan(plan, self.file, self.data_dir, decisions.to_toml())

    def alone(self) -> AbstractContextManager[None]:
        return hold_packs(self.data_dir)

    def decisions(self, overrides: Decisions) -> Decisions:
        """Find what was decided when the same interview was loaded; `overrides` go before it.

        Raises OperatorError where that was damaged since.
        """
        for folder in reversed(loaded_folders(self.data_dir)):
            if not is_there(folder / READING) or self.slug not in (None, folder.name):
                continue
            try:
                decisions = read_decisions(folder / READING).but(overrides)
            except OperatorError:
                if self._becomes(folder, overrides):
                    raise
                continue
            if self._becomes(folder, decisions, overrides):
                return decisions
        return overrides

    def _becomes(self, folder: Path, *readings: Decisions) -> bool:
        """Say whether a pack would be written anew, under the first decisions that can be read."""
        for decisions in readings:
            try:
                transcript = parse_transcript(self.file, decisions=decisions)
            except TranscriptError:
                continue
            return self.plan(transcript).slug == folder.name
        return False


def loaded_from(file: Path, data_dir: Path) -> Path | None:
    """Find the pack that was loaded, last, from a file with the same content."""
    for folder in reversed(loaded_folders(data_dir)):
        copy = transcript_of(folder)
        # A file that can't be read is told of where it is parsed.
        with suppress(OSError):
            if copy is not None and filecmp.cmp(file, copy, shallow=False):
                return folder
    return None


def decisions_in(folder: Path) -> Decisions:
    """Read what was decided about a pack's transcript; raises OperatorError where it is damaged."""
    reading = folder / READING
    return read_decisions(reading) if is_there(reading) else Decisions()
