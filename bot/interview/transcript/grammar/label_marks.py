"""What may mark a new voice at the start of a line: one reader for each kind of shape."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from bot.interview.transcript.grammar.stamps import (
    TIME,
    is_stamp,
    skip_stamps,
    without_leading_stamps,
)
from bot.interview.transcript.sources.source_lines import Line, Style
from bot.interview.words import fold_label, word_set

MOST_LABEL: Final = 80
# With brackets before a time, and its minutes.
_MOST_TIMED: Final = MOST_LABEL + 20
_REMEMBERED: Final = 1000
_COLON: Final = re.compile(rf"(?P<label>[^:：]{{1,{MOST_LABEL}}})[:：](?!//|:)\s*")
_TIMED: Final = re.compile(
    rf"(?P<label>[^:：\[(<]{{1,{MOST_LABEL}}}?)[\s,|-]{{0,3}}+{TIME}\s*(?:[:：]|[-–—](?=\s|$))?\s*"
)
_BRACKETED: Final = re.compile(
    rf"(?:\[(?P<square>[^\[\]]{{1,{MOST_LABEL}}})\]|<(?P<angle>[^<>]{{1,{MOST_LABEL}}})>"
    rf"|【(?P<wide>[^】]{{1,{MOST_LABEL}}})】)\s*(?:{TIME})?\s*[:：]?\s*"
)
_DOTTED: Final = re.compile(
    r"(?P<label>(?!(?:MR|MRS|MS|DR|ST|SEN|REP|GEN|PROF)\.)[A-Z][A-Z .'’-]{0,40}?)\."
    r"(?:\s?[-–—]{1,2})?\s+"
    # White House and court reporters set a Q by itself.
    r"|(?P<letter>Q)\s+(?=[A-Z\"“(])"
)
_DIRECTIONS: Final = word_set(
    """
    music applause laughter laughs laugh crosstalk inaudible silence pause unintelligible cheering
    foreign noise beep sigh
    """
)
_AROUND: Final = " \t:：*_#>-–—|•·"
# What is cut short too: "Ada (0".
_STAMP_BEHIND: Final = re.compile(
    rf"\s{{0,3}}[,|-]?\s{{0,3}}{TIME}\s{{0,3}}$|\s{{0,3}}[(\[]\d{{0,3}}$"
)
_ENDS_LABEL: Final = re.compile(rf"\s{{0,3}}(?:[:：]|{TIME})")
_CLOCK_WITHIN: Final = re.compile(r"\d:\d\d")
_COLONS: Final = re.compile(r"[:：\s]+")
_MOST_ALONE: Final = 80
_ARROWS: Final = re.compile(r">{2,3}\s*")
_ENDS: Final = (".", "?", "!", ",", ";", "…", "。", "？", "！", "؟", ")", "]", "”", '"', "»")


class LabelKind(StrEnum):
    """How a label stands, by the name that `--shape` has for it."""

    NAMED = "named"
    """The format itself names who speaks."""
    EMPHASISED = "emphasised"
    """Bold or italic, and a colon or a time: `**Name:** text`."""
    EMPHASISED_ALONE = "emphasised-alone"
    TIMED = "timed"
    """A time after it: `Name (00:03): text`, `Name  0:03`."""
    BRACKETED = "bracketed"
    COLON = "colon"
    COLON_ALONE = "colon-alone"
    DOTTED = "dotted"
    """In capitals and with a full stop: `Q. text`."""
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Mark:
    """A label as it stands on a line, and where what is said begins there.

    Lines that begin alike share one.
    """

    label: str
    key: str
    """The label, folded: by it the same ones are known."""
    start: int

    def rest(self, line: Line) -> str:
        return line.text[self.start :].strip()

    @property
    def is_in_capitals(self) -> bool:
        return self.label.isupper()


@lru_cache(_REMEMBERED)
def _mark(words: str, start: int) -> Mark | None:
    """Make a mark of what stands before a place; nothing where that is no label."""
    label = _STAMP_BEHIND.sub("", words).strip(_AROUND)
    if not any(map(str.isalpha, label)) or is_stamp(label):
        return None
    return Mark(label, fold_label(label), start)


def _named(line: Line) -> Mark | None:
    return Mark(line.voice, fold_label(line.voice), 0) if line.voice else None


def _emphasised(line: Line) -> Mark | None:
    if not line.lead or line.lead > 2 * MOST_LABEL:
        return None
    text, first = line.text, skip_stamps(line.text[: line.lead])
    lead = text[first : line.lead].rstrip()
    if not (":" in lead or "：" in lead or _ENDS_LABEL.match(text, line.lead)):
        return None
    inner, timed = _COLON.match(lead), _TIMED.match(lead)
    if inner and inner.end() < len(lead) and not (timed and timed.end() == len(lead)):
        # A question may stand in bold behind its label.
        return _mark(inner["label"], first + inner.end())
    return _mark(lead, _behind_colons(text, skip_stamps(text, _behind_colons(text, line.lead))))


def _behind_colons(text: str, start: int) -> int:
    match = _COLONS.match(text, start)
    return match.end() if match else start


def _emphasised_alone(line: Line) -> Mark | None:
    whole = line.style if line.style is Style.HEADING else line.lead_style
    if whole is Style.PLAIN or (line.style is not Style.HEADING and line.lead < len(line.text)):
        return None
    return _alone(line)


def _timed(line: Line) -> Mark | None:
    if not _CLOCK_WITHIN.search(line.text, 0, _MOST_TIMED):
        return None
    match = _TIMED.match(line.text)
    return _mark(match["label"], match.end()) if match else None


def _bracketed(line: Line) -> Mark | None:
    match = _BRACKETED.match(line.text, skip_stamps(line.text))
    if match is None:
        return None
    label = match["square"] or match["angle"] or match["wide"]
    return None if fold_label(label) in _DIRECTIONS else _mark(label, match.end())


def _colon(line: Line) -> Mark | None:
    text = line.text
    arrows = _ARROWS.match(text)
    match = _COLON.match(text, skip_stamps(text, arrows.end() if arrows else 0))
    if match is None or _CLOCK_WITHIN.match(text, match.end("label") - 1):
        return None
    return _mark(match["label"], skip_stamps(text, match.end()))


def _dotted(line: Line) -> Mark | None:
    match = _DOTTED.match(line.text)
    return _mark(match["label"] or match["letter"], match.end()) if match else None


def _alone(line: Line) -> Mark | None:
    if len(line.text) > _MOST_ALONE:
        return None
    text = without_leading_stamps(line.text)
    if text.endswith(_ENDS) and not _is_title(text):
        return None
    if ":" in text or "：" in text:
        return None
    return _mark(text, len(line.text))


def _is_title(text: str) -> bool:
    """Say whether brackets end what is all in capitals: a name, an office and its letters."""
    return text.isupper() and text[0] not in "([" and text.endswith((")", "]"))


_READERS: Final[Sequence[tuple[LabelKind, Callable[[Line], Mark | None]]]] = (
    (LabelKind.NAMED, _named),
    (LabelKind.EMPHASISED, _emphasised),
    (LabelKind.EMPHASISED_ALONE, _emphasised_alone),
    (LabelKind.TIMED, _timed),
    (LabelKind.BRACKETED, _bracketed),
    (LabelKind.COLON, _colon),
    (LabelKind.DOTTED, _dotted),
    (LabelKind.ALONE, _alone),
)


def marks_of(line: Line) -> Iterator[tuple[LabelKind, Mark]]:
    """Give what may be a label at the start of a line, at most one of each kind."""
    for kind, reader in _READERS:
        if (mark := reader(line)) is not None:
            is_all = kind is LabelKind.COLON and mark.start == len(line.text)
            yield LabelKind.COLON_ALONE if is_all else kind, mark
