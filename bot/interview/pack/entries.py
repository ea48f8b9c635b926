"""The entries of a pack as an editor writes them, and what each field may hold."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from bot.interview.model import (
    KEY_PATTERN,
    MAX_CHOICE,
    SLUG_PATTERN,
    Difficulty,
    QuoteGame,
    Spoiler,
)

MAX_TOPIC = 24
"""Characters of a topic: it stands in custom ids."""
MAX_QUOTE = 3000
MAX_SUMMARY = 600

# All that Python, or who reads it, takes for the end of a line.
_BREAKS = frozenset("\n\r\x00\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
# Such as the backspace that "C:\\books" has in TOML.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LEVELS = {"none": Spoiler.NONE, "mild": Spoiler.MILD, "major": Spoiler.MAJOR}


def _one_line(text: str) -> str:
    if not _BREAKS.isdisjoint(text):
        raise ValueError("holds a line break")
    if _UNSEEN.search(text):
        raise ValueError("holds an invisible character")
    return text


def _topic(text: str) -> str:
    if ":" in text:
        raise ValueError("holds a colon")
    return text


Number = Annotated[int, Field(ge=1, le=999_999_999)]
ExchangeNumber = Annotated[int, Field(ge=0, le=999_999)]
# Pydantic matches with an engine in Rust, where $ is the very end and never before a line break.
Key = Annotated[str, StringConstraints(pattern=f"^{KEY_PATTERN}$")]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
"""A person's key; whether it is one is asked where the people are known, to say which it is."""
Level = Literal["none", "mild", "major"]
Link = Annotated[str, StringConstraints(pattern=r"^https?://[^\s()<>]+$", max_length=500)]
HexColour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
Topic = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TOPIC),
    AfterValidator(_one_line),
    AfterValidator(_topic),
]
Topics = Annotated[list[Topic], Field(max_length=8)]
ShortText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    AfterValidator(_one_line),
]
Choice = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_CHOICE),
    AfterValidator(_one_line),
]
Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=300),
    AfterValidator(_one_line),
]
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUOTE),
    AfterValidator(_one_line),
]
Summary = Annotated[Words, StringConstraints(max_length=MAX_SUMMARY)]
WrongChoices = Annotated[list[Choice], Field(min_length=3, max_length=3)]


class Entry(BaseModel):
    """What all entries share: nothing unknown, nothing guessed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PersonEntry(Entry):
    name: ShortText
    key: Key | None = None
    aliases: Annotated[list[ShortText], Field(max_length=20)] = []
    role: ShortText | None = None
    part: ShortText | None = None
    pronoun: Literal["she", "he", "they"] | None = None


class ExchangeEntry(Entry):
    """`guessed` is false for what no trivia asks for: its title tells it from no other."""

    number: ExchangeNumber
    title: Choice
    summary: Summary
    topics: Topics = []
    spoiler: Level = "none"
    guessed: bool = True
    link: Link | None = None


class ColoursEntry(Entry):
    """What quotes are drawn in as pictures; without an accent each speaker has their own."""

    background: HexColour
    text: HexColour
    accent: HexColour | None = None


class InterviewEntry(Entry):
    """`mature_words` keep passages of a loaded transcript to age-restricted channels."""

    title: ShortText
    work: ShortText | None = None
    outlet: ShortText
    byline: ShortText | None = None
    link: Link | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")] = "en"
    rights: Sentence | None = None
    mature_words: Annotated[list[ShortText], Field(max_length=500)] = []
    colours: ColoursEntry | None = None
    people: list[PersonEntry] = []
    exchanges: list[ExchangeEntry] = []


class AdditionEntry(Entry):
    """The interview.toml of a loaded transcript that belongs to an interview there is already."""

    adds_to: Annotated[str, StringConstraints(pattern=f"^{SLUG_PATTERN}$")]


class NumberedEntry(Entry):
    """An entry whose number members and buttons know it by; `None` is a missing one.

    `since` is the first day whose card may show it; `None` is every day.
    """

    number: Number | None = None
    withdrawn: bool = False
    # TOML has days, JSON only their text, which strict mode would refuse.
    since: Annotated[date | None, Field(strict=False)] = None


class SourcedEntry(NumberedEntry):
    """An entry that rests on an exchange; `spoiler` and `topics` default to those of it."""

    exchange: ExchangeNumber
    spoiler: Level | None = None
    mature: bool = False


class QuoteEntry(SourcedEntry):
    """`drawn` is false for what can be found but never comes at random.

    `games` are the kinds of trivia that it is fit for; `None` is all of them.
    """

    speaker: Name
    text: Words
    topics: Topics | None = None
    drawn: bool = True
    # TOML has only texts for them, which strict mode would refuse.
    games: list[Annotated[QuoteGame, Field(strict=False)]] | None = None


class FactEntry(SourcedEntry):
    people: list[Name]
    text: Sentence
    topics: Topics | None = None
    who: Sentence | None = None
    false_version: Sentence | None = None
    explanation: Sentence | None = None


class QuestionEntry(SourcedEntry):
    """`not_with` are questions that give it away, or that it gives away: either side says it."""

    about: Number | None = None
    not_with: Annotated[list[Number], Field(max_length=20)] = []
    prompt: Sentence
    right: Choice
    wrong: WrongChoices
    explanation: Sentence
    difficulty: Annotated[Difficulty, Field(strict=False)]


class PromptEntry(NumberedEntry):
    text: Sentence


class AnswerEntry(Entry):
    """The whole of what a speaker said to a question, from a loaded transcript."""

    exchange: ExchangeNumber
    speaker: Name
    sentences: Annotated[list[Words], Field(min_length=1)]


def spoiler_of(level: str) -> Spoiler:
    return _LEVELS[level]
