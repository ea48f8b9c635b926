"""What a transcript was understood as, so that its owner sees at a glance whether it is right."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.interview.transcript import SpokenLine, Transcript
from bot.interview.transcript.grammar.stamps import without_stamps
from bot.interview.words import count_words
from bot.letters import cut, one_line
from bot.text import Text, _, plural, printable, say

_SHOWN: Final = 72
"""Letters of a line that are shown."""
_BEFORE_LABEL: Final = "[<【*_> "
_BEHIND_LABEL: Final = re.compile(
    r"[\s:\uff1a.,;)\]】*_>|\u2013\u2014-]*(?:[(\[]?\d[\d:.,]*[)\]]?[\s:.,;*_-]*)?"
)
_SURE: Final = 0.9
_FAIRLY_SURE: Final = 0.7
_UNSURE: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Speech:
    """What a voice says before another speaks, without labels; `line` is where it begins."""

    line: int
    voice: str
    texts: tuple[str, ...]


def first_and_last(transcript: Transcript) -> Mapping[str, list[str]]:
    """Give the first and the last words of each voice with their lines, by its name."""
    by_voice: dict[str, list[SpokenLine]] = {}
    for line in transcript.lines:
        if line.voice and speech_in(line):
            by_voice.setdefault(line.voice, []).append(line)
    return {voice: list(_ends(lines)) for voice, lines in by_voice.items()}


def longest_answer(transcript: Transcript) -> str:
    """Say who speaks longest, where, and how that begins; empty where no line is known."""
    answers = [speech for speech in _speeches(transcript) if speech.texts]
    if not answers:
        return ""
    longest = max(answers, key=lambda speech: sum(map(count_words, speech.texts)))
    words = sum(map(count_words, longest.texts))
    start = _quoted(longest.texts[0])
    length = say(plural("1 word", "{count} words", words))
    return f"Longest answer: {longest.voice}, line {longest.line}, {length}: {start}"


def unspoken(transcript: Transcript) -> int:
    """Count the lines that are nobody's words."""
    return sum(not line.voice and bool(line.text.strip()) for line in transcript.lines)


def sureness(transcript: Transcript) -> str:
    """Say in words how sure all of it is, and how many places are doubtful."""
    doubts = len(transcript.unsure)
    places = say(plural("with 1 doubt", "with {count} doubts", doubts))
    return f"{say(_degree(transcript.confidence))}{f', {places}' if doubts else ''}"


def _degree(confidence: float) -> Text:
    if confidence >= _SURE:
        return _("sure")
    if confidence >= _FAIRLY_SURE:
        return _("fairly sure")
    if confidence >= _UNSURE:
        return _("not very sure")
    return _("hardly sure")


def is_doubtful(transcript: Transcript) -> bool:
    return bool(transcript.unsure) or transcript.confidence < _FAIRLY_SURE


def _ends(lines: Sequence[SpokenLine]) -> Iterator[str]:
    first, last = lines[0], lines[-1]
    if first is last:
        yield f"only, line {first.line}: {_quoted(speech_in(first))}"
        return
    yield f"first, line {first.line}: {_quoted(speech_in(first))}"
    yield f"last, line {last.line}: {_quoted(speech_in(last))}"


def _speeches(transcript: Transcript) -> Iterator[_Speech]:
    runs = groupby(transcript.lines, key=lambda line: (line.voice, line.is_question))
    for (voice, is_question), group in runs:
        lines = list(group)
        if voice and not is_question:
            spoken = [(line.line, text) for line in lines if (text := speech_in(line))]
            start = spoken[0][0] if spoken else lines[0].line
            yield _Speech(start, voice, tuple(text for _line, text in spoken))


def speech_in(line: SpokenLine) -> str:
    """Leave out times, and the label with what stands around it, such as brackets and a colon."""
    text = without_stamps(line.text.strip())
    start = text.lstrip(_BEFORE_LABEL)
    if not (line.label and start.startswith(line.label)):
        return text
    return _BEHIND_LABEL.sub("", start[len(line.label) :], count=1)


def _quoted(text: str) -> str:
    return f"“{printable(cut(one_line(text), _SHOWN))}”"
