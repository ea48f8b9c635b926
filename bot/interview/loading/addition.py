"""More of an interview that there is: what was said around its quotes, under its own words."""

from collections import Counter
from collections.abc import Sequence
from itertools import count
from typing import Final

from bot.interview.loading.plan import Plan, Row
from bot.interview.loading.spoken_rows import SpokenRows, speech_of
from bot.interview.model import Interview, Quote, Spoiler
from bot.interview.names import UnknownNameError, find_labelled
from bot.interview.pack.pack import Pack
from bot.interview.transcript import Transcript
from bot.interview.words import QuotedWords, fold, holds_any, occurs, words_of

_FIRST_NUMBERS: Final = 1000
"""Loaded quotes are numbered from the next multiple on, so that the pack has room to grow."""
_MOST_TOPICS: Final = 8
_LEVELS: Final = {Spoiler.NONE: "none", Spoiler.MILD: "mild", Spoiler.MAJOR: "major"}


def addition_to(pack: Pack, transcript: Transcript) -> Plan:
    """Plan what a transcript adds to an interview whose quotes occur in it."""
    interview = pack.interview
    quotes = list(pack.quotes())
    plan = Plan(interview.slug, interview.slug, {"adds_to": interview.slug})
    plan.beside = tuple(pack.folders)
    rows = SpokenRows(
        plan,
        _people_of(transcript, interview, plan),
        count(_first_number(max(quote.number for quote in quotes))),
        interview.language,
        QuotedWords(quote.text for quote in quotes),
        {fold(quote.text) for quote in quotes},
    )
    context = _Context(pack, quotes)
    places = _places(transcript, interview, quotes)
    for exchange, number in zip(transcript.exchanges, places, strict=True):
        if number is None:
            question = exchange.question
            plan.left_out.append(f"a question the interview doesn't have: {question}")
        else:
            rows.add(exchange, number, lambda text, number=number: context.fields(text, number))
    rows.choose_drawn()
    return plan


class _Context:
    """What an interview says of its passages: how much they give away, and what they are about."""

    def __init__(self, pack: Pack, quotes: Sequence[Quote]) -> None:
        self._mature_words = pack.mature_words
        exchanges = pack.interview.exchanges
        self._levels = Counter({exchange.number: int(exchange.spoiler) for exchange in exchanges})
        for quote in quotes:
            self._levels[quote.exchange] = max(self._levels[quote.exchange], quote.spoiler)
        self._of_exchange = {exchange.number: exchange.topics for exchange in exchanges}
        named = [topic for quote in quotes for topic in quote.topics]
        named += [topic for exchange in exchanges for topic in exchange.topics]
        self._topics = {topic: f" {' '.join(words_of(topic))} " for topic in named}

    def fields(self, text: str, number: int) -> Row:
        line = f" {' '.join(words_of(text))} "
        own = self._of_exchange.get(number, ())
        more = [
            topic for topic, words in self._topics.items() if words in line and topic not in own
        ]
        fields: Row = {"topics": [*own, *more][:_MOST_TOPICS]} if more else {}
        level = _LEVELS[Spoiler(self._levels[number])]
        fields |= {"spoiler": level} if level != "none" else {}
        return fields | ({"mature": True} if holds_any(text, self._mature_words) else {})


def _first_number(highest: int) -> int:
    return (highest // _FIRST_NUMBERS + 1) * _FIRST_NUMBERS + 1


def _people_of(transcript: Transcript, interview: Interview, plan: Plan) -> dict[str, str]:
    """Map the names of a transcript to the keys of an interview."""
    keys: dict[str, str] = {}
    for name in transcript.people:
        try:
            keys[name] = find_labelled(interview, name).key
        except UnknownNameError:
            plan.left_out.append(f"what {name} said, who isn't in the interview")
    return keys


def _places(
    transcript: Transcript, interview: Interview, quotes: Sequence[Quote]
) -> list[int | None]:
    """Find the number of each exchange: by the quotes in it, else by its place."""
    places: list[int | None] = []
    numbers = [exchange.number for exchange in interview.exchanges if exchange.number]
    for n, exchange in enumerate(transcript.exchanges):
        speech = speech_of([exchange])
        votes = Counter(quote.exchange for quote in quotes if occurs(quote.text, speech))
        by_place = numbers[n] if len(numbers) == len(transcript.exchanges) else None
        places.append(votes.most_common(1)[0][0] if votes else by_place)
    return places
