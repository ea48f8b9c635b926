"""Paragraphs understood as turns of speakers, and turns as questions and answers."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.interview.transcript.labels import ANSWERER, QUESTIONER, split_label
from bot.interview.transcript.sentences import split_sentences
from bot.interview.transcript.speaker_names import Voices, resolve
from bot.interview.transcript.structure import (
    Paragraph,
    SpokenAnswer,
    SpokenExchange,
    Transcript,
    TranscriptError,
    Unsure,
)
from bot.interview.words import fold
from bot.text import _

_FURNITURE: Final = re.compile(
    r"[·•|]?\s*\d+[\s-]*min(?:ute)?s?\b(?: read)?.{0,20}"
    r"|(?:by|from|words|text)\s+[A-Z].{0,60}"
    r"|(?:photos?|images?|pictures?|credit|source|caption|photograph(?:y|s|er)?)\b.{0,120}"
    r"|(?:advertisement|sponsored|share|print|save|comments?|sign up|subscribe|follow us)\b.{0,80}"
    r"|[^.!?]{2,50}/[^.!?]{2,50}"
    r"|(?:updated|published|posted)\b.{0,80}"
    r"|[\W\d_]+",
    re.IGNORECASE,
)
_END: Final = re.compile(
    r"(?:related (?:content|articles|stories)|more (?:from|on|stories)|read (?:more|next|also)"
    r"|recommended|you may also|share this|sign up|follow us|©|copyright|all rights reserved"
    r"|(?:this|the) (?:interview|conversation|transcript) (?:has been|was) (?:edited|condensed)"
    r"|tags:|filed under)",
    re.IGNORECASE,
)
_ASKING: Final = re.compile(r"[?？؟][\"'”’)\]]*$|[—–:…]$|\.\.\.$")
_MAX_TITLE: Final = 200
_MAX_VOICES: Final = 100


@dataclass
class Turn:
    """What one voice said without another between; an unlabelled question has no label."""

    line: int
    label: str
    parts: list[str] = field(default_factory=list[str])
    is_question: bool = False

    @property
    def is_silent(self) -> bool:
        return not any(self.parts)

    @property
    def text(self) -> str:
        return " ".join(part for part in self.parts if part)


def understand(
    title: str, paragraphs: Sequence[Paragraph], speakers: Mapping[str, str], name: str
) -> Transcript:
    """Find who speaks, who asks, and what was answered to what."""
    unsure: list[Unsure] = []
    labelled = _labelled(paragraphs, speakers, unsure)
    first = next((n for n, paragraph in enumerate(labelled) if paragraph.label), None)
    if first is None:
        labelled = _interleaved(labelled, speakers)
        first = next((n for n, paragraph in enumerate(labelled) if paragraph.label), None)
    if first is None:
        raise TranscriptError(
            _("Nobody speaks in {name}: no line starts with a name and a colon.", name=name),
            _('Write the speaker before each answer, such as "Ada Example: ...".'),
        )
    opening = labelled[:first]
    if not title:
        title = _title(opening)
    lines: dict[str, int] = {}
    for paragraph in labelled[first:]:
        if paragraph.label:
            lines.setdefault(paragraph.label, paragraph.line)
    if len(lines) > _MAX_VOICES:
        raise TranscriptError(
            _("{name} has {count} different speakers.", name=name, count=len(lines)),
            _("Give a file of one interview, with a name and a colon before what is said."),
        )
    voices = resolve(lines, " ".join(paragraph.text for paragraph in labelled), speakers)
    unsure += voices.unsure
    turns = _turns(labelled[first:], voices, unsure)
    asker = _asker(turns, voices, unsure)
    exchanges = _exchanges(turns, asker, voices, unsure)
    people = list(
        dict.fromkeys(answer.speaker for exchange in exchanges for answer in exchange.answers)
    )
    if not people:
        raise TranscriptError(
            _("Nobody answers in {name}: only {asker} speaks.", name=name, asker=asker),
            _('Write the speaker before each answer, such as "Ada Example: ...".'),
        )
    return Transcript(
        title,
        asker if asker not in ("Q", "Question") else "Interviewer",
        tuple(people),
        tuple(exchanges),
        tuple(sorted(unsure, key=lambda note: note.line)),
    )


def _labelled(
    paragraphs: Sequence[Paragraph], speakers: Mapping[str, str], unsure: list[Unsure]
) -> list[Paragraph]:
    """Take the labels off the paragraphs, where they are labels and not just words and a colon."""
    split = [
        (paragraph.label, paragraph.text)
        if paragraph.label
        else split_label(paragraph.text) or ("", paragraph.text)
        for paragraph in paragraphs
    ]
    counts = Counter(fold(label) for label, _rest in split if label)
    words = Counter(word for key in counts if " " in key for word in key.split())
    speaker_labels = {fold(label) for label in speakers}
    labelled: list[Paragraph] = []
    for paragraph, (label, rest) in zip(paragraphs, split, strict=True):
        if not label:
            labelled.append(paragraph)
        elif paragraph.label or fold(label) in speaker_labels or _is_speaker(label, counts, words):
            labelled.append(replace(paragraph, label=label, text=rest))
        else:
            why = f"{label!r} looks like a speaker but stands only here; taken as text."
            unsure.append(Unsure(paragraph.line, why))
            labelled.append(paragraph)
    return labelled


def _is_speaker(label: str, counts: Counter[str], words: Counter[str]) -> bool:
    """Say whether a label stands often enough, or looks enough like a name, to be a speaker."""
    key = fold(label)
    if key in QUESTIONER | ANSWERER or counts[key] > 1 or len(key.split()) > 1:
        return True
    return key in words or (label.isupper() and len(label) > 2)


def _interleaved(paragraphs: Sequence[Paragraph], speakers: Mapping[str, str]) -> list[Paragraph]:
    """Read questions in bold or with a question mark, and answers between, with no label at all.

    Only whoever was told the name of the one who answers gets this reading.
    """
    name = speakers.get("A") or (next(iter(speakers.values())) if len(speakers) == 1 else None)
    asks = [paragraph.is_bold or bool(_ASKING.search(paragraph.text)) for paragraph in paragraphs]
    if name is None or sum(asks) < 2:
        return list(paragraphs)
    first = asks.index(True)
    return [
        paragraph if n < first else replace(paragraph, label="Q" if is_asking else name)
        for n, (paragraph, is_asking) in enumerate(zip(paragraphs, asks, strict=True))
    ]


def _title(opening: Sequence[Paragraph]) -> str:
    headings = [paragraph for paragraph in opening if paragraph.is_heading] or [
        paragraph for paragraph in opening if not _is_furniture(paragraph)
    ]
    return headings[0].text if headings and len(headings[0].text) <= _MAX_TITLE else ""


def _is_furniture(paragraph: Paragraph) -> bool:
    return not paragraph.label and bool(
        _FURNITURE.fullmatch(paragraph.text) or _END.match(paragraph.text)
    )


def _turns(paragraphs: Sequence[Paragraph], voices: Voices, unsure: list[Unsure]) -> list[Turn]:
    asks_by_label = bool(_askers(paragraphs, voices))
    comes_before_label = _before_labels(paragraphs)
    last_labelled = max(n for n, paragraph in enumerate(paragraphs) if paragraph.label)
    turns: list[Turn] = []
    for n, paragraph in enumerate(paragraphs):
        if paragraph.label:
            if (
                not turns
                or turns[-1].is_question
                or _name(turns[-1], voices) != voices.names[paragraph.label]
            ):
                turns.append(Turn(paragraph.line, paragraph.label))
            turns[-1].parts.append(paragraph.text)
        elif n > last_labelled and _END.match(paragraph.text):
            break
        elif _is_furniture(paragraph):
            unsure.append(Unsure(paragraph.line, f"left out: {paragraph.text[:60]}"))
        elif (
            comes_before_label[n]
            and not turns[-1].is_silent
            and _is_question(paragraph, asks_by_label)
        ):
            turns.append(Turn(paragraph.line, "", [paragraph.text], is_question=True))
        else:
            turns[-1].parts.append(paragraph.text)
    return turns


def _before_labels(paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Say of each paragraph whether the next that is no furniture has a label."""
    comes_before: list[bool] = []
    has_label = False
    for paragraph in reversed(paragraphs):
        comes_before.append(has_label)
        if not _is_furniture(paragraph):
            has_label = bool(paragraph.label)
    return comes_before[::-1]


def _is_question(paragraph: Paragraph, asks_by_label: bool) -> bool:
    """Say whether an unlabelled paragraph asks what the next labelled one answers."""
    return paragraph.is_bold or (not asks_by_label and bool(_ASKING.search(paragraph.text)))


def _askers(paragraphs: Sequence[Paragraph], voices: Voices) -> set[str]:
    """Name the voices that ask throughout: by their label, or because most turns are questions."""
    totals: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    for paragraph in paragraphs:
        if paragraph.label:
            name = voices.names[paragraph.label]
            totals[name] += 1
            questions[name] += (
                bool(_ASKING.search(paragraph.text)) or fold(paragraph.label) in QUESTIONER
            )
    return {name for name in totals if totals[name] > 1 and questions[name] >= totals[name] * 0.6}


def _name(turn: Turn, voices: Voices) -> str:
    return voices.names[turn.label] if turn.label else ""


def _asker(turns: Sequence[Turn], voices: Voices, unsure: list[Unsure]) -> str:
    """Name who asks; nothing where the questions have no label."""
    totals: Counter[str] = Counter()
    questions: Counter[str] = Counter()
    for turn in turns:
        if turn.label:
            name = _name(turn, voices)
            totals[name] += 1
            questions[name] += bool(_ASKING.search(turn.text)) or "?" in turn.text[-300:]
            if fold(turn.label) in QUESTIONER:
                return name
    first = _name(turns[0], voices)
    if any(turn.is_question for turn in turns):
        # Later questions stand without a label: who asked the first one asks them too.
        return first if totals[first] <= 2 and questions[first] == totals[first] else ""
    best = max(totals, key=lambda name: (questions[name] / totals[name], name == first))
    if questions[best] * 2 < totals[best] or len(totals) == 1:
        best = first
        why = f"nobody asks more than the others; {best}, who begins, is taken for the interviewer."
        unsure.append(Unsure(turns[0].line, why))
    return best


def _exchanges(
    turns: Sequence[Turn], asker: str, voices: Voices, unsure: list[Unsure]
) -> list[SpokenExchange]:
    exchanges: list[tuple[list[str], list[SpokenAnswer]]] = []
    for turn in turns:
        name = _name(turn, voices)
        if not turn.text:
            unsure.append(Unsure(turn.line, f"{turn.label} says nothing; left out."))
        elif turn.is_question or (asker and name == asker):
            if not exchanges or exchanges[-1][1]:
                exchanges.append(([], []))
            exchanges[-1][0].append(turn.text)
        else:
            if not exchanges:
                unsure.append(Unsure(turn.line, f"{name} answers before anything was asked."))
                exchanges.append(([], []))
            sentences = [s for part in turn.parts for s in split_sentences(part)]
            exchanges[-1][1].append(SpokenAnswer(name, tuple(sentences)))
    return [
        SpokenExchange(" ".join(question), tuple(answers))
        for question, answers in exchanges
        if answers
    ]
