"""What can be decided about the voices of a transcript: one thing about one voice at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.editing.voices_heard import speech_in
from bot.errors import OperatorError
from bot.interview.transcript import Decisions, Transcript
from bot.interview.words import fold
from bot.text import _


@dataclass
class Voice:
    """One voice as it was understood, and how the file writes it."""

    name: str
    labels: list[str]
    asks: bool
    turns: int = 0
    first: str = ""
    """The beginning of what it says first."""


class VoiceDecisions:
    """Decisions about the voices that a reading has found; each method gives those after it.

    A voice is named by labels of it, whatever it is called by now.
    """

    def __init__(self, decisions: Decisions, voices: Iterable[Voice]) -> None:
        self._decisions = decisions
        self._voices = [voice for voice in voices if voice.labels]

    def rename(self, labels: Sequence[str], name: str) -> Decisions:
        """Call a voice something; the name of another voice makes both one."""
        same = [voice for voice in self._voices if fold(self._name(voice)) == fold(name)]
        others = [label for voice in same for label in voice.labels]
        return self._decisions.naming(dict.fromkeys((*others, *self._labels(labels)), name))

    def join(self, labels: Sequence[str], others: Sequence[str]) -> Decisions:
        """Make a voice another one, under that one's name."""
        return self.rename(labels, self._name(self._voice(others)))

    def split(self, label: str) -> Decisions:
        """Make a label a voice of its own; those that it was one with stay together."""
        voice = self._voice([label])
        rest = [other for other in voice.labels if fold(other) != fold(label)]
        name = self._name(voice)
        if rest and fold(name) == fold(label):
            name = rest[0]
        return self._decisions.naming({**dict.fromkeys(rest, name), label: label})

    def ask(self, labels: Sequence[str], *, does: bool) -> Decisions:
        """Let a voice ask, or no longer; raises OperatorError where nobody would."""
        voice = self._voice(labels)
        askers = self._decisions.asks or tuple(
            other.labels[0] for other in self._voices if other.asks
        )
        others = self._except(askers, voice)
        if not (does or others):
            raise OperatorError(
                _("Then nobody would be asking."), _("First choose Asks for somebody else.")
            )
        asks = (*others, voice.labels[0]) if does else others
        nobody = self._except(self._decisions.nobody, voice)
        return replace(self._decisions, asks=asks, nobody=nobody)

    def silence(self, labels: Sequence[str]) -> Decisions:
        """Leave out a voice with all that it says."""
        voice = self._voice(labels)
        nobody = (*self._except(self._decisions.nobody, voice), voice.labels[0])
        asks = self._except(self._decisions.asks, voice)
        return replace(self._decisions, nobody=nobody, asks=asks)

    def bring_back(self, label: str) -> Decisions:
        nobody = tuple(other for other in self._decisions.nobody if fold(other) != fold(label))
        return replace(self._decisions, nobody=nobody)

    def _voice(self, labels: Sequence[str]) -> Voice:
        keys = set(map(fold, labels))
        for voice in self._voices:
            if keys & set(map(fold, voice.labels)):
                return voice
        raise OperatorError(
            _("This voice is gone."), _("The file was read again. Take another look.")
        )

    def _labels(self, labels: Sequence[str]) -> list[str]:
        return self._voice(labels).labels

    def _name(self, voice: Voice) -> str:
        """Give the name that was decided last, which may not have been read yet."""
        return self._decisions.name_of(voice.labels[0]) or voice.name

    def _except(self, labels: Iterable[str], voice: Voice) -> tuple[str, ...]:
        keys = {fold(voice.name), fold(self._name(voice)), *map(fold, voice.labels)}
        return tuple(label for label in labels if fold(label) not in keys)


def voices_in(transcript: Transcript) -> list[Voice]:
    """List the voices in the order in which they come; who is not named has an empty name."""
    voices: dict[str, Voice] = {}
    last = None
    for line in transcript.lines:
        if not (line.voice or line.is_question):
            continue
        voice = voices.setdefault(line.voice, Voice(line.voice, [], line.is_question))
        if line.label and fold(line.label) not in map(fold, voice.labels):
            voice.labels.append(line.label)
            # A voice answers with its own lines, whatever unlabelled ones were given to it.
            voice.asks = line.is_question
        voice.turns += voice is not last
        last = voice
        voice.first = voice.first or speech_in(line)
    return list(voices.values())
