"""Lines taken apart into turns: what one voice said without another between."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import Final

from bot.interview.transcript.grammar.label_marks import Mark
from bot.interview.transcript.grammar.stamps import is_stamp, without_stamps
from bot.interview.transcript.roles import answers, asks
from bot.interview.transcript.sources.source_lines import Line, Style
from bot.interview.words import fold

ENDS: Final = re.compile(r"[.!?…。！？؟][\"'”’»)\]]*$")
_LINK: Final = re.compile(r"<?(?:https?://|www\.)\S*>?|!?\[[^\]]{0,200}\]")
_SIGNS: Final = re.compile(r"[\W\d_]+")
_DIRECTION: Final = re.compile(r"\([^()]{1,80}\)|\[[^\[\]]{1,80}\]|\*[^*]{1,80}\*")
_FURNITURE: Final = re.compile(
    r"[·•|]?\s*\d+[\s-]*min(?:ute)?s?\b(?: read)?.{0,20}"
    r"|(?:photos?|images?|pictures?|credit|source|caption|photograph(?:y|s|er)?)\b[^.!?]{0,120}"
    r"|(?:advertisement|sponsored|share|print|save|comments?|sign up|subscribe|follow us)\b"
    r"[^.!?]{0,80}"
    r"|(?:updated|published|posted)\b[^.!?]{0,80}|page \d+(?: of \d+)?",
    re.IGNORECASE,
)
_END: Final = re.compile(
    r"(?:related (?:content|articles|stories)|more (?:from|on|stories)|read (?:more|next|also)"
    r"|recommended|you may also|share this|sign up|follow us|©|copyright|all rights reserved"
    r"|(?:this|the) (?:interview|conversation|transcript) (?:has been|was) (?:edited|condensed)"
    r"|tags:|filed under|licensed under|creative commons)",
    re.IGNORECASE,
)


@dataclass
class Turn:
    """What one voice said; an unlabelled question has no label."""

    line: int
    label: str
    parts: list[str] = field(default_factory=list[str])
    is_question: bool = False

    @property
    def text(self) -> str:
        return " ".join(part for part in self.parts if part)

    def take(self, words: str, *, begins: bool) -> None:
        """Go on with words: a paragraph of their own, or what the last one goes on with."""
        if begins or not self.parts or not self.parts[-1]:
            self.parts.append(words)
        else:
            self.parts[-1] += f" {words}"


@dataclass
class Spoken:
    """The turns of a file, whose each line is, and what is said of the file itself."""

    turns: list[Turn] = field(default_factory=list[Turn])
    owners: list[Turn | None] = field(default_factory=list["Turn | None"])
    """For each line its turn; none where it is nobody's words."""
    about: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


def turns_of(
    lines: Sequence[Line], marks: Mapping[int, Mark], questions: frozenset[int], answerer: str = ""
) -> Spoken:
    """Take the lines apart at their marks, and at those that are unlabelled questions.

    What is between those is the answerer's, where there is one.
    """
    spoken = Spoken()
    silent = _silent(lines, marks)
    last_mark = max([*marks, *questions], default=-1)
    for place, line in enumerate(lines):
        mark = marks.get(place)
        is_spoken = True
        if mark is not None and mark.key in silent:
            spoken.about.setdefault(mark.key, []).append(mark.rest)
            is_spoken = False
        elif mark is not None:
            _begin(spoken, line, mark.label, mark.rest)
        elif place in questions:
            _ask(spoken, line, is_same=place - 1 in questions and not line.begins)
        elif not spoken.turns:
            is_spoken = False
        elif place > last_mark and (_END.match(line.text) or line.style is Style.HEADING):
            break
        elif _is_nobodys(line):
            is_spoken = False
        else:
            _go_on(spoken, line, answerer)
        spoken.owners.append(spoken.turns[-1] if is_spoken else None)
    spoken.owners += [None] * (len(lines) - len(spoken.owners))
    return spoken


def _go_on(spoken: Spoken, line: Line, answerer: str) -> None:
    if answerer and spoken.turns[-1].is_question:
        spoken.turns.append(Turn(line.number, answerer))
    begins = line.begins or bool(ENDS.search(spoken.turns[-1].text))
    spoken.turns[-1].take(without_stamps(line.text), begins=begins)


def _begin(spoken: Spoken, line: Line, label: str, rest: str) -> None:
    last = spoken.turns[-1] if spoken.turns else None
    if last is None or last.is_question or fold(last.label) != fold(label):
        spoken.turns.append(Turn(line.number, label))
    if words := without_stamps(rest):
        spoken.turns[-1].parts.append(words)


def _ask(spoken: Spoken, line: Line, *, is_same: bool) -> None:
    if not (is_same and spoken.turns and spoken.turns[-1].is_question):
        spoken.turns.append(Turn(line.number, "", is_question=True))
    spoken.turns[-1].take(without_stamps(line.text), begins=line.begins)


def _is_nobodys(line: Line) -> bool:
    """Say whether a line between turns is a heading, a stamp, a link, a direction or furniture."""
    text = line.text
    return (
        line.style is Style.HEADING
        or is_stamp(text)
        or bool(_SIGNS.fullmatch(text) or _LINK.fullmatch(text) or _DIRECTION.fullmatch(text))
        or (len(text) < 200 and bool(_FURNITURE.fullmatch(text)))
    )


def _silent(lines: Sequence[Line], marks: Mapping[int, Mark]) -> set[str]:
    """Name the labels that are nobody's: no word is said behind them, or they are a file's head."""
    counts = Counter(mark.key for mark in marks.values())
    speech: dict[str, list[str]] = {}
    for place, texts in _texts_behind(lines, marks):
        speech.setdefault(marks[place].key, []).extend(texts)
    # "Slides: https://..." is no voice, whatever comes after it.
    linked = {mark.key for mark in marks.values() if mark.rest and not _is_speech(mark.rest)}
    silent = {
        label
        for label, texts in speech.items()
        if not any(map(_is_speech, texts)) or (counts[label] == 1 and label in linked)
    }
    # What stands once before the first voice, and is no sentence: "Place: a studio in Berlin".
    head = takewhile(
        lambda label: (
            counts[label] == 1
            and not (asks(label) or answers(label) or any(map(ENDS.search, speech[label])))
        ),
        (label for label in speech if label not in silent),
    )
    return silent.union(head)


def _is_speech(text: str) -> bool:
    words = without_stamps(text)
    return bool(words) and not (_SIGNS.fullmatch(words) or _LINK.fullmatch(words))


def _texts_behind(
    lines: Sequence[Line], marks: Mapping[int, Mark]
) -> Iterator[tuple[int, list[str]]]:
    places = [*sorted(marks), len(lines)]
    for place, following in pairwise(places):
        texts = [line.text for line in lines[place + 1 : following] if not _is_nobodys(line)]
        yield place, [marks[place].rest, *texts]
