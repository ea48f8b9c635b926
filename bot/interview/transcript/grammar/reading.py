"""The shape of a file found, or a sentence on why there is none and what can be done."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Final

from bot.interview.transcript import roles
from bot.interview.transcript.decisions import Decisions
from bot.interview.transcript.endings import line_asks
from bot.interview.transcript.grammar.choice import Shape, joined, shapes_of
from bot.interview.transcript.grammar.label_marks import LabelKind, Mark
from bot.interview.transcript.grammar.question_lines import (
    paragraph_before,
    quoted_answers,
    styled_questions,
    unlabelled_questions,
)
from bot.interview.transcript.grammar.stamps import without_leading_stamps
from bot.interview.transcript.sources.source_lines import Line, SourceFile, Style
from bot.interview.transcript.structure import TranscriptError
from bot.text import Text, _

_LEAST_SCORE: Final = 1.5
_RIVAL: Final = 0.9
_QUESTIONS: Final = "-questions"
# Of all turns one in six at least, and of those one in five, are an interviewer's.
_RARELY: Final = 6
_SELDOM: Final = 5
_DASH: Final = re.compile(r"[-–—]\s?\S")
LABEL_IT: Final = _('Write the speaker before each answer, such as "Ada Example: ...".')
_SAVE_AGAIN: Final = _("Save them with speakers, or write the speaker before each answer.")
_TELL: Final = _('Say whose they are: --speaker "A=Name of who answers".')


@dataclass(frozen=True, slots=True)
class Reading:
    """Where voices begin: the marks, by the place of their line, and the unlabelled questions."""

    marks: Mapping[int, Mark]
    questions: frozenset[int] = frozenset()
    shape: str = ""
    answerer: str = ""
    """Who gives the answers of a file that labels none."""
    shapes: tuple[str, ...] = ()
    """All that may be the file's, the most likely first."""


def read_shape(source: SourceFile, name: str, decisions: Decisions) -> Reading:
    """Find the shape; raises TranscriptError where there is none that explains the file."""
    lines = source.lines
    shapes = shapes_of(lines)
    if shape_name := decisions.shape:
        if shape_name.endswith(_QUESTIONS):
            return _unlabelled(source, name, decisions.names)
        shapes = _of_name(shapes, shape_name)
    elif shapes:
        _refuse_rivals(shapes, lines, name)
    if shapes and (shape_name or _is_believable(shapes[0], lines)):
        marks = joined(shapes)
        styled = styled_questions(lines, marks)
        is_one = len({mark.key for mark in marks.values()}) < 2
        if is_one and not _is_asked(marks, styled) and styled_questions(lines, {}):
            return _unlabelled(source, name, decisions.names)
        questions = frozenset[int]()
        if askers := _askers(lines, marks, styled):
            marks = {**_opening(lines, marks, askers), **marks}
        else:
            questions = styled or unlabelled_questions(lines, marks)
        names = tuple(shape.name for shape in shapes)
        return Reading(marks, questions, names[0], shapes=names)
    return _unlabelled(source, name, decisions.names)


def _is_asked(marks: Mapping[int, Mark], questions: frozenset[int]) -> bool:
    """Say whether most labels stand right behind a question, as those of one who is asked do."""
    return 2 * sum(place - 1 in questions for place in marks) > len(marks)


def _refuse_rivals(shapes: Sequence[Shape], lines: Sequence[Line], name: str) -> None:
    """Refuse a file in which two shapes explain about as much, each of it something else."""
    best, *others = shapes
    for other in others:
        is_near = other.score >= _RIVAL * best.score and _is_believable(other, lines)
        labels = {*best.labels, *other.labels}
        is_apart = len(labels) == len(best.labels) + len(other.labels)
        if is_near and is_apart and not any(map(roles.asks, labels)):
            raise TranscriptError(
                _(
                    "Two shapes are equally likely in {name}: {first} and {second}.",
                    name=name,
                    first=best.name,
                    second=other.name,
                ),
                _("Choose one of them, as in: --shape {first}", first=best.name),
            )


def _of_name(shapes: Sequence[Shape], name: str) -> list[Shape]:
    matches = [shape for shape in shapes if shape.name == name]
    if not matches:
        names = ", ".join(shape.name for shape in shapes)
        raise TranscriptError(
            _("The file has no labels in the shape {wanted}.", wanted=name),
            _("It has: {names}.", names=names or "-"),
        )
    return [*matches, *(shape for shape in shapes if shape not in matches)]


def _is_believable(shape: Shape, lines: Sequence[Line]) -> bool:
    is_repeated = max(shape.labels.values()) > 1 or shape.kind in (
        LabelKind.NAMED,
        LabelKind.EMPHASISED,
    )
    is_all = len(shape.marks) * 2 >= len(lines)
    return is_all or (is_repeated and shape.score >= _LEAST_SCORE)


def _opening(
    lines: Sequence[Line], marks: Mapping[int, Mark], askers: Collection[str]
) -> Mapping[int, Mark]:
    """Give a question that alone has no label, before the first answer, to who asks the others."""
    first = min(marks)
    before = lines[first - 1] if first else Line(0, "")
    is_title = before.style is Style.HEADING
    if is_title or marks[first].key in askers or not line_asks(before.text):
        return {}
    asker = next(mark for mark in marks.values() if mark.key in askers)
    return {paragraph_before(first, lines, marks).start: replace(asker, start=0)}


def _askers(
    lines: Sequence[Line], marks: Mapping[int, Mark], beside: frozenset[int]
) -> frozenset[str]:
    """Name the labels that ask again and again, so that questions have one."""
    counts = Counter(mark.key for mark in marks.values())
    asking = Counter[str]()
    places = [*sorted(marks), len(lines)]
    for place, following in pairwise(places):
        key = marks[place].key
        tail = [lines[n] for n in range(place + 1, following) if n not in beside]
        asking[key] += roles.asks(key) or line_asks(
            _paragraph(marks[place].rest(lines[place]), tail)
        )
    return frozenset(
        key
        for key, count in counts.items()
        if count > 1 and count * _RARELY >= len(marks) and asking[key] * _SELDOM >= count
    )


def _paragraph(rest: str, tail: Sequence[Line]) -> str:
    """Give the end of the paragraph that begins with what stands behind a label."""
    others = takewhile(lambda line: not line.begins, tail[not rest :])
    return [rest or "".join(line.text for line in tail[:1]), *(line.text for line in others)][-1]


def _unlabelled(source: SourceFile, name: str, speakers: Mapping[str, str]) -> Reading:
    """Read questions that stand out and what is between them; only who names the voice gets it."""
    lines = source.lines
    questions = styled_questions(lines, {}) or quoted_answers(lines)
    answerer = speakers.get("A") or (next(iter(speakers.values())) if len(speakers) == 1 else "")
    if not questions:
        raise TranscriptError(
            _cause(source, name), _SAVE_AGAIN if source.format == "captions" else LABEL_IT
        )
    style = lines[min(questions)].style
    if not answerer:
        raise TranscriptError(_unnamed(style, name), _TELL)
    shape = f"{style}{_QUESTIONS}"
    return Reading({}, questions, shape, answerer, (shape,))


def _unnamed(style: Style, name: str) -> Text:
    """Say how the questions stand out in a file that names nobody."""
    match style:
        case Style.BOLD:
            return _("{name} names nobody: its questions are bold, its answers plain.", name=name)
        case Style.ITALIC:
            return _("{name} names nobody: its questions are italic, its answers plain.", name=name)
        case Style.HEADING:
            return _("{name} names nobody: its questions are headings.", name=name)
        case Style.TERM:
            return _("{name} names nobody: it is a list of questions with answers.", name=name)
        case _:
            return _("{name} names nobody: its answers are quotations.", name=name)


def _cause(source: SourceFile, name: str) -> Text:
    """Say why nobody is known to speak."""
    lines = source.lines
    if not lines:
        return _("Nobody speaks in {name}: no text was found in it.", name=name)
    if sum(bool(_DASH.match(line.text)) for line in lines) * 6 > len(lines):
        return _("Nobody speaks in {name}: dashes change the voice, but name nobody.", name=name)
    if source.format == "captions":
        return _("Nobody speaks in {name}: these captions do not say who speaks.", name=name)
    if sum(without_leading_stamps(line.text) != line.text for line in lines) * 2 > len(lines):
        return _("Nobody speaks in {name}: its lines have times and no names.", name=name)
    return _("Nobody speaks in {name}: no line starts with a name and a colon.", name=name)
