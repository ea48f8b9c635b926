"""The words of a pack that are its own, so that they may stand in another language."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import BaseModel, StringConstraints

from bot.interview.model import Interview
from bot.interview.pack.entries import (
    Choice,
    Entry,
    FactEntry,
    InterviewEntry,
    PromptEntry,
    QuestionEntry,
    Sentence,
    ShortText,
    Summary,
    WrongChoices,
)
from bot.interview.pack.source import Record

Place = tuple[str, str]
"""Where an entry stands: `[fact.7]` is `("fact", "7")`, the only `[interview]` has no key."""
Fields = Mapping[str, Any]

NAMES: Final = frozenset({"part"})
"""Fields that hold a name more often than not; these a translation may leave as they are."""


class TranslatedEntry(Entry):
    """A translated entry; `source` sums up what it was translated from."""

    source: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")] | None = None


class InterviewWords(TranslatedEntry):
    rights: Sentence | None = None


class PersonWords(TranslatedEntry):
    role: ShortText | None = None
    part: ShortText | None = None


class ExchangeWords(TranslatedEntry):
    title: Choice | None = None
    summary: Summary | None = None


class FactWords(TranslatedEntry):
    text: Sentence | None = None
    who: Sentence | None = None
    false_version: Sentence | None = None
    explanation: Sentence | None = None


class QuestionWords(TranslatedEntry):
    prompt: Sentence | None = None
    right: Choice | None = None
    wrong: WrongChoices | None = None
    explanation: Sentence | None = None


class PromptWords(TranslatedEntry):
    text: Sentence | None = None


KINDS: Final[Mapping[str, type[TranslatedEntry]]] = {
    "interview": InterviewWords,
    "person": PersonWords,
    "exchange": ExchangeWords,
    "fact": FactWords,
    "question": QuestionWords,
    "prompt": PromptWords,
}
SINGLE: Final = "interview"
TOPICS: Final = "topics"


@dataclass(frozen=True, slots=True)
class Original:
    """The translatable words of an entry, and where it stands in the pack."""

    fields: Fields
    is_withdrawn: bool = False

    @property
    def fingerprint(self) -> str:
        """Sum up the words, so that a translation knows whether it is still one of them."""
        canonical = json.dumps(self.fields, ensure_ascii=False, sort_keys=True)
        return hashlib.blake2b(canonical.encode(), digest_size=4).hexdigest()


def originals(
    entry: InterviewEntry,
    interview: Interview,
    facts: Iterable[Record[FactEntry]],
    questions: Iterable[Record[QuestionEntry]],
    prompts: Iterable[Record[PromptEntry]],
) -> Mapping[Place, Original]:
    """Collect all that a pack says in its own words; what has none is not among it."""
    words: dict[Place, Original] = {(SINGLE, ""): _original(SINGLE, entry)}
    for person, row in zip(interview.people, entry.people, strict=True):
        words["person", person.key] = _original("person", row)
    for row in entry.exchanges:
        words["exchange", str(row.number)] = _original("exchange", row)
    for kind, entries in (("fact", facts), ("question", questions), ("prompt", prompts)):
        for row in (record.entry for record in entries):
            if row.number is not None:
                words[kind, str(row.number)] = _original(kind, row, is_withdrawn=row.withdrawn)
    return {place: original for place, original in words.items() if original.fields}


def fields_of(words: TranslatedEntry) -> Fields:
    """List what was translated, by field."""
    return words.model_dump(exclude={"source"}, exclude_none=True)


def _original(kind: str, row: BaseModel, *, is_withdrawn: bool = False) -> Original:
    names = KINDS[kind].model_fields.keys() - TranslatedEntry.model_fields.keys()
    words = row.model_dump(include=set(names), exclude_none=True)
    return Original(words, is_withdrawn=is_withdrawn)
