"""Which quote and which fact come on a day, so that neither answers the day's question."""

import random
from collections.abc import Awaitable, Callable, Sequence
from itertools import combinations
from typing import Final, NamedTuple, TypeVar

from bot.interview.days import place_of_day
from bot.interview.library.facets import Facet
from bot.interview.model import Fact, Quote
from bot.interview.words import holds_any
from bot.trivia.kinds import Question, Source

_WEEK: Final = 7
"""Days within which items change places: each still comes in its turn."""
_TRIED: Final = 64
"""Items that are looked at where no other day of the week has one that fits."""
_ANSWERS: Final = 2
"""How much worse it is to answer the question than to tell of the same exchange as the fact."""

T = TypeVar("T", Quote, Fact)


class Beside(NamedTuple):
    """What else is on the card of a day."""

    question: Question | None
    fact: Fact | None = None


def week_of(day: int) -> range:
    first = day - day % _WEEK
    return range(first, first + _WEEK)


async def arranged(
    days: Sequence[int],
    facet: Facet,
    read: Callable[[Facet, Sequence[int]], Awaitable[Sequence[T]]],
    besides: Sequence[Beside],
) -> list[T]:
    """Give each day an item from another exchange than what is beside it, where there is any."""
    items = list(await read(facet, [place_of_day(day, facet.size) for day in days]))
    for n, m in combinations(range(len(days)), 2):
        now = _clash(items[n], besides[n]) + _clash(items[m], besides[m])
        if now and _clash(items[m], besides[n]) + _clash(items[n], besides[m]) < now:
            items[n], items[m] = items[m], items[n]
    for n, day in enumerate(days):
        if _clash(items[n], besides[n]) or items[n] in items[:n]:
            tried = random.Random(day).sample(range(facet.size), min(_TRIED, facet.size))
            items[n] = _best([items[n], *await read(facet, tried)], besides[n], items)
    return items


def _best(candidates: Sequence[T], beside: Beside, week: Sequence[T]) -> T:
    """Choose what fits, rather one that does not come in the same week."""
    return min(candidates, key=lambda item: (_clash(item, beside), item in week))


def _clash(item: Quote | Fact, beside: Beside) -> int:
    """Rate how badly an item goes with what is beside it."""
    is_as_fact = beside.fact is not None and beside.fact.exchange == item.exchange
    return is_as_fact + _ANSWERS * _answers(item, beside.question)


def _answers(item: Quote | Fact, question: Question | None) -> bool:
    """Say whether an item may tell what is right: it is about the same, or has the very words."""
    if question is None:
        return False
    # Of the other kinds the choices are names, or long, or only true and false.
    is_wording = question.source in (Source.CURATED, Source.LINE)
    right = question.choices[question.right]
    return item.exchange == question.exchange or (is_wording and holds_any(item.text, [right]))
