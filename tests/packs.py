"""Small packs about an interview that never took place."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tomli_w

SPEAKERS = ("ada-example", "ben-sample")
TOPICS = ("boats", "bread")

INTERVIEW: Mapping[str, Any] = {
    "title": "Two bakers on a boat",
    "work": "The Floating Oven",
    "outlet": "The Harbour Post",
    "byline": "Cora Writer",
    "link": "https://example.org/floating-oven",
    "mature_words": ["damn"],
    "people": [
        {"name": "Ada Example", "role": "baker", "part": "Rye", "pronoun": "she"},
        {"name": "Ben Sample", "aliases": ["Benny"], "role": "skipper", "pronoun": "he"},
        {"name": "Dan Absent", "role": "miller"},
    ],
    "exchanges": [
        {"number": 0, "title": "The boat", "summary": "What the boat is.", "topics": ["boats"]},
        {"number": 1, "title": "The idea", "summary": "How it began.", "topics": ["boats"]},
        {"number": 2, "title": "The oven", "summary": "What it weighs.", "topics": ["bread"]},
        {"number": 3, "title": "The storm", "summary": "What it cost.", "spoiler": "mild"},
        {"number": 4, "title": "The end", "summary": "How it ended.", "spoiler": "major"},
        {"number": 5, "title": "The winter", "summary": "What they do when it is cold."},
    ],
}


def quote(number: int, **fields: Any) -> dict[str, Any]:
    """Make a quote that differs from every other number's."""
    return {
        "number": number,
        "exchange": 1 + number % 2,
        "speaker": SPEAKERS[number % 2],
        "text": f"Before the tide came in that morning we baked loaf number {number}.",
        "topics": [TOPICS[number % 2]],
        **fields,
    }


def fact(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "number": number,
        "people": [SPEAKERS[number % 2]],
        "exchange": 1,
        "text": f"One of the bakers has {number} sourdough starters.",
        "who": f"Who has {number} sourdough starters?",
        "false_version": f"One of the bakers has {number + 1000} sourdough starters.",
        "explanation": f"There are {number} of them.",
        **fields,
    }


def question(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "number": number,
        "exchange": 2,
        "prompt": f"What stood on shelf {number} of the galley?",
        "right": "A jar of starter",
        "wrong": ["A bag of flour", "A tin of salt", "A map of the coast"],
        "explanation": "The starter stood there.",
        "difficulty": ("easy", "medium", "hard")[number % 3],
        **fields,
    }


def translated_fact(number: int, **fields: Any) -> dict[str, Any]:
    """Translate the fact of a number into French."""
    return {
        "text": f"Quelqu’un a {number} levains.",
        "who": f"Qui a {number} levains ?",
        "false_version": f"Quelqu’un a {number + 1000} levains.",
        "explanation": f"Il y en a {number}.",
        **fields,
    }


def translated_question(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "prompt": f"Qu’y avait-il sur l’étagère {number} ?",
        "right": "Un pot de levain",
        "wrong": ["Un sac de farine", "Une boîte de sel", "Une carte marine"],
        "explanation": "Le levain était là.",
        **fields,
    }


def write_pack(
    folder: Path,
    *,
    interview: Mapping[str, Any] = INTERVIEW,
    quotes: Sequence[Mapping[str, Any]] | None = None,
    facts: Sequence[Mapping[str, Any]] = (),
    questions: Sequence[Mapping[str, Any]] = (),
    prompts: Sequence[Mapping[str, Any]] = (),
    answers: Sequence[Mapping[str, Any]] = (),
    languages: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> Path:
    """Write a pack of its own, with six quotes where none are given, and its translations."""
    quotes = [quote(n) for n in range(1, 7)] if quotes is None else quotes
    folder.mkdir(parents=True, exist_ok=True)
    tables = {
        "quotes.toml": ("quotes", quotes),
        "facts.toml": ("facts", facts),
        "trivia.toml": ("questions", questions),
        "prompts.toml": ("prompts", prompts),
    }
    (folder / "interview.toml").write_text(tomli_w.dumps(interview), "utf-8")
    for name, (table, rows) in tables.items():
        if rows:
            (folder / name).write_text(toml_entries(table, rows), "utf-8")
    for language, entries in languages.items():
        (folder / f"{language}.toml").write_text(tomli_w.dumps(entries), "utf-8")
    if answers:
        write_lines(folder / "answers.jsonl", answers)
    return folder


def toml_entries(table: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """Write entries as an editor does, each under a header of its own."""
    return "\n".join(f"[[{table}]]\n{tomli_w.dumps(row)}" for row in rows)


def write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, default=str) + "\n" for row in rows)
