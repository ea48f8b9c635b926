"""What was said to each question of a pack, and where in it each quote stands."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.editing.kept_decisions import decisions_in
from bot.errors import OperatorError
from bot.interview.model import CUT, Answer, Interview
from bot.interview.names import UnknownNameError, find_labelled
from bot.interview.pack.files import ANSWERS, is_pack
from bot.interview.pack.pack import Pack
from bot.interview.transcript import Decisions, parse_transcript
from bot.interview.words import joined
from bot.reading.bounded import is_there
from bot.text import ENCORE, _


@dataclass(frozen=True, slots=True)
class SpokenSource:
    """Where the words of a pack come from: its own `answers.jsonl`, or a transcript."""

    folder: Path
    file: Path | None = None
    decisions: Decisions = field(default_factory=Decisions)

    @property
    def path(self) -> Path:
        return self.file or self.folder / ANSWERS

    def read(self, pack: Pack) -> list[Answer]:
        """List what was said, in its order; raises OperatorError where nothing tells."""
        if self.file is not None:
            return list(self._from_transcript(self.file, pack.interview))
        if not is_there(self.path):
            raise OperatorError(
                _(
                    "{folder} has no {name}, which holds what was said.",
                    folder=self.folder,
                    name=ANSWERS,
                ),
                _(
                    "Name the transcript: {encore} edit {folder} --from FILE",
                    encore=ENCORE,
                    folder=self.folder,
                ),
            )
        return list(pack.answers())

    def _from_transcript(self, file: Path, interview: Interview) -> Iterator[Answer]:
        transcript = parse_transcript(file, decisions=self.decisions)
        for number, exchange in enumerate(transcript.exchanges, 1):
            for answer in exchange.answers:
                # Whom the pack does not know cannot be quoted in it.
                with suppress(UnknownNameError):
                    key = find_labelled(interview, answer.speaker).key
                    yield Answer(interview.slug, number, key, answer.sentences)


def source_of(folder: Path, file: Path | None, overrides: Decisions) -> SpokenSource:
    """Find what was said in a pack, a transcript read as it was when the pack was begun.

    Raises OperatorError where there is no pack.
    """
    if not is_pack(folder):
        raise OperatorError(
            _("There's no interview in {folder}.", folder=folder),
            _(
                "Begin one: {encore} new-pack {folder} --from FILE --preview",
                encore=ENCORE,
                folder=folder,
            ),
        )
    kept_decisions = decisions_in(folder) if file else Decisions()
    return SpokenSource(folder, file, kept_decisions.but(overrides))


def quoted_text(sentences: Sequence[str], places: Iterable[int]) -> str:
    """Join sentences of an answer to a quote; what is left out between them is marked."""
    runs: list[list[str]] = []
    before = -1
    for place in sorted(set(places)):
        if place != before + 1 or not runs:
            runs.append([])
        runs[-1].append(sentences[place])
        before = place
    return f" {CUT} ".join(map(joined, runs))


class SpokenPlaces:
    """Finds the sentences that a quote consists of, by their places among all that was said."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._speech: dict[tuple[int, str], _SpokenRun] = {}
        place = 0
        for answer in answers:
            speech = self._speech.setdefault((answer.exchange, answer.speaker), _SpokenRun())
            for sentence in answer.sentences:
                speech.add(sentence, place)
                place += 1

    def of(self, exchange: int, speaker: str, text: str) -> list[int]:
        """List the places of a quote; none where it is not word for word what was said."""
        speech = self._speech.get((exchange, speaker))
        return speech.places(text) if speech else []


class _SpokenRun:
    """All that somebody says to a question."""

    def __init__(self) -> None:
        self._sentences: list[str] = []
        self._places: list[int] = []
        self._starts: list[int] = []
        self._end = 0
        self._whole = ""

    def add(self, sentence: str, place: int) -> None:
        if self._sentences:
            # A space, or nothing in Chinese and Japanese.
            gap = joined([self._sentences[-1][-1:], sentence[:1]])[1:-1]
            self._sentences.append(gap)
            self._end += len(gap)
        self._sentences.append(sentence)
        self._places.append(place)
        self._starts.append(self._end)
        self._end += len(sentence)

    def places(self, text: str) -> list[int]:
        if len(self._whole) < self._end:
            self._whole = "".join(self._sentences)
        places: list[int] = []
        at = 0
        for part in text.split(CUT):
            words = " ".join(part.split())
            at = self._whole.find(words, at)
            if at < 0:
                return []
            first = bisect_right(self._starts, at) - 1
            last = bisect_right(self._starts, at + len(words) - 1)
            places += self._places[first:last] if words else []
            at += len(words)
        return list(dict.fromkeys(places))
