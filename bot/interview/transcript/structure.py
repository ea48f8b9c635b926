"""What a transcript says: who asked what, who answered, and what was not certain."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.errors import OperatorError


class TranscriptError(OperatorError):
    """A file that cannot be read as an interview."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """A line that could mean something else."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line of the file as it was understood; without a voice it is nobody's words.

    `label` is what stands in the file for the voice, wherever that was last said; unlabelled
    questions have none.
    """

    line: int
    text: str
    voice: str = ""
    label: str = ""
    is_question: bool = False


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    speaker: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpokenExchange:
    """A question of the interviewer and what was answered, in the order of the file."""

    question: str
    answers: tuple[SpokenAnswer, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a file says of where it comes from, as far as it says so; all as it stands there."""

    byline: str = ""
    outlet: str = ""
    link: str = ""
    date: str = ""

    @property
    def names(self) -> list[str]:
        """Each name of the byline: "Ada Example and Bo Sample" are two."""
        return [name for name in re.split(r",\s|\s(?:and|&|und|et|y|e|en)\s", self.byline) if name]


@dataclass(frozen=True, slots=True)
class Transcript:
    """An interview as it was understood; `people` are those who answer."""

    title: str
    interviewer: str
    people: tuple[str, ...]
    exchanges: tuple[SpokenExchange, ...]
    unsure: tuple[Unsure, ...] = field(default=())
    shape: str = ""
    """How the file marks a new voice, as `--shape` has it."""
    confidence: float = 1.0
    """How sure all of it is, from 0 to 1."""
    lines: tuple[SpokenLine, ...] = ()
    """All that stands in the file, in its order."""
    shapes: tuple[str, ...] = ()
    """All shapes that may be the file's, the most likely first."""
    imprint: Imprint = Imprint()

    def to_json(self) -> Mapping[str, Any]:
        """Give what `load --dry-run --json` prints."""
        return {
            "title": self.title,
            "interviewer": self.interviewer,
            "people": list(self.people),
            "exchanges": [
                {
                    "question": exchange.question,
                    "answers": [
                        {"speaker": answer.speaker, "sentences": list(answer.sentences)}
                        for answer in exchange.answers
                    ],
                }
                for exchange in self.exchanges
            ],
            "unsure": [{"line": note.line, "why": note.why} for note in self.unsure],
            "shape": self.shape,
            "confidence": self.confidence,
        }
