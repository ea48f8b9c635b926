"""The quotes of a pack while they are picked: as a page shows them, and as its file has them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, TypeVar

from bot.editing.spoken_answers import SpokenPlaces
from bot.errors import OperatorError
from bot.interview.model import Exchange, Interview, Spoiler
from bot.interview.pack.entries import Entry, QuoteEntry, spoiler_of
from bot.interview.pack.files import QUOTES
from bot.interview.pack.mistakes import FieldPath, Mistakes, Spot
from bot.interview.pack.source import read_entries, validated
from bot.text import _

TABLE: Final = "quotes"
LEVELS: Final[Sequence[str]] = [level.name.lower() for level in Spoiler]
E = TypeVar("E", bound=Entry)
_NOWHERE: Final = Exchange(0, "", "")


class _Unwritten:
    """An entry that stands in no file yet."""

    def spot(self, path: FieldPath = (), *, of_key: bool = False) -> Spot:
        return Spot(1)


@dataclass(frozen=True, slots=True)
class QuoteFields:
    """What an editor says of a quote beside its words."""

    topics: tuple[str, ...]
    spoiler: str
    mature: bool
    drawn: bool

    def beside(self, former: "QuoteFields", exchange: Exchange) -> Mapping[str, Any]:
        """Give the fields that differ; None for one that says no more than the question does."""
        topics = None if self.topics == exchange.topics else list(self.topics)
        spoiler = None if spoiler_of(self.spoiler) == exchange.spoiler else self.spoiler
        values = {"topics": topics, "spoiler": spoiler}
        values |= {"mature": self.mature or None, "drawn": None if self.drawn else False}
        return {
            name: value
            for name, value in values.items()
            if getattr(self, name) != getattr(former, name)
        }


@dataclass(frozen=True, slots=True)
class PickedQuote:
    """A quote in use or withdrawn; `places` are those of its sentences in what was said."""

    entry: QuoteEntry
    fields: QuoteFields
    places: Sequence[int]

    def to_json(self, interview: Interview) -> dict[str, Any]:
        entry, fields = self.entry, self.fields
        person = interview.people_by_key.get(entry.speaker)
        return {
            "number": entry.number,
            "exchange": entry.exchange,
            "speaker": person.name if person else entry.speaker,
            "text": entry.text,
            "topics": fields.topics,
            "spoiler": fields.spoiler,
            "mature": fields.mature,
            "drawn": fields.drawn,
            "withdrawn": entry.withdrawn,
            "mark": mark_of(entry),
            "places": self.places,
        }


def read_quotes(folder: Path, interview: Interview, places: SpokenPlaces) -> Iterator[PickedQuote]:
    """List the quotes in the file that an editor writes, those with mistakes left out."""
    for record in read_entries(folder / QUOTES, TABLE, QuoteEntry, Mistakes()):
        entry = record.entry
        if entry.number is not None:
            spoken = [] if entry.withdrawn else places.of(entry.exchange, entry.speaker, entry.text)
            yield PickedQuote(entry, fields_of_quote(entry, interview), spoken)


def entry_of(row: Mapping[str, Any], path: Path) -> QuoteEntry:
    """Read a quote; raises OperatorError where it is wrong."""
    return checked(QuoteEntry, row, path)


def checked(kind: type[E], row: Mapping[str, Any], path: Path) -> E:
    """Read what is to be written; raises OperatorError where it is wrong."""
    mistakes = Mistakes()
    entry = validated(kind, row, path, mistakes, _Unwritten())
    for mistake in mistakes:
        raise OperatorError(_("{what}.", what=mistake.sentence()))
    assert entry is not None
    return entry


def fields_of_quote(entry: QuoteEntry, interview: Interview) -> QuoteFields:
    """Give what holds for a quote, be it from itself or from its question."""
    exchange = exchange_of(interview, entry.exchange)
    topics = exchange.topics if entry.topics is None else tuple(entry.topics)
    level = entry.spoiler or LEVELS[exchange.spoiler]
    return QuoteFields(topics, level, entry.mature, entry.drawn)


def exchange_of(interview: Interview, number: int) -> Exchange:
    return interview.exchanges_by_number.get(number, _NOWHERE)


def mark_of(entry: QuoteEntry) -> str:
    """Give what is another one whenever an entry says something else."""
    text = entry.model_dump_json(exclude_unset=True)
    return blake2b(text.encode(), digest_size=8).hexdigest()
