"""The six kinds of trivia, made from the rows of an interview."""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from bot.interview.model import (
    CuratedQuestion,
    Difficulty,
    Fact,
    Interview,
    ItemKind,
    Quote,
)
from bot.state.questions import StoredQuestion, Worth
from bot.text import _, say
from bot.trivia.scoring import worth

MAX_CHOICES: Final = 4
_NUMBERED: Final = re.compile(r"[^\W\d_]|.*\d")
_REMEMBERED: Final = 64
"""Questions of which it is remembered how they read: many answer the same one."""
_BOTH, _NEITHER = _("Both of them"), _("Neither of them")
_TRUE, _FALSE = _("True"), _("False")


class Kind(StrEnum):
    """What a member may ask for; the values are stored."""

    CURATED = "curated"
    WHO = "who"
    LINE = "line"
    QUESTION = "question"
    COMPARE = "compare"
    TRUE_OR_FALSE = "true-or-false"


class Source(StrEnum):
    """Which items a question is made of; the values name the library's facets."""

    CURATED = "curated"
    WHO = "who"
    SAID = "said"
    LINE = "line"
    ASKED = "asked"
    COMPARE = "compare"
    TRUE_OR_FALSE = "true_or_false"


KIND_OF: Final = {
    Source.CURATED: Kind.CURATED,
    Source.WHO: Kind.WHO,
    Source.SAID: Kind.WHO,
    Source.LINE: Kind.LINE,
    Source.ASKED: Kind.QUESTION,
    Source.COMPARE: Kind.COMPARE,
    Source.TRUE_OR_FALSE: Kind.TRUE_OR_FALSE,
}
ITEM_KIND_OF: Final = {
    Source.CURATED: ItemKind.QUESTION,
    Source.WHO: ItemKind.FACT,
    Source.SAID: ItemKind.QUOTE,
    Source.LINE: ItemKind.QUOTE,
    Source.ASKED: ItemKind.QUOTE,
    Source.COMPARE: ItemKind.QUOTE,
    Source.TRUE_OR_FALSE: ItemKind.FACT,
}
DIFFICULTY_OF: Final = {
    Source.WHO: Difficulty.EASY,
    Source.SAID: Difficulty.MEDIUM,
    Source.LINE: Difficulty.HARD,
    Source.ASKED: Difficulty.MEDIUM,
    Source.COMPARE: Difficulty.MEDIUM,
    Source.TRUE_OR_FALSE: Difficulty.EASY,
}


@dataclass(frozen=True, slots=True)
class Question:
    """A question as members see it; stored like this, so that an edited pack changes no verdict.

    `prompt` asks, `passage` is what it asks about (a quote, a statement) or empty, `right` is the
    place of the right choice, `exchange` where in the interview the answer stands, `statement` what
    other questions may state as well.
    """

    slug: str
    source: Source
    number: int
    difficulty: Difficulty
    prompt: str
    passage: str
    choices: tuple[str, ...]
    right: int
    explanation: str
    exchange: int
    statement: str = ""

    @property
    def item(self) -> str:
        """Name what was asked, for those who master it."""
        return f"{self.source.value}:{self.number}"

    @property
    def worth(self) -> Worth:
        """Give what a right answer brings."""
        return worth(self.difficulty, len(self.choices))

    def stored(self) -> StoredQuestion:
        """Write it as it is stored."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return StoredQuestion(
            document=json.dumps(values, ensure_ascii=False, separators=(",", ":")),
            choice_count=len(self.choices),
            right_choice=self.right,
            slug=self.slug,
            kind=KIND_OF[self.source].value,
            item=self.item,
            statement=self.statement,
            worth=self.worth,
        )

    @classmethod
    @lru_cache(_REMEMBERED)
    def from_json(cls, text: str) -> "Question":
        values: dict[str, Any] = json.loads(text)
        values["source"] = Source(values["source"])
        values["difficulty"] = Difficulty(values["difficulty"])
        values["choices"] = tuple(values["choices"])
        return cls(**values)


def curated(question: CuratedQuestion, rng: random.Random) -> Question:
    choices, right = shuffled(question.right, question.wrong, rng)
    return Question(
        question.slug,
        Source.CURATED,
        question.number,
        question.difficulty,
        question.prompt,
        "",
        choices,
        right,
        question.explanation,
        question.exchange,
        question.statement,
    )


def who(fact: Fact, interview: Interview, locale: str) -> Question | None:
    """Ask whom a fact is about: one of the speakers, both, or neither."""
    names = first_names(interview)
    about = [names[key] for key in fact.people if key in names]
    if len(names) == 2:
        choices = (*names.values(), say(_BOTH, locale), say(_NEITHER, locale))
        right = choices.index(about[0]) if len(about) == 1 else (3 if not about else 2)
    elif len(about) == 1 and len(fact.people) == 1 and 2 < len(names) <= MAX_CHOICES:
        choices = tuple(names.values())
        right = choices.index(about[0])
    else:
        return None
    return derived(fact, Source.WHO, fact.who, "", choices, right, fact.text)


def has_speakers_for(source: Source, interview: Interview) -> bool:
    """Say whether enough people speak that one can be told from another, and no more than fit."""
    count = len(interview.speakers)
    if source is Source.SAID:
        return 1 < count <= MAX_CHOICES and _are_told_apart(interview)
    return source is not Source.COMPARE or (count > 1 and _are_told_apart(interview))


def _are_told_apart(interview: Interview) -> bool:
    """Say whether at most one voice is a mere "B" or "Speaker 2", which nobody can tell."""
    nameless = [person for person in interview.speakers if _NUMBERED.fullmatch(person.name)]
    return len(nameless) <= 1


def true_or_false(fact: Fact, rng: random.Random, locale: str) -> Question | None:
    if not fact.false_version:
        return None
    is_true = rng.random() < 0.5
    claim = fact.text if is_true else fact.false_version
    choices = (say(_TRUE, locale), say(_FALSE, locale))
    why = fact.text if is_true else fact.explanation
    prompt = say(_("True or false?"), locale)
    right = 0 if is_true else 1
    return derived(fact, Source.TRUE_OR_FALSE, prompt, claim, choices, right, why)


def derived(
    item: Quote | Fact,
    source: Source,
    prompt: str,
    passage: str,
    choices: Sequence[str],
    right: int,
    explanation: str,
) -> Question:
    return Question(
        item.slug,
        source,
        item.number,
        DIFFICULTY_OF[source],
        prompt,
        passage,
        tuple(choices),
        right,
        explanation,
        item.exchange,
        item.statement,
    )


def shuffled(right: str, wrong: Sequence[str], rng: random.Random) -> tuple[tuple[str, ...], int]:
    choices = [right, *wrong]
    rng.shuffle(choices)
    return tuple(choices), choices.index(right)


def first_names(interview: Interview) -> dict[str, str]:
    """Name the speakers shortly: by first names where these differ."""
    full = {person.key: person.name for person in interview.speakers}
    first = {key: name.split()[0] for key, name in full.items()}
    return first if len(set(first.values())) == len(first) else full
