"""Lines taken apart into turns: what one voice said without another between."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise, takewhile
from typing import Final

from bot.interview.transcript.endings import ends_sentence
from bot.interview.transcript.furniture import is_end, is_furniture, is_speech
from bot.interview.transcript.grammar.label_marks import Mark
from bot.interview.transcript.grammar.reading import Reading
from bot.interview.transcript.grammar.stamps import without_stamps
from bot.interview.transcript.pointing import Pointers
from bot.interview.transcript.roles import answers, asks
from bot.interview.transcript.sources.source_lines import Line
from bot.interview.words import fold, fold_label, joined

_BREAK: Final = ""
"""Stands between the paragraphs of a turn."""


@dataclass(slots=True)
class Turn:
    """What one voice said; an unlabelled question has no label."""

    line: int
    label: str
    is_question: bool = False
    _pieces: list[str] | tuple[()] = ()
    """Lines, as they stand in the file; most turns have one."""

    @property
    def is_empty(self) -> bool:
        return not self._pieces

    @property
    def text(self) -> str:
        return joined(self._pieces)

    @property
    def length(self) -> int:
        return max(0, sum(len(piece) + 1 for piece in self._pieces if piece) - 1)

    @property
    def paragraphs(self) -> int:
        return sum(is_said for is_said, _paragraph in groupby(self._pieces, bool))

    @property
    def ends(self) -> bool:
        """Whether a sentence ends with what was said so far."""
        return ends_sentence(next(filter(None, reversed(self._pieces)), ""))

    def take(self, words: str, *, begins: bool) -> None:
        """Go on with words: a paragraph of their own, or what the last one goes on with."""
        if not self._pieces:
            self._pieces = [words] if words else ()
            return
        if begins and self._pieces[-1]:
            self._pieces.append(_BREAK)
        if words:
            self._pieces.append(words)

    def drop_paragraphs(self) -> Iterator[str]:
        """Give all that was said, and keep nothing of it."""
        pieces, self._pieces = self._pieces, ()
        for is_said, paragraph in groupby(pieces, bool):
            if is_said:
                yield joined(paragraph)


@dataclass
class Spoken:
    """The turns of a file, whose each line is, and what is said of the file itself."""

    turns: list[Turn] = field(default_factory=list[Turn])
    owners: list[Turn | None] = field(default_factory=list["Turn | None"])
    """For each line its turn; none where it is nobody's words."""
    about: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    shapes: tuple[str, ...] = ()
    """All that may be the file's, the one that it was read in first."""
    first: int = 0
    """The place of the line with which somebody begins to speak."""
    aside: frozenset[int] = frozenset()
    """Places of lines between voices that lead to other pages."""
    doubtful: tuple[int, ...] = ()
    """Places of somebody's lines that may lead to another page instead."""


def turns_of(lines: Sequence[Line], reading: Reading) -> Spoken:
    """Take the lines apart at their marks, and at those that are unlabelled questions.

    What is between those is the answerer's, where there is one.
    """
    marks, questions = reading.marks, reading.questions
    silent = _silent(lines, marks)
    begins = [place for place, mark in marks.items() if mark.key not in silent]
    spoken = Spoken(shapes=reading.shapes, first=min([*begins, *questions], default=0))
    pointers = Pointers(lines, {*marks, *questions})
    last_mark = max([*marks, *questions], default=-1)
    for place, line in enumerate(lines):
        mark = marks.get(place)
        is_spoken = True
        if mark is not None and mark.key in silent:
            spoken.about.setdefault(mark.key, []).append(mark.rest(line))
            is_spoken = False
        elif mark is not None:
            _begin(spoken, line, mark)
        elif place in questions:
            _ask(spoken, line, is_same=place - 1 in questions and not line.begins)
        elif not spoken.turns:
            is_spoken = False
        elif place > last_mark and is_end(line):
            break
        elif is_furniture(line) or pointers.leads_elsewhere(place):
            is_spoken = False
        else:
            _go_on(spoken, line, reading.answerer)
        spoken.owners.append(spoken.turns[-1] if is_spoken else None)
    spoken.aside, spoken.doubtful = frozenset(pointers.aside), tuple(pointers.doubtful)
    spoken.owners += [None] * (len(lines) - len(spoken.owners))
    return spoken


def _go_on(spoken: Spoken, line: Line, answerer: str) -> None:
    if answerer and spoken.turns[-1].is_question:
        spoken.turns.append(Turn(line.number, answerer))
    turn = spoken.turns[-1]
    turn.take(without_stamps(line.text), begins=line.begins or turn.ends)


def _begin(spoken: Spoken, line: Line, mark: Mark) -> None:
    last = spoken.turns[-1] if spoken.turns else None
    if last is None or last.is_question or fold_label(last.label) != mark.key:
        spoken.turns.append(Turn(line.number, mark.label))
    if words := without_stamps(mark.rest(line)):
        spoken.turns[-1].take(words, begins=True)


def _ask(spoken: Spoken, line: Line, *, is_same: bool) -> None:
    if not (is_same and spoken.turns and spoken.turns[-1].is_question):
        spoken.turns.append(Turn(line.number, "", is_question=True))
    spoken.turns[-1].take(without_stamps(line.text), begins=line.begins)


@dataclass(slots=True)
class _Behind:
    """What stands behind a label, wherever it does."""

    is_speech: bool = False
    is_sentence: bool = False


def _silent(lines: Sequence[Line], marks: Mapping[int, Mark]) -> set[str]:
    """Name the labels that are nobody's: no word is said behind them, or they are a file's head."""
    counts = Counter(mark.key for mark in marks.values())
    behind = _all_behind(lines, marks, counts)
    # "Slides: https://..." is no voice, whatever comes after it.
    once = {mark.key: mark.rest(lines[n]) for n, mark in marks.items() if counts[mark.key] == 1}
    linked = {key for key, rest in once.items() if rest and not is_speech(rest)}
    silent = {key for key, stretch in behind.items() if not stretch.is_speech} | linked
    # What stands once before the first voice, and is no sentence: "Place: a studio in Berlin".
    head = takewhile(
        lambda key: (
            counts[key] == 1
            and not behind[key].is_sentence
            and (not (asks(key) or answers(key)) or _is_named(fold(once[key]), counts))
        ),
        (key for key in behind if key not in silent),
    )
    return silent.union(head)


def _is_named(words: str, labels: Iterable[str]) -> bool:
    """Say whether words are the name of a voice, in full or in part: "Host: Ada Example"."""
    name = set(words.split())
    return any(
        name and (name <= set(label.split()) or name >= set(label.split())) for label in labels
    )


def _all_behind(
    lines: Sequence[Line], marks: Mapping[int, Mark], counts: Mapping[str, int]
) -> dict[str, _Behind]:
    """Tell of each label what stands behind it, by the order in which they first stand."""
    stretches: dict[str, _Behind] = {}
    for place, following in pairwise([*sorted(marks), len(lines)]):
        key = marks[place].key
        behind = stretches.setdefault(key, _Behind())
        # Of a voice that speaks again and again no more is asked.
        if not behind.is_speech or counts[key] == 1:
            rest, others = marks[place].rest(lines[place]), lines[place + 1 : following]
            behind.is_speech |= any(map(is_speech, _texts(rest, others)))
            # What a head says of itself stands on its lines; an introduction may follow.
            own = list(takewhile(lambda line: not line.begins, others)) if rest else others
            behind.is_sentence |= any(map(ends_sentence, _texts(rest, own)))
    return stretches


def _texts(rest: str, lines: Iterable[Line]) -> Iterator[str]:
    yield rest
    yield from (line.text for line in lines if not is_furniture(line))
