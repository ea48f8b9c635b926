"""Which shape is a file's: the one that explains most of what stands in it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.interview.transcript.grammar.label_marks import LabelKind, Mark, marks_of
from bot.interview.transcript.grammar.phrases import Phrases
from bot.interview.transcript.grammar.pointers import is_pointer_label
from bot.interview.transcript.roles import answers, asks
from bot.interview.transcript.sources.source_lines import Line, Style

# How little chance makes of it what only looks like a label.
_TRUST: Final[Mapping[LabelKind, float]] = {
    LabelKind.NAMED: 3.0,
    LabelKind.EMPHASISED: 1.5,
    LabelKind.TIMED: 1.4,
    LabelKind.BRACKETED: 1.3,
    LabelKind.COLON: 1.0,
    LabelKind.COLON_ALONE: 1.1,
    LabelKind.EMPHASISED_ALONE: 0.9,
    LabelKind.DOTTED: 1.05,
    LabelKind.ALONE: 0.6,
}
_DECORATED: Final = frozenset(
    {LabelKind.NAMED, LabelKind.EMPHASISED, LabelKind.TIMED, LabelKind.BRACKETED}
)
_ALONE: Final = frozenset({LabelKind.ALONE, LabelKind.EMPHASISED_ALONE})
_ONCE_DECORATED: Final = 0.8
_ONCE: Final = 0.4
_MOST_VARIETY: Final = 0.7


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to mark a new voice, and where it stands: marks by the place of their line."""

    kind: LabelKind
    style: Style
    marks: Mapping[int, Mark]
    score: float = 0.0

    @property
    def name(self) -> str:
        return self.kind.value if self.style is Style.PLAIN else f"{self.style}-{self.kind}"

    @property
    def labels(self) -> Counter[str]:
        return Counter(mark.key for mark in self.marks.values())


def shapes_of(lines: Sequence[Line]) -> list[Shape]:
    """List the shapes that explain something, the best first; each with its score."""
    phrases = Phrases(lines)
    shapes = (_weighed(shape, phrases, lines) for shape in _candidates(lines))
    return sorted(
        (shape for shape in shapes if shape.score > 0), key=lambda shape: shape.score, reverse=True
    )


def joined(shapes: Sequence[Shape]) -> dict[int, Mark]:
    """Give the marks of the best shape, and those of others for the voices that it has."""
    best, *others = shapes
    marks = dict(best.marks)
    labels = set(best.labels)
    if others and all(map(asks, labels)):
        # Who asks is marked in a way of its own.
        marks = {**others[0].marks, **marks}
        labels |= set(others[0].labels)
    for shape in others:
        # By chance one may share a label; what is the same voice's stands there again.
        counts = shape.labels
        for place, mark in shape.marks.items():
            if mark.key in labels or (counts[mark.key] > 1 and asks(mark.key)):
                marks.setdefault(place, mark)
    return dict(sorted(marks.items()))


def _candidates(lines: Sequence[Line]) -> Iterator[Shape]:
    by_shape: dict[tuple[LabelKind, Style], dict[int, Mark]] = {}
    for place, line in enumerate(lines):
        for kind, mark in marks_of(line):
            if kind is not LabelKind.NAMED and is_pointer_label(mark.label):
                continue
            by_shape.setdefault((kind, _style(kind, line)), {})[place] = mark
    kinds = list(LabelKind)
    for kind, style in sorted(by_shape, key=lambda shape: kinds.index(shape[0])):
        yield Shape(kind, style, by_shape.pop((kind, style)))


def _style(kind: LabelKind, line: Line) -> Style:
    if kind is LabelKind.EMPHASISED_ALONE and line.style is Style.HEADING:
        return Style.HEADING
    return (
        line.lead_style
        if kind in (LabelKind.EMPHASISED, LabelKind.EMPHASISED_ALONE)
        else Style.PLAIN
    )


def _weighed(shape: Shape, phrases: Phrases, lines: Sequence[Line]) -> Shape:
    """Take away what is no label, and weigh the rest by what it explains."""
    counts = shape.labels
    is_decorated = shape.kind in _DECORATED
    labels = {mark.label: mark.key for mark in shape.marks.values()}
    sayings = {label for label, key in labels.items() if phrases.is_phrase(label, counts[key])}
    names = {place: mark for place, mark in shape.marks.items() if mark.label not in sayings}
    # What is decorated alike is a label, however it reads; but it is not weighed.
    marks = shape.marks if is_decorated else _in_capitals(names)
    if shape.kind in _ALONE:
        marks = _alone(marks, lines)
    weighed = Shape(shape.kind, shape.style, names if is_decorated else marks).labels
    once = _ONCE_DECORATED if is_decorated else _ONCE
    weight = sum(
        count if count > 1 or asks(label) or answers(label) else once
        for label, count in weighed.items()
    )
    is_varied = len(marks) > 4 and len(weighed) > _MOST_VARIETY * len(marks)
    score = weight * _TRUST[shape.kind] * (0.5 if is_varied else 1.0)
    return Shape(shape.kind, shape.style, marks, score if len(marks) > 1 else 0.0)


def _alone(marks: Mapping[int, Mark], lines: Sequence[Line]) -> dict[int, Mark]:
    """Keep those before speech that stand again and again; of a file in capitals, all in them."""
    counts = Counter(mark.key for mark in marks.values())
    again = {place for place, mark in marks.items() if counts[mark.key] > 1}
    spoken = {n: mark for n, mark in marks.items() if n + 1 < len(lines) and n + 1 not in again}
    counts = Counter(mark.key for mark in spoken.values())
    recurring = {place: mark for place, mark in spoken.items() if counts[mark.key] > 1}
    if not recurring or not all(mark.is_in_capitals for mark in recurring.values()):
        return recurring
    return {place: mark for place, mark in spoken.items() if mark.is_in_capitals}


def _in_capitals(marks: Mapping[int, Mark]) -> dict[int, Mark]:
    """Keep those in capitals where all are that stand again and again, but for one who asks."""
    counts = Counter(mark.key for mark in marks.values())
    again = [mark for mark in marks.values() if counts[mark.key] > 1]
    is_talk = len({mark.key for mark in again}) > 1
    if not is_talk or not all(mark.is_in_capitals for mark in again):
        return dict(marks)
    return {place: mark for place, mark in marks.items() if mark.is_in_capitals}
