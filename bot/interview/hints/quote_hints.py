"""What makes quotes weak: one voice that has most of them, and words for what is not in them."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from bot.interview.hints.pronouns import opening_pronoun
from bot.interview.model import QuoteGame
from bot.interview.pack.entries import QuoteEntry
from bot.interview.pack.mistakes import Mistake, Remark, at_most
from bot.interview.pack.pack import Pack
from bot.interview.pack.source import Record
from bot.text import _

_ENOUGH: Final = 12
"""Quotes from which on it says something who has how many."""
_MOST_OF_ONE: Final = 0.6


def hints_at_quotes(pack: Pack) -> Iterator[Mistake]:
    """Go once through the quotes that come at random, however many there are."""
    shares = _SpeakerShares()
    yield from at_most(_pronouns(pack, shares))
    yield from shares.hints(pack)


class _SpeakerShares:
    """Counts whose the quotes are of which it may be asked who said them."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._firsts: dict[str, Record[QuoteEntry]] = {}

    def add(self, record: Record[QuoteEntry]) -> None:
        quote = record.entry
        if quote.games is None or QuoteGame.WHO in quote.games:
            self._counts[quote.speaker] += 1
            self._firsts.setdefault(quote.speaker, record)

    def hints(self, pack: Pack) -> Iterator[Mistake]:
        """Say where one of several has so many that their name is a good guess."""
        total = self._counts.total()
        for key, count in self._counts.most_common(1):
            if len(self._counts) == 1 or total < _ENOUGH or count <= _MOST_OF_ONE * total:
                return
            person = pack.interview.people_by_key.get(key)
            problem = _(
                "{count} of {total} quotes are {name}'s, a good guess at who said one",
                count=count,
                total=total,
                name=person.name if person else key,
            )
            remedy = _('choose more of the others, or leave "who" out of the games of some')
            first = self._firsts[key]
            yield Mistake.of(first.path, first.passage, Remark(problem, remedy, ["speaker"]))


def _pronouns(pack: Pack, shares: _SpeakerShares) -> Iterator[Mistake]:
    language = pack.interview.language.partition("-")[0]
    for record in pack.quote_entries():
        quote = record.entry
        if quote.withdrawn or not quote.drawn:
            continue
        shares.add(record)
        if opening := opening_pronoun(quote.text, language):
            problem = (
                _("the quote is about {word!r}, and nothing says what that is", word=opening.word)
                if opening.is_framed
                else _(
                    "the quote opens with {word!r}, and nothing says what that is",
                    word=opening.word,
                )
            )
            remedy = _("begin where it is named, or leave the quote out")
            yield Mistake.of(record.path, record.passage, Remark(problem, remedy, ["text"]))
