"""What may mark a new voice at the start of a line: one reader for each kind of shape."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.interview.transcript.grammar.stamps import TIME, is_stamp, without_leading_stamps
from bot.interview.transcript.sources.lines import Line, Style
from bot.interview.words import fold, word_set

MOST_LABEL: Final = 80
_COLON: Final = re.compile(rf"(?P<label>[^:：]{{1,{MOST_LABEL}}})[:：](?!//|:)\s*")
_TIMED: Final = re.compile(
    rf"(?P<label>[^:：\[(<]{{1,{MOST_LABEL}}}?)[\s,|-]{{0,3}}{TIME}\s*(?:[:：]|[-–—](?=\s|$))?\s*"
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
_STAMP_BEHIND: Final = re.compile(rf"\s*[,|-]?\s*{TIME}\s*$|\s*[(\[]\d{{0,3}}$")
_ENDS_LABEL: Final = re.compile(rf"[:：]|{TIME}")
_CLOCK_WITHIN: Final = re.compile(r"\d:\d\d")
_ARROWS: Final = re.compile(r">{2,3}\s*")
_ENDS: Final = (".", "?", "!", ",", ";", "…", "。", "？", "！", "؟", ")", "]", "”", '"', "»")


class Kind(StrEnum):
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
    """A label as it stands, and what is said behind it on its line."""

    label: str
    rest: str
    key: str
    """The label, folded: by it the same ones are known."""

    @property
    def is_in_capitals(self) -> bool:
        return self.label.isupper()


def _mark(label: str, rest: str) -> Mark | None:
    label = _STAMP_BEHIND.sub("", label).strip(_AROUND)
    if not any(map(str.isalpha, label)) or is_stamp(label):
        return None
    return Mark(label, rest.strip(), fold(label))


def _named(line: Line) -> Mark | None:
    return Mark(line.voice, line.text, fold(line.voice)) if line.voice else None


def _emphasised(line: Line) -> Mark | None:
    if not line.lead or line.lead > 2 * MOST_LABEL:
        return None
    lead = without_leading_stamps(line.text[: line.lead].rstrip())
    rest = line.text[line.lead :].strip()
    if not (":" in lead or "：" in lead or _ENDS_LABEL.match(rest)):
        return None
    inner, timed = _COLON.match(lead), _TIMED.match(lead)
    if inner and inner.end() < len(lead) and not (timed and timed.end() == len(lead)):
        # A question may stand in bold behind its label.
        return _mark(inner["label"], f"{lead[inner.end() :]} {rest}")
    return _mark(lead, without_leading_stamps(rest.lstrip(":： ")).lstrip(":： "))


def _emphasised_alone(line: Line) -> Mark | None:
    whole = line.style if line.style is Style.HEADING else line.lead_style
    if whole is Style.PLAIN or (line.style is not Style.HEADING and line.lead < len(line.text)):
        return None
    return _alone(line)


def _timed(line: Line) -> Mark | None:
    match = _TIMED.match(line.text)
    return _mark(match["label"], line.text[match.end() :]) if match else None


def _bracketed(line: Line) -> Mark | None:
    text = without_leading_stamps(line.text)
    match = _BRACKETED.match(text)
    if match is None:
        return None
    label = match["square"] or match["angle"] or match["wide"]
    return None if fold(label) in _DIRECTIONS else _mark(label, text[match.end() :])


def _colon(line: Line) -> Mark | None:
    mark = _any_colon(line)
    return mark if mark is not None and mark.rest else None


def _colon_alone(line: Line) -> Mark | None:
    mark = _any_colon(line)
    return mark if mark is not None and not mark.rest else None


def _any_colon(line: Line) -> Mark | None:
    text = without_leading_stamps(_ARROWS.sub("", line.text, count=1))
    match = _COLON.match(text)
    if match is None or _CLOCK_WITHIN.match(text, match.end("label") - 1):
        return None
    return _mark(match["label"], without_leading_stamps(text[match.end() :]))


def _dotted(line: Line) -> Mark | None:
    match = _DOTTED.match(line.text)
    return _mark(match["label"] or match["letter"], line.text[match.end() :]) if match else None


def _alone(line: Line) -> Mark | None:
    text = without_leading_stamps(line.text)
    if len(text) > 60 or text.endswith(_ENDS) or ":" in text or "：" in text:
        return None
    return _mark(text, "")


READERS: Final[Mapping[Kind, Callable[[Line], Mark | None]]] = {
    Kind.NAMED: _named,
    Kind.EMPHASISED: _emphasised,
    Kind.EMPHASISED_ALONE: _emphasised_alone,
    Kind.TIMED: _timed,
    Kind.BRACKETED: _bracketed,
    Kind.COLON: _colon,
    Kind.COLON_ALONE: _colon_alone,
    Kind.DOTTED: _dotted,
    Kind.ALONE: _alone,
}
