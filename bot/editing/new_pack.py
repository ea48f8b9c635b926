"""An interview of an editor's own, begun: empty, or out of a transcript."""

import os.path
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bot.errors import OperatorError
from bot.interview.loading.draft import write_draft
from bot.interview.loading.plan import Plan
from bot.interview.loading.planning import plan_new
from bot.interview.pack.files import is_slug
from bot.interview.transcript import Decisions, Transcript, parse_transcript
from bot.text import _

_EMPTY: Final[Mapping[str, Any]] = {"title": "", "outlet": ""}
_PEOPLE: Final[Sequence[Mapping[str, Any]]] = [{"name": "", "key": "first-speaker"}]
_EXCHANGES: Final[Sequence[Mapping[str, Any]]] = [
    {"number": number, "title": "", "summary": ""} for number in (0, 1)
]


@dataclass(frozen=True, slots=True)
class NewPack:
    """A pack that a transcript becomes; one whose quotes are picked begins without any."""

    file: Path
    folder: Path
    picks: bool = False

    def parse(self, decisions: Decisions) -> Transcript:
        return parse_transcript(self.file, decisions=decisions)

    def plan(self, transcript: Transcript) -> Plan:
        plan = plan_new(transcript, slug_of(self.folder))
        return replace(plan, quotes=[]) if self.picks else plan

    def write(self, plan: Plan, decisions: Decisions) -> Path:
        write_draft(plan, self.folder, decisions.to_toml())
        return self.folder

    def alone(self) -> AbstractContextManager[None]:
        # What is in the way is told when it is written.
        return nullcontext()


def draft(file: Path, folder: Path, decisions: Decisions) -> Transcript:
    """Write a new pack out of a transcript; gives what was understood of it."""
    pack = NewPack(file, folder)
    slug_of(folder)
    transcript = pack.parse(decisions)
    pack.write(pack.plan(transcript), decisions)
    return transcript


def begin(folder: Path) -> None:
    """Write a new pack that says nothing yet, with comments that say what to fill in."""
    people, exchanges = map(list, (_PEOPLE, _EXCHANGES))
    interview = {**_EMPTY, "people": people, "exchanges": exchanges}
    write_draft(Plan(slug_of(folder), interview=interview), folder)


def slug_of(folder: Path) -> str:
    """Give the name of a folder; raises OperatorError where it can be no interview's."""
    # Not `resolve`, which raises RuntimeError where links lead in a circle.
    slug = Path(os.path.realpath(folder)).name
    if not is_slug(slug):
        raise OperatorError(
            _("The folder's name {name!r} doesn't fit on a button.", name=folder.name),
            _("Use at most 32 lowercase letters, digits and hyphens."),
        )
    return slug
