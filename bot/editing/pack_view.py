"""A pack as a page shows it: its questions, what was said, the quotes, and what can't be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Final

from bot.editing.picked_quotes import TABLE, PickedQuote, read_quotes
from bot.editing.spoken_answers import SpokenPlaces, SpokenSource
from bot.errors import OperatorError
from bot.interview.model import Answer, Interview
from bot.interview.pack.files import INTERVIEW, QUOTES, pack_files
from bot.interview.pack.mistakes import Mistakes, PackError
from bot.interview.pack.pack import read_pack
from bot.interview.pack.toml_files import read_toml
from bot.interview.words import count_words
from bot.reading.bounded import is_there

SENTENCES: Final = 500
"""Sentences that are sent at once."""
Json = dict[str, Any]


@dataclass(frozen=True)
class PackView:
    """What could be read last; `problem` says what has a mistake since, and is shown as it was."""

    folder: Path
    origin: object
    """Another one where the interview, or what was said in it, has changed."""
    interview: Interview
    answers: Sequence[Answer]
    places: SpokenPlaces
    topics: Sequence[str]
    """Those of questions and facts."""
    quotes: Sequence[PickedQuote] = ()
    problem: str = ""

    def overview(self) -> Json:
        """Tell all but the sentences and the quotes."""
        interview = self.interview
        order = {person.key: place for place, person in enumerate(interview.people)}
        return {
            "title": interview.title or self.folder.name,
            "people": [person.name for person in interview.people],
            "questions": [
                {
                    "number": exchange.number,
                    "title": exchange.title,
                    "summary": exchange.summary,
                    "topics": exchange.topics,
                    "spoiler": exchange.spoiler.name.lower(),
                }
                for exchange in interview.exchanges
            ],
            "answers": [
                [answer.exchange, order.get(answer.speaker, -1), len(answer.sentences)]
                for answer in self.answers
            ],
            "colours": _colours(interview),
        }

    def sentences(self, start: int) -> list[tuple[str, int]]:
        """Tell some sentences, each with its count of words."""
        listed: list[str] = []
        place = 0
        for answer in self.answers:
            if place + len(answer.sentences) > start and len(listed) < SENTENCES:
                listed += answer.sentences[max(0, start - place) :]
            place += len(answer.sentences)
        return [(sentence, count_words(sentence)) for sentence in listed[:SENTENCES]]

    def all_topics(self) -> list[str]:
        """List what quotes can be about, as the pack has it so far."""
        own = chain.from_iterable(quote.fields.topics for quote in self.quotes)
        return list(dict.fromkeys(chain(self.topics, own)))


def read_view(source: SpokenSource, former: PackView | None = None) -> PackView:
    """Read a pack; what cannot be read stays as it was, and raises OperatorError at first."""
    origin = (_stat(source.folder / INTERVIEW), _stat(source.path))
    problem = ""
    try:
        view = former if former and former.origin == origin else _read(source, origin)
    except OperatorError as error:
        if former is None:
            raise
        view, problem = replace(former, origin=origin), str(error)
    path = source.folder / QUOTES
    mistakes = Mistakes()
    if former and is_there(path) and not _is_whole(path, mistakes):
        return replace(view, quotes=former.quotes, problem=problem or _first(mistakes))
    quotes = list(read_quotes(source.folder, view.interview, view.places))
    return replace(view, quotes=quotes, problem=problem)


def signature_of_pack(source: SpokenSource) -> object:
    """Sum up what would change when a file of a pack does."""
    return [(path, _stat(path)) for path in (*pack_files(source.folder), source.path)]


def _read(source: SpokenSource, origin: object) -> PackView:
    mistakes = Mistakes()
    pack = read_pack(source.folder, mistakes)
    if pack is None:
        raise PackError(list(mistakes))
    answers = source.read(pack)
    topics = chain.from_iterable(
        source.topics for source in (*pack.interview.exchanges, *pack.facts)
    )
    return PackView(
        source.folder,
        origin,
        pack.interview,
        answers,
        SpokenPlaces(answers),
        list(dict.fromkeys(topics)),
    )


def _is_whole(path: Path, mistakes: Mistakes) -> bool:
    file = read_toml(path, mistakes, TABLE)
    return file is not None and file.whole


def _first(mistakes: Mistakes) -> str:
    return str(next(iter(mistakes), ""))


def _stat(path: Path) -> object:
    try:
        stat = path.stat()
    except OSError as error:
        return error.errno
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def _colours(interview: Interview) -> dict[str, str] | None:
    colours = interview.colours
    if colours is None:
        return None
    values = {"background": colours.background, "text": colours.text, "accent": colours.accent}
    return {name: f"#{value:06x}" for name, value in values.items() if value is not None}
