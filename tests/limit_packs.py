"""Packs at the limits of what `check` allows, each in signs that are hard to count or to cut."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tests.packs import write_pack

SCRIPTS: Final[Mapping[str, str]] = {
    "latin": "Wörter über Brot und Boote ",
    "marks": "*_~`|>#-[x](y) <@1> ||",
    "arabic": "نحن لم نكن وحدنا أبدا ",
    "hebrew": "מעולם לא היינו לבד ",
    "devanagari": "क्षितिज की कहानी ",
    "thai": "เราไม่เคยอยู่คนเดียวเลย",
    "chinese": "我们从来没有孤单过",
    "emoji": "👩\u200d👩\u200d👧🇫🇷❤\ufe0f👍🏽 ",
    "zalgo": "a" + "\u0301\u0327" * 20 + " ",
    "adlam": "𞤀𞤣𞤤𞤢𞤥 𞤆𞤵𞤤𞤢𞤪 ",
}
"""By a name that can be a slug: what a text in the script is made of."""
_ANSWERS: Final = 120
_ALL: Final = 100


def words(script: str, seed: str, length: int) -> str:
    """Write a text of a length in letters that differs from every other seed's."""
    text = f"{seed} " + SCRIPTS[script] * length
    return text[:length].rstrip().ljust(length, "x")


def slug_of(crowd: str, script: str) -> str:
    """Name a pack, in as many letters as the name of a folder may have."""
    return f"{crowd}-{script}-".ljust(32, "x")


def refused_commands(script: str) -> list[tuple[str, dict[str, object]]]:
    """List commands with options that find nothing, or more than one, in a pack at its limits."""
    unknown, begun = words(script, "?", 6000), words(script, "N", 2)
    return [
        *[("quote", {"find": typed}) for typed in (unknown, "Q1 t1z", "99999", "Q1111", "wxrd")],
        *[("quote", {"find": "Q1", "speaker": name}) for name in (unknown, begun, "N1")],
        *[("quote", {"find": "Q7", "topic": name}) for name in (unknown, "t", "t2")],
        *[("fact", {"person": name}) for name in (unknown, begun, "A1-")],
        *[("fact", {"topic": name}) for name in (unknown, "t", "t2")],
        *[("cast", {"person": name}) for name in (unknown, begun, "A9", words(script, "N", 60))],
        *[("interview", {"question": number}) for number in (40, 2**31)],
        *[("schedule", {"time": typed}) for typed in (unknown, " ")],
        *[
            ("schedule", {"time": "9", "zone": typed})
            for typed in (unknown, "CST", "-01:00", "Tex")
        ],
    ]


def write_limit_pack(folder: Path, script: str, people: int = _ALL) -> Path:
    """Write a pack in which every field is as long, and every list, as may be.

    With no more than four people it has every kind of trivia, and whole answers.
    """
    few = people <= 4
    return write_pack(
        folder,
        interview=_interview(script, people),
        quotes=[_quote(script, people, n) for n in range(1, _ANSWERS + 30)],
        facts=[_fact(script, people, n) for n in range(1, 25)],
        questions=[_question(script, n) for n in range(1, 8)],
        prompts=[{"number": n, "text": words(script, f"P{n}", 300)} for n in range(1, 4)],
        answers=[_answer(script, people, n) for n in range(_ANSWERS)] if few else (),
    )


def _interview(script: str, people: int) -> Mapping[str, Any]:
    short = {name: words(script, name, 100) for name in ("title", "work", "outlet", "byline")}
    return {
        **short,
        "link": "https://example.org/" + "_" * 480,
        "rights": words(script, "R", 300),
        "people": [_person(script, n) for n in range(people)],
        "exchanges": [_exchange(script, n) for n in range(40)],
    }


def _person(script: str, number: int) -> Mapping[str, Any]:
    return {
        "key": _key(number),
        "name": words(script, f"N{number}", 100),
        "aliases": [words(script, f"A{number}-{n}", 100) for n in range(20)],
        "role": words(script, "r", 100),
        "part": words(script, "p", 100),
    }


def _exchange(script: str, number: int) -> Mapping[str, Any]:
    return {
        "number": number,
        "title": words(script, f"T{number}", 31),
        "summary": words(script, f"S{number}", 600),
        "topics": _topics(script),
        "link": f"https://example.org/{number}/" + "_" * 475,
    }


def _quote(script: str, people: int, number: int) -> Mapping[str, Any]:
    """Let most of them be said to one question, in passages of every length."""
    return {
        "number": number,
        "exchange": 1 if number <= _ANSWERS else number % 40,
        "speaker": _key(number % people),
        "text": words(script, f"Q{number}", 3000 if number % 3 else 12 + 4 * number),
        "topics": _topics(script),
    }


def _fact(script: str, people: int, number: int) -> Mapping[str, Any]:
    about = range(people) if number % 4 == 3 else range(number % 4)
    return {
        "number": number,
        "exchange": 1,
        "people": [_key(n) for n in about],
        "text": words(script, f"F{number}", 300),
        "who": words(script, f"W{number}", 300),
        "false_version": words(script, f"G{number}", 300),
        "explanation": words(script, f"E{number}", 300),
    }


def _question(script: str, number: int) -> Mapping[str, Any]:
    return {
        "number": number,
        "exchange": 1,
        "prompt": words(script, f"Y{number}", 300),
        "right": words(script, f"Z{number}", 31),
        "wrong": [words(script, f"X{number}{n}", 31) for n in range(3)],
        "explanation": words(script, f"V{number}", 300),
        "difficulty": "easy",
    }


def _answer(script: str, people: int, number: int) -> Mapping[str, Any]:
    length = 3000 if number % 10 == 0 else 10 + 7 * number
    sentences = [words(script, f"U{number}-{n}", length) for n in range(1 + number % 3)]
    return {"exchange": 2, "speaker": _key(number % people), "sentences": sentences}


def _topics(script: str) -> list[str]:
    return [words(script, f"t{n}", 24) for n in range(8)]


def _key(number: int) -> str:
    return f"person-{number:017}"
