"""What an interview consists of: the rows that everything else speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Final

CUT: Final = "[…]"
"""What stands in a quote for words that were left out."""
SLUG_PATTERN: Final = "[a-z0-9-]{1,32}"
"""What may name an interview; with all else a custom id has at most 100 characters."""
KEY_PATTERN: Final = "[a-z0-9-]{1,24}"
"""What may name a person, for the same reason."""
MAX_CHOICE: Final = 31
"""Characters of a choice: a button carries 34, and three are its letter."""


class Spoiler(IntEnum):
    """How much an item gives away."""

    NONE = 0
    MILD = 1
    MAJOR = 2


class Difficulty(StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class ItemKind(StrEnum):
    """What a number counts: numbers are unique in their kind and interview."""

    QUOTE = "quote"
    FACT = "fact"
    QUESTION = "question"
    PROMPT = "prompt"


class QuoteGame(StrEnum):
    """What trivia asks of a quote: by whom, which word, to which question, whose of two."""

    WHO = "who"
    LINE = "line"
    QUESTION = "question"
    COMPARE = "compare"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in the interview or is spoken of.

    `key` stands in custom ids and never changes.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    part: str = ""
    pronoun: str = ""
    is_speaker: bool = False


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of the interviewer and its answers; number 0 is the introduction.

    `title` is at most MAX_CHOICE characters, so that a button carries it; where it tells nothing,
    nobody is asked to guess the question by it.
    """

    number: int
    title: str
    summary: str
    topics: tuple[str, ...] = ()
    spoiler: Spoiler = Spoiler.NONE
    link: str = ""
    is_guessed: bool = True

    @property
    def is_choice(self) -> bool:
        """Say whether it can be a choice of a trivia question."""
        return self.number > 0 and self.is_guessed


@dataclass(frozen=True, slots=True)
class Colours:
    """What quotes are drawn in as pictures, each 0xRRGGBB; without an accent as speakers are."""

    background: int
    text: int
    accent: int | None = None


@dataclass(frozen=True, eq=False)
class Interview:
    """What an interview is, without its items; two are the same if they are one object."""

    slug: str
    title: str
    work: str
    outlet: str
    byline: str
    link: str
    language: str
    rights: str
    people: tuple[Person, ...]
    exchanges: tuple[Exchange, ...]
    topic_names: tuple[tuple[str, str], ...] = ()
    """What topics are called in a language that is not the pack's own."""
    colours: Colours | None = None

    @cached_property
    def people_by_key(self) -> Mapping[str, Person]:
        return {person.key: person for person in self.people}

    @cached_property
    def exchanges_by_number(self) -> Mapping[int, Exchange]:
        return {exchange.number: exchange for exchange in self.exchanges}

    @cached_property
    def speakers(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.is_speaker)

    def topic_name(self, topic: str) -> str:
        """Give what a topic is called; buttons and filters know it by its own name."""
        return self._topic_names.get(topic, topic)

    @cached_property
    def _topic_names(self) -> Mapping[str, str]:
        return dict(self.topic_names)

    @cached_property
    def question_count(self) -> int:
        """How many questions were asked; the introduction is none."""
        return sum(exchange.number > 0 for exchange in self.exchanges)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of one speaker, verbatim but for what `CUT` stands for.

    One that is not `is_drawn` can be found but never comes at random. `since`, here and below, is
    the first UTC day whose card may show the item, `games` are those that it is fit for; they are
    known while the content is built, only.
    """

    slug: str
    number: int
    exchange: int
    speaker: str
    text: str
    topics: tuple[str, ...] = ()
    spoiler: Spoiler = Spoiler.NONE
    is_mature: bool = False
    is_drawn: bool = True
    since: int = 0
    games: tuple[QuoteGame, ...] = tuple(QuoteGame)

    @property
    def statement(self) -> str:
        """Name what is stated, the same for each kind of question that rests on it."""
        return f"quote:{self.number}"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the interview tells, in our words; `people` are keys.

    `who` is the same statement as a question that names nobody. `place` and `total` count the
    facts about the same people.
    """

    slug: str
    number: int
    people: tuple[str, ...]
    exchange: int
    text: str
    topics: tuple[str, ...] = ()
    spoiler: Spoiler = Spoiler.NONE
    is_mature: bool = False
    who: str = ""
    false_version: str = ""
    explanation: str = ""
    place: int = 0
    total: int = 0
    since: int = 0

    @property
    def statement(self) -> str:
        return f"fact:{self.number}"


@dataclass(frozen=True, slots=True)
class CuratedQuestion:
    """An editor's trivia question; `about` is the number of the fact that it asks for.

    `not_with` are the numbers of questions that must not come in one game with it; it is known
    while the content is built, only.
    """

    slug: str
    number: int
    exchange: int
    prompt: str
    right: str
    wrong: tuple[str, ...]
    explanation: str
    difficulty: Difficulty
    about: int | None = None
    spoiler: Spoiler = Spoiler.NONE
    is_mature: bool = False
    since: int = 0
    not_with: tuple[int, ...] = ()

    @property
    def statement(self) -> str:
        return f"question:{self.number}" if self.about is None else f"fact:{self.about}"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A question to talk about, with no right answer."""

    slug: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one speaker said to one question; only where a transcript was loaded."""

    slug: str
    exchange: int
    speaker: str
    sentences: tuple[str, ...] = field(default=())
