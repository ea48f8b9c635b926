"""A transcript under decisions, and all that the preview's page is told of it."""

import logging
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias

from bot.editing.voice_decisions import Voice, voices_in
from bot.editing.voices_heard import sureness
from bot.errors import OperatorError
from bot.interview.loading.plan import Plan
from bot.interview.transcript import Decisions, Transcript
from bot.text import Text, _, plural, say

log = logging.getLogger(__name__)

Json: TypeAlias = dict[str, Any]

ANSWERER: Final = "A"
"""The label of who gives answers that have none."""
ROWS: Final = 500
"""Lines that are sent at once."""
_MAX_TEXT: Final = 20_000
"""Characters of a line that are shown."""
_MAX_FIRST: Final = 120
_NAMED: Final = 3
"""People whom the sentence names."""
_LEFT_OUT: Final = 30


class Undertaking(Protocol):
    """A transcript, and what it is to become once somebody agrees."""

    @property
    def file(self) -> Path: ...
    def parse(self, decisions: Decisions) -> Transcript: ...
    def plan(self, transcript: Transcript) -> Plan: ...
    def write(self, plan: Plan, decisions: Decisions) -> Path: ...
    def alone(self) -> AbstractContextManager[None]:
        """Keep other processes from writing the same."""
        ...


@dataclass(frozen=True)
class Understanding:
    """What a file is under decisions; `problem` says why it cannot be loaded like that."""

    name: str
    decisions: Decisions
    signature: object
    """Another one once the file was changed."""
    transcript: Transcript | None = None
    plan: Plan | None = None
    problem: str = ""
    voices: Sequence[Voice] = field(default=())
    lacks_name: bool = False
    "I can read it once you say who answers."

    def overview(self) -> Json:
        """Tell all but the lines."""
        transcript = self.transcript
        return {
            "name": self.name,
            "title": self._title(),
            "problem": self.problem,
            "understood": say(understood(transcript)) if transcript else "",
            "shape": transcript.shape if transcript else self.decisions.shape,
            "shapes": list(transcript.shapes) if transcript else [],
            "sureness": sureness(transcript) if transcript else "",
            "lacksName": self.lacks_name,
            "voices": [_voice(voice) for voice in self.voices],
            "nobody": list(self.decisions.nobody),
            "isDecided": self.decisions != Decisions(),
            "doubts": self._doubts(),
            "rows": len(transcript.lines) if transcript else 0,
            "plan": say(planned(self.plan)) if self.plan else "",
            "leftOut": self.plan.left_out[:_LEFT_OUT] if self.plan else [],
        }

    def _title(self) -> str:
        """Give what the interview will be called, or the file where that is not known."""
        title = self.transcript.title if self.transcript else ""
        planned_title = self.plan.interview.get("title", "") if self.plan else ""
        return title or planned_title or self.name

    def rows(self, start: int) -> list[list[Any]]:
        """Tell some lines: the number, the text, the place of its voice or -1, is it a question."""
        if self.transcript is None:
            return []
        places = self._places
        return [
            [
                line.line,
                cut(line.text, _MAX_TEXT),
                places[line.voice] if line.voice or line.is_question else -1,
                int(line.is_question),
            ]
            for line in self.transcript.lines[start : start + ROWS]
        ]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {voice.name: place for place, voice in enumerate(self.voices)}

    def _doubts(self) -> list[Json]:
        if self.transcript is None:
            return []
        numbers = [line.line for line in self.transcript.lines]
        rows = {number: row for row, number in reversed(list(enumerate(numbers)))}
        return [
            {
                "line": note.line,
                "why": note.why,
                "row": rows.get(note.line, max(0, bisect_right(numbers, note.line) - 1)),
            }
            for note in self.transcript.unsure
        ]


def understand(load: Undertaking, decisions: Decisions) -> Understanding:
    """Read the file and plan what it becomes; what cannot be is the `problem`."""
    signature = signature_of(load)
    name = load.file.name
    transcript = _parsed(load, decisions)
    if isinstance(transcript, str):
        named = _parsed(load, decisions.naming({ANSWERER: ANSWERER}))
        lacks_name = isinstance(named, Transcript)
        return Understanding(name, decisions, signature, problem=transcript, lacks_name=lacks_name)
    voices = voices_in(transcript)
    try:
        plan = load.plan(transcript)
    except OperatorError as error:
        return Understanding(
            name, decisions, signature, transcript, problem=str(error), voices=voices
        )
    return Understanding(name, decisions, signature, transcript, plan, voices=voices)


def _parsed(load: Undertaking, decisions: Decisions) -> Transcript | str:
    """Read the file, or say why it cannot be read."""
    try:
        return load.parse(decisions)
    except OperatorError as error:
        return str(error)
    except Exception:
        # The page goes on, and the decision is taken back.
        log.exception("a transcript cannot be read")
        return say(_("It can't be read like that; the terminal says why."))


def signature_of(load: Undertaking) -> object:
    """Sum up what would change when the file does."""
    try:
        stat = load.file.stat()
    except OSError as error:
        return str(error)
    return stat.st_mtime_ns, stat.st_size


def understood(transcript: Transcript) -> Text:
    """Say in a sentence who asks, who answers, and how often."""
    askers = [voice.name for voice in voices_in(transcript) if voice.asks and voice.name]
    answers = sum(len(exchange.answers) for exchange in transcript.exchanges)
    asks = (
        plural("{names} asks", "{names} ask", len(askers), names=_names(askers))
        if askers
        else _("The interviewer isn't named")
    )
    return _(
        "{asks}; {answer}: {questions}, {answers}.",
        asks=asks,
        answer=plural(
            "{names} answers",
            "{names} answer",
            len(transcript.people),
            names=_names(transcript.people),
        ),
        questions=plural("1 question", "{count} questions", len(transcript.exchanges)),
        answers=plural("1 answer", "{count} answers", answers),
    )


def planned(plan: Plan) -> Text:
    """Say what would be written."""
    quotes = plural("1 quote", "{count} quotes", len(plan.passages))
    if plan.adds_to:
        return _("It adds {quotes} to {slug}.", quotes=quotes, slug=plan.adds_to)
    if not plan.quotes:
        return _("A new interview, {slug}. You pick its quotes next.", slug=plan.slug)
    return _("A new interview, {slug}: {quotes}.", quotes=quotes, slug=plan.slug)


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _names(names: Sequence[str]) -> Text | str:
    if len(names) < 2:
        return names[0] if names else ""
    if len(names) > _NAMED + 1:
        return _(
            "{names} and {count} more", names=", ".join(names[:_NAMED]), count=len(names) - _NAMED
        )
    return _("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def _voice(voice: Voice) -> Json:
    return {
        "name": voice.name,
        "labels": voice.labels,
        "asks": voice.asks,
        "turns": voice.turns,
        "first": cut(voice.first, _MAX_FIRST),
    }
