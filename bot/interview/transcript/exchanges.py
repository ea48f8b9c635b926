"""Turns as questions and answers, each with who asks, who answers and what was not certain."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from bot.interview.transcript import roles
from bot.interview.transcript.asking import Askers, askers_of
from bot.interview.transcript.decisions import Decisions
from bot.interview.transcript.endings import ends_sentence
from bot.interview.transcript.grammar.reading import LABEL_IT
from bot.interview.transcript.sentences import split_sentences
from bot.interview.transcript.slips import slips
from bot.interview.transcript.sources.source_lines import Line, SourceFile, Style
from bot.interview.transcript.structure import (
    SpokenAnswer,
    SpokenExchange,
    SpokenLine,
    Transcript,
    TranscriptError,
    Unsure,
)
from bot.interview.transcript.turns import Spoken, Turn
from bot.interview.transcript.voices import Voices, voices_of
from bot.interview.words import fold, fold_label
from bot.text import _

_MAX_TITLE: Final = 200
_MAX_VOICES: Final = 100
_MAX_KEY: Final = 30
_MANY_WORDS: Final = 25
_LEAST_EXPLAINED: Final = 0.1
_LETTERS: Final = ("q", "question")


def exchanges_of(source: SourceFile, spoken: Spoken, name: str, decisions: Decisions) -> Transcript:
    """Make an interview of the turns of a file, and keep nothing of what was said in them."""
    labels = dict.fromkeys(turn.label for turn in spoken.turns if turn.label)
    _refuse_crowd(name, len(set(map(fold_label, labels))))
    voices = voices_of(labels, decisions.names)
    nobody = _named(decisions.nobody, voices)
    turns = [turn for turn in spoken.turns if not turn.is_empty and voices.of(turn) not in nobody]
    if not turns:
        raise TranscriptError(_("Nobody says anything in {name}.", name=name), LABEL_IT)
    share = _explained(source, turns)
    unsure: list[Unsure] = []
    askers = _named(decisions.asks, voices) or _askers(
        turns, voices, source, spoken, decisions, unsure
    )
    exchanges = tuple(_exchanges(turns, askers, voices, unsure))
    people = dict.fromkeys(answer.speaker for exchange in exchanges for answer in exchange.answers)
    if not people:
        raise TranscriptError(
            _("Nobody answers in {name}: only {asker} speaks.", name=name, asker=", ".join(askers)),
            LABEL_IT,
        )
    if not decisions.shape:
        _refuse_little(share, name)
    unsure += _once(turns, voices)
    unsure += _left_out(source, spoken)
    unsure += slips(voices, source.lines)
    return Transcript(
        source.title or _title(source.lines[: spoken.first]),
        ", ".join(
            dict.fromkeys("Interviewer" if fold(name) in _LETTERS else name for name in askers)
        ),
        tuple(people),
        exchanges,
        tuple(sorted(unsure, key=lambda note: note.line)),
        spoken.shapes[0],
        _confidence(share, len(unsure) / len(turns)),
        tuple(_lines(source, spoken, voices, askers, nobody)),
        spoken.shapes,
    )


def _refuse_little(share: float, name: str) -> None:
    """Refuse a file of which hardly anything is said by anybody."""
    if share < _LEAST_EXPLAINED:
        raise TranscriptError(
            _(
                "Only {percent} % of {name} would be anybody's words.",
                percent=round(100 * share),
                name=name,
            ),
            _("Cut the file to the interview, or see what was found: load FILE --preview"),
        )


def _named(labels: Sequence[str], voices: Voices) -> tuple[str, ...]:
    """Give the names of voices that were chosen by their label or their name."""
    keys = set(map(fold, labels))
    names = (name for key, name in voices.names.items() if {key, fold(name)} & keys)
    return tuple(dict.fromkeys(names))


def _lines(
    source: SourceFile, spoken: Spoken, voices: Voices, askers: Sequence[str], nobody: Sequence[str]
) -> Iterator[SpokenLine]:
    for line, turn in zip(source.lines, spoken.owners, strict=True):
        name = voices.of(turn) if turn is not None else ""
        if turn is None or name in nobody:
            yield SpokenLine(line.number, line.text, label=turn.label if turn else "")
        else:
            is_question = turn.is_question or name in askers
            voice = name or ", ".join(askers)
            yield SpokenLine(line.number, line.text, voice, turn.label, is_question)


def _refuse_crowd(name: str, count: int) -> None:
    if count > _MAX_VOICES:
        raise TranscriptError(
            _("{name} has {count} different speakers.", name=name, count=count),
            _("Give a file of one interview, with a name and a colon before what is said."),
        )


def _askers(
    turns: Sequence[Turn],
    voices: Voices,
    source: SourceFile,
    spoken: Spoken,
    decisions: Decisions,
    unsure: list[Unsure],
) -> tuple[str, ...]:
    about = {**source.about, **spoken.about, **_head(source, spoken)}
    if not any(turn.is_question for turn in turns):
        askers: Askers = askers_of(turns, voices, about)
        if askers.doubt:
            unsure.append(Unsure(turns[0].line, askers.doubt))
        return askers.names
    named = [turn for turn in turns if turn.label and roles.asks(turn.label)]
    if named:
        return (voices.name(named[0].label),)
    first = turns[0]
    if interviewer := decisions.name_of("Q"):
        return (interviewer,)
    if first.is_question or sum(turn.label == first.label for turn in turns) > 2:
        return ()
    # Later questions stand without a label: who asked the first one asks them too.
    return (voices.name(first.label),) if first.text.endswith(("?", "？", "؟")) else ()


def _head(source: SourceFile, spoken: Spoken) -> dict[str, list[str]]:
    """Read the lines before the first voice that say who somebody is: "Moderator: Ada Example"."""
    first = spoken.turns[0].line
    head = (line.text.partition(":") for line in source.lines if line.number < first)
    return {
        fold(key): [value.strip()] for key, colon, value in head if colon and len(key) < _MAX_KEY
    }


def _exchanges(
    turns: Sequence[Turn], askers: Sequence[str], voices: Voices, unsure: list[Unsure]
) -> Iterator[SpokenExchange]:
    question: list[str] = []
    answers: list[SpokenAnswer] = []
    for turn in turns:
        name = voices.of(turn)
        if turn.is_question or name in askers:
            if answers:
                yield SpokenExchange(" ".join(question), tuple(answers))
                question, answers = [], []
            question.extend(turn.drop_paragraphs())
            continue
        if not (question or answers):
            unsure.append(Unsure(turn.line, f"{name} answers before anything was asked."))
        sentences = [s for part in turn.drop_paragraphs() for s in split_sentences(part)]
        answers.append(SpokenAnswer(name, tuple(sentences)))
    if answers:
        yield SpokenExchange(" ".join(question), tuple(answers))
    elif question:
        count = len(" ".join(question).split())
        unsure.append(
            Unsure(turns[-1].line, f"Nobody answers this any more; {_words(count)} left out.")
        )


def _left_out(source: SourceFile, spoken: Spoken) -> Iterator[Unsure]:
    """Tell of each stretch of sentences that is nobody's."""
    owned = zip(source.lines, spoken.owners, strict=True)
    for is_nobodys, group in groupby(owned, key=lambda pair: pair[1] is None):
        lines = [line for line, _owner in group] if is_nobodys else []
        words = sum(len(line.text.split()) for line in lines)
        if words >= _MANY_WORDS and any(ends_sentence(line.text) for line in lines):
            yield Unsure(lines[0].number, f"{_words(words)} from here on are nobody's; left out.")


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"


def _once(turns: Sequence[Turn], voices: Voices) -> list[Unsure]:
    by_name: dict[str, list[Turn]] = {}
    for turn in turns:
        if turn.label:
            by_name.setdefault(voices.name(turn.label), []).append(turn)
    return [
        Unsure(only[0].line, f"{name} speaks only here.")
        for name, only in by_name.items()
        if len(only) == 1
    ]


def _title(opening: Sequence[Line]) -> str:
    headings = [line for line in opening if line.style is Style.HEADING] or list(opening)
    return headings[0].text if headings and len(headings[0].text) <= _MAX_TITLE else ""


def _confidence(share: float, doubts: float) -> float:
    """Judge by how much of the text is somebody's, and how many turns are doubtful."""
    return round(share * (1 - min(0.5, doubts)), 2)


def _explained(source: SourceFile, turns: Sequence[Turn]) -> float:
    """Give the share of a text that somebody says."""
    total = sum(len(line.text) for line in source.lines) or 1
    return min(1.0, sum(turn.length for turn in turns) / total)
