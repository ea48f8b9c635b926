"""Somebody who has not read the interview and answers by grammar alone, in several ways."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean

from bot.trivia.kinds import Question, Source
from bot.trivia.missing_word import GAP

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SINGULAR = frozenset(
    ["a", "an", "each", "every", "one", "this", "that", "un", "une", "ein", "eine"]
)
_PLURAL = frozenset(
    [
        "all",
        "both",
        "few",
        "many",
        "several",
        "some",
        "these",
        "those",
        "two",
        "three",
        "four",
        "des",
        "viele",
    ]
)


class Usage:
    """How often each word, and each two beside each other, are said in an interview."""

    def __init__(self, lines: Iterable[str]) -> None:
        every = [words(line) for line in lines]
        self.uses = Counter(word for line in every for word in line)
        self.pairs = Counter(pair for line in every for pair in pairwise(line))


@dataclass(frozen=True)
class Sheet:
    """A question as it looks: what stands before and after the gap, and what may fill it.

    `own` are the pairs of the answer's own line, which nobody has read.
    """

    before: str
    after: str
    choices: Sequence[str]
    right: int
    usage: Usage
    own: Counter[tuple[str, str]]

    @property
    def last(self) -> str:
        return (words(self.before) or [""])[-1]

    @property
    def next(self) -> str:
        return (words(self.after) or [""])[0]


Way = Callable[[Sheet, str], float]
"""Rates a choice; the best rated is taken, and of equal ones any."""


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _begins_with_vowel(choice: str) -> bool:
    return choice[:1].casefold() in "aeiou"


def agrees_with_article(sheet: Sheet, choice: str) -> float:
    return sheet.last in ("a", "an") and _begins_with_vowel(choice) == (sheet.last == "an")


def agrees_in_number(sheet: Sheet, choice: str) -> float:
    is_plural = (words(choice) or [""])[0].endswith("s")
    wants = {**dict.fromkeys(_SINGULAR, False), **dict.fromkeys(_PLURAL, True)}.get(sheet.last)
    return wants is not None and wants == is_plural


def ends_the_sentence(sheet: Sheet, choice: str) -> float:
    """Close what was opened, and end with a full stop where nothing follows."""
    quotes = (sheet.before + sheet.after + choice).replace("n't", "").count("'") % 2 == 0
    return quotes + (bool(re.search(r"[.?!]\W*$", choice)) == (not sheet.after))


def goes_on_small(sheet: Sheet, choice: str) -> float:
    """Write small what goes on in a sentence, and large what begins one."""
    begins = re.search(r"[.?!:]\W*$", sheet.before.rstrip("… ")) is not None
    return choice[:1].isupper() == begins


def was_said_so(sheet: Sheet, choice: str) -> float:
    """Take what stands behind and before the same words elsewhere."""
    parts = words(choice) or [""]
    places = (sheet.last, parts[0]), (parts[-1], sheet.next)
    return sum(sheet.usage.pairs[place] > sheet.own[place] for place in places)


def repeats_the_stem(sheet: Sheet, choice: str) -> float:
    stems = {word[:4] for word in words(f"{sheet.before} {sheet.after}") if len(word) > 3}
    return sum(word[:4] in stems for word in words(choice))


def is_frequent(sheet: Sheet, choice: str) -> float:
    return mean([sheet.usage.uses[word] for word in words(choice)] or [0])


def ends_like_others(sheet: Sheet, choice: str) -> float:
    """Count the choices that end alike: one may belong to another class of words."""
    return sum(other[-2:] == choice[-2:] for other in sheet.choices)


def follows_all_rules(sheet: Sheet, choice: str) -> float:
    return sum(rule(sheet, choice) for rule in RULES)


RULES: Sequence[Way] = (
    agrees_with_article,
    agrees_in_number,
    ends_the_sentence,
    goes_on_small,
    was_said_so,
)
WAYS: Mapping[str, Way] = {
    "longest": lambda _sheet, choice: len(choice),
    "shortest": lambda _sheet, choice: -len(choice),
    "most words": lambda _sheet, choice: len(choice.split()),
    "fewest words": lambda _sheet, choice: -len(choice.split()),
    "most frequent": is_frequent,
    "least frequent": lambda sheet, choice: -is_frequent(sheet, choice),
    "repeats the stem": repeats_the_stem,
    "repeats nothing": lambda sheet, choice: -repeats_the_stem(sheet, choice),
    "ends like others": ends_like_others,
    "ends like none": lambda sheet, choice: -ends_like_others(sheet, choice),
    "the first": lambda sheet, choice: -sheet.choices.index(choice),
    "all rules": follows_all_rules,
    **{rule.__name__.replace("_", " "): rule for rule in RULES},
}


def sheet_of(question: Question, usage: Usage) -> Sheet:
    """Lay out a question; how words are used is known from all lines but the answer's own."""
    passage, choices = question.passage, question.choices
    if question.source is Source.COMPARE:
        passage, choices = question.prompt, tuple(question.passage.split("\n"))
    before, _gap, after = passage.partition(GAP)
    own = Counter(pairwise(words(question.explanation)))
    return Sheet(before, after, choices, question.right, usage, own)


def share_right(sheets: Sequence[Sheet], way: Way) -> float:
    """Give the share that a way of choosing gets right; chance shares between equals."""
    return mean(_luck(sheet, way) for sheet in sheets)


def chance(sheets: Sequence[Sheet]) -> float:
    return mean(1 / len(sheet.choices) for sheet in sheets)


def shares(sheets: Sequence[Sheet]) -> dict[str, float]:
    return {name: share_right(sheets, way) for name, way in WAYS.items()}


def _luck(sheet: Sheet, way: Way) -> float:
    ratings = [way(sheet, choice) for choice in sheet.choices]
    best = [n for n, rating in enumerate(ratings) if rating == max(ratings)]
    return (sheet.right in best) / len(best)
