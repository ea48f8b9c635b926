"""What makes facts weak: they all begin alike, or name somebody under whom nobody finds them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from bot.interview.hints.named_people import NamedPeople
from bot.interview.loading.tongue import articles_of
from bot.interview.model import Interview
from bot.interview.pack.entries import FactEntry
from bot.interview.pack.mistakes import Mistake, Remark, at_most
from bot.interview.pack.source import Record
from bot.interview.words import words_of
from bot.text import Text, _

Facts = Sequence[Record[FactEntry]]

_ENOUGH: Final = 12
"""Facts from which on it says something how they begin."""
_OF_ONE_WORD: Final = 1 / 3
_OF_NAMES: Final = 1 / 2
_REMEDY: Final = _("begin some with when, where or what happened: read in a row they are a list")


def hints_at_facts(facts: Facts, interview: Interview) -> Iterator[Mistake]:
    people = NamedPeople(interview)
    yield from at_most(_unlisted(facts, people))
    if len(facts) >= _ENOUGH:
        yield from _alike(facts, interview, people)


def _unlisted(facts: Facts, people: NamedPeople) -> Iterator[Mistake]:
    """List the facts that are not found under somebody whom they name.

    Where it is asked who it was, `people` are the answer, and others may be named beside them.
    """
    for record in facts:
        fact = record.entry
        if fact.who and fact.people:
            continue
        for person in people.named_in(fact.text):
            if person.key not in fact.people:
                problem = _("the fact names {name} and is not found there", name=person.name)
                remedy = _("add {key} to its people, or tell it without the name", key=person.key)
                yield Mistake.of(record.path, record.passage, Remark(problem, remedy, ["people"]))


def _alike(facts: Facts, interview: Interview, people: NamedPeople) -> Iterator[Mistake]:
    """Say where too many begin with one word, or with whatever name."""
    articles = articles_of(interview.language.partition("-")[0])
    by_opening: defaultdict[str, list[Record[FactEntry]]] = defaultdict(list)
    with_name: list[Record[FactEntry]] = []
    for record in facts:
        name = people.opening(record.entry.text)
        by_opening[name or _opening(record.entry.text, articles)].append(record)
        with_name += [record] if name else []
    opening, alike = max(by_opening.items(), key=lambda item: len(item[1]))
    if len(alike) > _OF_ONE_WORD * len(facts):
        yield _at(alike, len(facts), _("with {opening!r}", opening=opening))
    elif len(with_name) > _OF_NAMES * len(facts):
        yield _at(with_name, len(facts), _("with a name"))


def _opening(text: str, articles: frozenset[str]) -> str:
    """Give the first word, behind an article or the like also the second."""
    first, second = [*words_of(text)[:2], "", ""][:2]
    return f"{first} {second}" if first in articles else first


def _at(alike: Facts, total: int, how: Text) -> Mistake:
    problem = _("{count} of {total} facts begin {how}", count=len(alike), total=total, how=how)
    return Mistake.of(alike[0].path, alike[0].passage, Remark(problem, _REMEDY, ["text"]))
