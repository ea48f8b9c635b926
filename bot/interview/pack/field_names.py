"""The words that stand in a pack's files, and which of them somebody meant."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

_FIELDS: Final = (
    "about accent adds_to aliases background byline colours difficulty drawn exchange exchanges"
    " explanation facts false_version games guessed key language link mature mature_words name"
    " not_with number outlet part people prompt prompts pronoun questions quotes right rights role"
    " since source speaker spoiler summary text title topics who withdrawn work wrong"
)
FIELDS: Final = frozenset(_FIELDS.split())
"""Every field that any entry has; `tests/interview/pack/test_field_names.py` holds it whole."""
LISTS: Final = frozenset(
    {"aliases", "games", "mature_words", "not_with", "people", "topics", "wrong"}
)
"""Fields that take a list of words or numbers."""
NUMBERS: Final = frozenset({"about", "exchange", "number"})
TRUTHS: Final = frozenset({"drawn", "guessed", "mature", "withdrawn"})
TEXTS: Final = FIELDS - LISTS - NUMBERS - TRUTHS - {"since", "colours", "exchanges"}
"""Fields that take words, and the few that only programs write."""
LEVELS: Final[Mapping[str, Sequence[str]]] = {
    "difficulty": ("easy", "medium", "hard"),
    "pronoun": ("she", "he", "they"),
    "spoiler": ("none", "mild", "major"),
}
"""Fields that take one of a few words."""
_MEANINGS: Final[Mapping[str, str]] = {
    "answer": "right",
    "answers": "wrong",
    "author": "byline",
    "choices": "wrong",
    "colors": "colours",
    "fact": "text",
    "id": "number",
    "interviewer": "byline",
    "level": "difficulty",
    "lang": "language",
    "options": "wrong",
    "person": "people",
    "question": "prompt",
    "questions": "exchanges",
    "quote": "text",
    "source": "link",
    "speakers": "people",
    "spoilers": "spoiler",
    "tags": "topics",
    "url": "link",
}
"""What other programs call it."""
_FILES: Final[Mapping[str, str]] = {
    "people": "interview.toml",
    "exchanges": "interview.toml",
    "quotes": "quotes.toml",
    "facts": "facts.toml",
    "questions": "trivia.toml",
    "prompts": "prompts.toml",
}
# Of rapidfuzz's 100: one letter of four.
_CLOSE_ENOUGH: Final = 74.9
_MOST_LETTERS: Final = 60


def nearest(typed: str, names: Collection[str]) -> str | None:
    """Give what was meant by a word that is not known; None where nothing is near."""
    # Only a mistake pays for the import.
    from rapidfuzz import fuzz, process

    word = "_".join(typed[:_MOST_LETTERS].casefold().replace("-", " ").split())
    by_word = {name.casefold(): name for name in names}
    if word in by_word:
        return by_word[word]
    match = process.extractOne(word, list(by_word), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    if match is not None:
        return by_word[match[0]]
    meaning = _MEANINGS.get(word)
    return meaning if meaning in names else None


def file_named_like(name: str) -> str | None:
    """Give the file of a pack that was meant by the name of another."""
    stem, _dot, suffixes = name.partition(".")
    # As Windows and browsers name a second one: facts (1).toml, facts - Copy.toml.
    stem = re.sub(r"(?i)\W*(?:\(\d+\)|copy|backup|old)?$", "", stem)
    match = nearest(stem, {**_FILES, "interview": "", "trivia": ""})
    if match == "quotes" and suffixes.startswith("json"):
        return "quotes.jsonl"
    return _FILES.get(match, f"{match}.toml") if match else None


def file_of(name: str) -> str | None:
    """Give the file in which entries of a name stand."""
    return _FILES.get(nearest(name, _FILES) or "")
