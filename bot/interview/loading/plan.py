"""What loading a transcript would write: an interview of its own, or more of one there is."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any, Final

from bot.errors import OperatorError
from bot.interview.loading.passages import passages
from bot.interview.model import MAX_CHOICE, Interview, Person, Quote, Spoiler
from bot.interview.names import UnknownNameError, find_labelled
from bot.interview.pack.entries import MAX_QUOTE, MAX_SUMMARY
from bot.interview.pack.items import person_key
from bot.interview.pack.packs import Pack
from bot.interview.transcript import SpokenExchange, Transcript
from bot.interview.words import QuotedWords, fold, holds_any, occurs, word_line
from bot.text import _

# Nearly all quotes occur in their own interview, hardly any in another.
_MOST: Final = 0.5
_MAX_EXCHANGES: Final = 1500
_MAX_ENTRY: Final = 200_000
"""Characters of what was said in one entry; in any script fewer bytes than a line may have."""
_FIRST_NUMBERS: Final = 1000
"""Loaded quotes are numbered from the next multiple on, so that the pack has room to grow."""
_LEVELS: Final = {Spoiler.NONE: "none", Spoiler.MILD: "mild", Spoiler.MAJOR: "major"}


@dataclass
class Plan:
    """The files of a pack, as rows; `adds_to` names the interview that it belongs to."""

    slug: str
    adds_to: str = ""
    interview: dict[str, Any] = field(default_factory=dict[str, Any])
    quotes: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    answers: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    left_out: list[str] = field(default_factory=list[str])
    texts: set[str] = field(default_factory=set[str])
    """The quotes' texts, folded: what is said twice becomes one quote."""


def plan_load(
    transcript: Transcript,
    shipped_packs: Sequence[Pack],
    loaded_packs: Sequence[Pack],
    slug: str | None,
) -> Plan:
    """Plan what a transcript becomes.

    It adds to the shipped interview named by `slug`, else to the one most of whose quotes occur
    in it; else it is an interview of its own, in place of the same one among the `loaded_packs`.
    Raises OperatorError where the named one is not there or is another.
    """
    _refuse_many(transcript)
    speech = _speech(transcript.exchanges)
    shares = {pack.interview.slug: _share(pack, speech) for pack in shipped_packs}
    if slug is not None:
        _refuse_another(shares, slug)
    best = slug or max(shares, key=lambda name: shares[name], default="")
    pack = next((pack for pack in shipped_packs if pack.interview.slug == best), None)
    if pack is not None and shares[best] >= _MOST:
        return _addition(transcript, pack)
    earlier_loads = [pack.interview.slug for pack in loaded_packs if _share(pack, speech) >= _MOST]
    slugs = {pack.interview.slug for pack in (*shipped_packs, *loaded_packs)}
    return _new(transcript, earlier_loads[0] if earlier_loads else None, slugs)


def plan_new(transcript: Transcript, slug: str) -> Plan:
    """Plan an interview of its own, for an editor to go on with."""
    _refuse_many(transcript)
    return _new(transcript, slug, set())


def _refuse_many(transcript: Transcript) -> None:
    """Refuse what would become more than the file of an interview may hold."""
    if (count := len(transcript.exchanges)) > _MAX_EXCHANGES:
        raise OperatorError(
            _("The transcript has {count} questions.", count=count),
            _("An interview has at most {most}; divide the file.", most=_MAX_EXCHANGES),
        )


def follow(plan: Plan, earlier_rows: Sequence[dict[str, Any]], since: date) -> None:
    """Keep the numbers that an earlier load gave; what it did not have comes with a later day.

    Of what is gone only the number stays, as withdrawn.
    """
    if not (plan.adds_to or earlier_rows):
        return
    by_text = {row["text"]: row for row in earlier_rows if not row.get("withdrawn")}
    numbers = count(max((row["number"] for row in earlier_rows), default=0) + 1)
    for row in plan.quotes:
        if earlier := by_text.pop(row["text"], None):
            row |= {name: earlier[name] for name in ("number", "since") if name in earlier}
        else:
            row |= {"number": next(numbers)} if earlier_rows else {}
            row["since"] = since.isoformat()
    plan.quotes += [row for row in earlier_rows if row.get("withdrawn")]
    plan.quotes += [{**row, "text": "…", "withdrawn": True} for row in by_text.values()]
    plan.quotes.sort(key=lambda row: row.get("since", ""))


def _refuse_another(shares: Mapping[str, float], slug: str) -> None:
    if slug not in shares:
        raise OperatorError(
            _("There is no interview {slug!r}.", slug=slug),
            _("There are: {slugs}.", slugs=", ".join(shares)),
        )
    if shares[slug] < _MOST:
        raise OperatorError(
            _("Most quotes of {slug!r} do not occur in this transcript.", slug=slug),
            _("Leave out --pack to load it as an interview of its own."),
        )


def _speech(exchanges: Sequence[SpokenExchange]) -> str:
    """Write all that was answered as one line of words."""
    answers = [answer for exchange in exchanges for answer in exchange.answers]
    return word_line(" ".join(sentence for answer in answers for sentence in answer.sentences))


def _share(pack: Pack, speech: str) -> float:
    """Give the part of a pack's quotes that occur in what was said; the first thousand decide."""
    quotes = [quote for quote, _n in zip(pack.quotes(), range(1000), strict=False)]
    return sum(occurs(quote.text, speech) for quote in quotes) / max(1, len(quotes))


def _addition(transcript: Transcript, pack: Pack) -> Plan:
    interview = pack.interview
    quotes = list(pack.quotes())
    plan = Plan(interview.slug, interview.slug, {"adds_to": interview.slug})
    numbers = count(_first_number(max(quote.number for quote in quotes)))
    levels = Counter({exchange.number: int(exchange.spoiler) for exchange in interview.exchanges})
    for quote in quotes:
        levels[quote.exchange] = max(levels[quote.exchange], quote.spoiler)
    people = _people_of(transcript, interview, plan)
    places = _places(transcript, interview, quotes)
    quoted = QuotedWords(quote.text for quote in quotes)
    for exchange, number in zip(transcript.exchanges, places, strict=True):
        if number is None:
            plan.left_out.append(
                f"a question that the interview does not have: {exchange.question}"
            )
            continue
        level = _LEVELS[Spoiler(levels[number])]
        _add_answers(plan, exchange, number, people, quoted, numbers, level, pack.mature_words)
    return plan


def _first_number(highest: int) -> int:
    return (highest // _FIRST_NUMBERS + 1) * _FIRST_NUMBERS + 1


def _people_of(transcript: Transcript, interview: Interview, plan: Plan) -> dict[str, str]:
    """Map the names of a transcript to the keys of an interview."""
    keys: dict[str, str] = {}
    for name in transcript.people:
        try:
            keys[name] = find_labelled(interview, name).key
        except UnknownNameError:
            plan.left_out.append(f"what {name} said, whom the interview does not know")
    return keys


def _places(
    transcript: Transcript, interview: Interview, quotes: Sequence[Quote]
) -> list[int | None]:
    """Find the number of each exchange: by the quotes in it, else by its place."""
    places: list[int | None] = []
    numbers = [exchange.number for exchange in interview.exchanges if exchange.number]
    for n, exchange in enumerate(transcript.exchanges):
        speech = _speech([exchange])
        votes = Counter(quote.exchange for quote in quotes if occurs(quote.text, speech))
        by_place = numbers[n] if len(numbers) == len(transcript.exchanges) else None
        places.append(votes.most_common(1)[0][0] if votes else by_place)
    return places


def _new(transcript: Transcript, slug: str | None, slugs: set[str]) -> Plan:
    title = transcript.title or f"An interview with {' and '.join(transcript.people)}"
    people = {name: Person(key, name) for name, key in _keys(transcript.people).items()}
    plan = Plan(slug or _slug(title, slugs))
    exchanges: list[dict[str, Any]] = [
        {
            "number": 0,
            "title": "Introduction",
            "summary": f"{' and '.join(transcript.people)} in conversation with "
            f"{transcript.interviewer or 'an interviewer'}.",
        }
    ]
    numbers = count(1)
    keys = {name: person.key for name, person in people.items()}
    for number, exchange in enumerate(transcript.exchanges, 1):
        question = exchange.question or "What was said first"
        exchanges.append(
            {
                "number": number,
                "title": _shortened(question, MAX_CHOICE),
                "summary": _shortened(question, MAX_SUMMARY),
            }
        )
        _add_answers(plan, exchange, number, keys, QuotedWords([]), numbers, "none", ())
    plan.interview = {
        "title": _shortened(title, 100),
        "work": _shortened(title, 100),
        "outlet": _shortened(transcript.interviewer or title, 100),
        "people": [{"name": person.name, "key": person.key} for person in people.values()],
        "exchanges": exchanges,
    }
    return plan


def _add_answers(
    plan: Plan,
    exchange: SpokenExchange,
    number: int,
    people: Mapping[str, str],
    quoted: QuotedWords,
    numbers: "count[int]",
    level: str,
    mature_words: Sequence[str],
) -> None:
    for answer in exchange.answers:
        key = people.get(answer.speaker)
        if key is None:
            continue
        place: dict[str, Any] = {"exchange": number, "speaker": key}
        for sentences in _entries_of(_pieces(answer.sentences)):
            plan.answers.append({**place, "sentences": sentences})
        for passage in passages(answer.sentences, quoted):
            if fold(passage.text[:MAX_QUOTE]) in plan.texts:
                continue
            plan.texts.add(fold(passage.text[:MAX_QUOTE]))
            row = {"number": next(numbers), **place, "text": passage.text[:MAX_QUOTE]}
            row |= {"spoiler": level} if level != "none" else {}
            row |= {"mature": True} if holds_any(passage.text, mature_words) else {}
            row |= {} if passage.is_drawn else {"drawn": False}
            plan.quotes.append(row)


def _pieces(sentences: Sequence[str]) -> list[str]:
    """Cut what is longer than any sentence, so that an entry can hold it."""
    return [
        sentence[start : start + MAX_QUOTE]
        for sentence in sentences
        for start in range(0, len(sentence), MAX_QUOTE)
    ]


def _entries_of(pieces: Sequence[str]) -> Iterator[list[str]]:
    """Divide an answer of hours where a line of the file could not hold it."""
    sentences: list[str] = []
    length = 0
    for piece in pieces:
        if length + len(piece) > _MAX_ENTRY and sentences:
            yield sentences
            sentences, length = [], 0
        sentences.append(piece)
        length += len(piece)
    if sentences:
        yield sentences


def _keys(names: Sequence[str]) -> dict[str, str]:
    """Give each speaker a key; one whose name has no Latin letter gets a number."""
    keys: dict[str, str] = {}
    for n, name in enumerate(names, 1):
        key = person_key(name) or f"speaker-{n}"
        keys[name] = key if key not in keys.values() else f"speaker-{n}"
    return keys


def _slug(title: str, slugs: set[str]) -> str:
    """Make a name out of a title that is none of those there are."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:28].strip("-") or "interview"
    candidates = (base if n == 1 else f"{base}-{n}" for n in count(1))
    return next(slug for slug in candidates if slug not in slugs)


def _shortened(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[: limit - 1].rpartition(" ")[0].rstrip(",;:- ") + "…"
