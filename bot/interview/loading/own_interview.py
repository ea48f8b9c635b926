"""An interview of its own made of a transcript: titles, topics and people without an editor."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import Final

from bot.interview.loading.distinctive import NamedTopics, topics_of
from bot.interview.loading.plan import Plan, Row
from bot.interview.loading.spoken_rows import SpokenRows
from bot.interview.loading.titles import is_heard, is_telling, summary_of_question, title_of
from bot.interview.loading.tongue import language_of
from bot.interview.pack.entries import MAX_SUMMARY
from bot.interview.pack.items import person_key
from bot.interview.transcript import SpokenExchange, Transcript
from bot.interview.transcript.roles import asks
from bot.interview.words import fold, words_of
from bot.letters import cut, label
from bot.text import Text, _, say

_MAX_NAME: Final = 100
_NAMED: Final = 3
"""People that are named one by one; more of them are counted."""
_DEFAULT_LANGUAGE: Final = "en"


def own_interview(transcript: Transcript, slug: str | None, slugs: set[str]) -> Plan:
    """Plan an interview under a slug, else under one that is none of those there are."""
    texts = [_words_of(exchange) for exchange in transcript.exchanges]
    language = language_of(texts) or _DEFAULT_LANGUAGE
    title = transcript.title or say(
        _("An interview with {people}", people=_listed(transcript.people)), language
    )
    plan = Plan(slug or _slug(title, slugs), suggestions=_suggestions(transcript))
    keys = _keys(transcript.people)
    topics = topics_of(texts, [*transcript.people, transcript.interviewer], language)
    rows = SpokenRows(plan, keys, count(1), language)
    _add_spoken(rows, transcript.exchanges, topics)
    plan.interview = {
        "title": label(title, _MAX_NAME),
        "work": label(title, _MAX_NAME),
        **_published(transcript, title),
        **({"language": language} if language != _DEFAULT_LANGUAGE else {}),
        "people": [{"name": label(name, _MAX_NAME), "key": key} for name, key in keys.items()],
        "exchanges": [
            _introduction(transcript, language),
            *_exchanges(transcript.exchanges, topics, language),
        ],
    }
    return plan


def _published(transcript: Transcript, title: str) -> Row:
    """Say who published it and where, as far as the file does; else who asks, or what it is called.

    An outlet is never without a name: each card with a quote ends in it.
    """
    imprint, asker = transcript.imprint, _asker(transcript)
    byline = imprint.byline or (asker if imprint.outlet else "")
    # A label such as "The Harbour Post" may be who published it; "Cora" of "Cora Writer" is not.
    is_byline = set(words_of(byline)).issuperset(words_of(asker))
    outlet = label(imprint.outlet or (byline if is_byline else asker) or title, _MAX_NAME)
    fields = {"byline": "" if byline == outlet else byline, "link": imprint.link}
    return {"outlet": outlet} | {name: value for name, value in fields.items() if value}


def _suggestions(transcript: Transcript) -> Row:
    """Suggest a byline that stands for the outlet, and rights where it is known since when."""
    imprint = transcript.imprint
    byline = {"byline": imprint.byline} if imprint.byline else {}
    if not imprint.date:
        return byline
    where = f" by {imprint.outlet}" if imprint.outlet else ""
    return {**byline, "rights": f"First published{where}, {imprint.date}."}


def _add_spoken(
    rows: SpokenRows, exchanges: Sequence[SpokenExchange], topics: Sequence[list[str]]
) -> None:
    """Add what was said; a passage is about what it names, not all that its long answer does."""
    named = NamedTopics(chain.from_iterable(topics))
    for number, (exchange, about) in enumerate(zip(exchanges, topics, strict=True), 1):

        def fields(text: str, about: list[str] = about) -> Row:
            own = named.named_in(text)
            return {} if own == about else {"topics": own}

        rows.add(exchange, number, fields)
    rows.choose_drawn()


def _words_of(exchange: SpokenExchange) -> str:
    sentences = [sentence for answer in exchange.answers for sentence in answer.sentences]
    return "\n".join([exchange.question, *sentences])


def _introduction(transcript: Transcript, language: str) -> Row:
    asker = _asker(transcript) or _("an interviewer")
    people = _listed(transcript.people)
    summary = _("{people} in conversation with {asker}.", people=people, asker=asker)
    return {
        "number": 0,
        "title": say(_("Introduction"), language),
        "summary": label(say(summary, language), MAX_SUMMARY),
    }


def _asker(transcript: Transcript) -> str:
    """Name who asks; empty where several do, or only what somebody does is known."""
    name = transcript.interviewer
    return "" if "," in name or (" " not in name and asks(name)) else name


def _listed(names: Sequence[str]) -> Text | str:
    """Name some people, and count the others."""
    names = [cut(name, _MAX_NAME) for name in names]
    first = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        return _("{names} and {count} others", names=first, count=len(names) - _NAMED)
    if len(names) == 1:
        return first
    return _("{names} and {last}", names=", ".join(names[:-1]), last=names[-1])


def _exchanges(
    exchanges: Sequence[SpokenExchange], topics: Sequence[list[str]], language: str
) -> Iterator[Row]:
    titles = [title_of(exchange.question, language) for exchange in exchanges]
    counts = Counter(map(fold, titles))
    for number, (exchange, title, about) in enumerate(
        zip(exchanges, titles, topics, strict=True), 1
    ):
        is_question = is_heard(exchange.question)
        other = say(_("What was said first") if number == 1 else _("Without a question"), language)
        is_guessed = counts[fold(title)] == 1 and is_telling(exchange.question, title, language)
        yield {
            "number": number,
            "title": title if is_question else other,
            "summary": summary_of_question(exchange.question) or other,
            **({"topics": about} if about else {}),
            **({} if is_guessed else {"guessed": False}),
        }


def _keys(names: Sequence[str]) -> dict[str, str]:
    """Give each speaker a key; one whose name has no Latin letter, or no own ones, a number."""
    keys: dict[str, str] = {}
    for name in names:
        own = person_key(name)
        numbered = (f"speaker-{n}" for n in count(len(keys) + 1))
        candidates = (key for key in (own, *(next(numbered) for _n in names)) if key)
        keys[name] = next(key for key in candidates if key not in keys.values())
    return keys


def _slug(title: str, slugs: set[str]) -> str:
    """Make a name out of a title that is none of those there are."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
    base = _whole_words(base, 28) or "interview"
    candidates = (base if n == 1 else f"{base}-{n}" for n in count(1))
    return next(slug for slug in candidates if slug not in slugs)


def _whole_words(slug: str, limit: int) -> str:
    if len(slug) <= limit:
        return slug
    return (slug[: limit + 1].rpartition("-")[0] or slug[:limit]).strip("-")
