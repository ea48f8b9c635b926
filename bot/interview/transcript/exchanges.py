"""Turns as questions and answers, each with who asks, who answers and what was not certain."""

from collections.abc import Iterator, Sequence
from typing import Final

from bot.interview.transcript import roles
from bot.interview.transcript.asking import Askers, askers_of
from bot.interview.transcript.decisions import Decisions
from bot.interview.transcript.doubts import (
    confidence_in,
    leading,
    left_out,
    share_spoken,
    speaking_once,
    strays,
    trailing,
)
from bot.interview.transcript.grammar.label_marks import LabelKind
from bot.interview.transcript.grammar.reading import LABEL_IT
from bot.interview.transcript.headlines import title_in
from bot.interview.transcript.imprints import imprint_of
from bot.interview.transcript.sentences import split_sentences
from bot.interview.transcript.slips import slips
from bot.interview.transcript.sources.source_lines import SourceFile
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
from bot.interview.words import fold, fold_label, joined
from bot.text import _

_MAX_VOICES: Final = 100
_MAX_KEY: Final = 30
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
    title = source.title or title_in(source.lines[: spoken.first])
    share = share_spoken(source, spoken, title)
    unsure: list[Unsure] = []
    names = _named(decisions.asks, voices)
    interviewers = Askers(names) if names else _askers(turns, voices, source, spoken, decisions)
    if interviewers.doubt:
        unsure.append(Unsure(turns[0].line, interviewers.doubt))
    head = _head(source, spoken)
    imprint = imprint_of(
        {**head, **source.about, **source.imprint},
        (line.text for line in source.lines if line.number < turns[0].line),
    )
    hosts = [name for key, names in head.items() if roles.asks(key) for name in names]
    known_names = [*dict.fromkeys([*imprint.names, *hosts])]
    askers = voices.in_full(interviewers.names, known_names, decisions.names.values())
    unsure += trailing(turns, voices)
    exchanges = tuple(_exchanges(turns, askers, voices, unsure))
    people = dict.fromkeys(answer.speaker for exchange in exchanges for answer in exchange.answers)
    if not people:
        raise TranscriptError(
            _("Nobody answers in {name}: only {asker} speaks.", name=name, asker=", ".join(askers)),
            LABEL_IT,
        )
    if not decisions.shape:
        _refuse_little(share, name)
    is_named = spoken.shapes[0] == LabelKind.NAMED
    unsure += [
        *speaking_once(turns, voices, is_named=is_named),
        *left_out(source, spoken, title),
        *leading(source, spoken, voices),
        *strays(decisions, voices, turns[0].line),
        *slips(voices, source.lines),
    ]
    return Transcript(
        title,
        _listed(askers),
        tuple(people),
        exchanges,
        tuple(sorted(unsure, key=lambda note: note.line)),
        spoken.shapes[0],
        confidence_in(share, turns, unsure, interviewers),
        tuple(_lines(source, spoken, voices, askers, nobody)),
        spoken.shapes,
        imprint,
    )


def _refuse_little(share: float, name: str) -> None:
    """Refuse a file of which hardly anything is said by anybody."""
    if share < _LEAST_EXPLAINED:
        raise TranscriptError(
            _(
                "Only {percent}% of {name} would be somebody's words.",
                percent=round(100 * share),
                name=name,
            ),
            _("Cut the file to the interview, or see what's in it: load FILE --preview"),
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
            voice = _listed([name] if name else askers) if is_question else name
            yield SpokenLine(line.number, line.text, voice, turn.label, is_question)


def _listed(askers: Sequence[str]) -> str:
    """Name who asks; a letter is no name."""
    names = ("Interviewer" if fold(name) in _LETTERS else name for name in askers)
    return ", ".join(dict.fromkeys(names))


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
) -> Askers:
    if not any(turn.is_question for turn in turns):
        return askers_of(turns, voices, {**source.about, **spoken.about, **_head(source, spoken)})
    named = [turn for turn in turns if turn.label and roles.asks(turn.label)]
    if named:
        return Askers((voices.name(named[0].label),))
    first = turns[0]
    if interviewer := decisions.name_of("Q"):
        return Askers((interviewer,))
    if first.is_question or sum(turn.label == first.label for turn in turns) > 2:
        return Askers(())
    # Later questions stand without a label: who asked the first one asks them too.
    is_asking = first.text.endswith(("?", "？", "؟"))
    return Askers((voices.name(first.label),) if is_asking else ())


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
                yield SpokenExchange(joined(question), tuple(answers))
                question, answers = [], []
            question.extend(turn.drop_paragraphs())
            continue
        if not (question or answers):
            unsure.append(Unsure(turn.line, f"{name} answers before anything was asked."))
        sentences = [s for part in turn.drop_paragraphs() for s in split_sentences(part)]
        answers.append(SpokenAnswer(name, tuple(sentences)))
    if answers:
        yield SpokenExchange(joined(question), tuple(answers))
    elif question:
        count = len(" ".join(question).split())
        unsure.append(
            Unsure(turns[-1].line, f"Nobody answers this any more; {_words(count)} left out.")
        )


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"
