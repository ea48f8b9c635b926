"""Talks that nobody has held, in three languages, for questions to be made of them."""

import random
import re
from collections.abc import Mapping, Sequence
from typing import Any

from tests.packs import INTERVIEW, SPEAKERS, quote

_ENGLISH = (
    "I {did} {a} {thing} before we {did} the {thing} again.",
    "We {did} those {things} when every {thing} was {how}, and nobody {did} us.",
    "They {did} {a} {how} {thing}, and then these {things} {did} me {ly}.",
    "She {ly} {did} the {things} because {a} {how} {thing} {did} on the table.",
    "Honestly, nobody {did} {a} {thing} as {ly} as my {how} friends {did} it.",
    "At the harbour they {ly} {did} several {things}, {doing} all the {how} {things}.",
)
_FRENCH = (
    "Nous avons {fait} une {chose} avant de retrouver les {choses} dans le port.",
    "Elle a {fait} ces {choses} parce que chaque {chose} était {comment} pour nous.",
    "Ils ont {adv} {fait} la {chose}, et puis les {choses} nous ont {fait}.",
    "Personne n'avait {fait} une {chose} aussi {adv} que mes amis du village.",
)
_GERMAN = (
    "Wir haben die {Sache} {getan}, bevor die {Sachen} im Hafen {wie} waren.",
    "Sie hat diese {Sachen} {getan}, weil jede {Sache} für uns {wie} blieb.",
    "Niemand hatte eine {Sache} so {wie} {getan} wie meine Leute im Dorf.",
    "Damals haben wir {Sachen} und noch eine {Sache} {wie} {getan} und verkauft.",
)
_SYLLABLES = tuple(re.findall("..", "bacodifugahokilumaneporisatevuwizo"))
_FIRST = (*_SYLLABLES, "a", "e", "i", "o", "u", "an", "el", "im", "or", "un")
_LAST = ("ck", "ld", "mp", "nd", "nt", "pt", "rd", "rk", "rn", "sk", "st", "x")


def _roots(rng: random.Random) -> list[str]:
    parts = (_FIRST, _SYLLABLES, _LAST)
    return list(dict.fromkeys("".join(map(rng.choice, parts)) for _n in range(600)))


def _word(rng: random.Random, roots: Sequence[str], slot: str) -> str:
    """Fill a slot with a word of its form; a few are said often and most seldom."""
    weights = [1 / (n + 8) for n in range(len(roots))]
    root, verb, quality = rng.choices(roots, weights, k=3)
    forms = {
        "thing": root,
        "things": f"{root}s",
        "did": f"{verb}ed",
        "doing": f"{verb}ing",
        "how": f"{quality}ful",
        "ly": f"{quality}ly",
        "fait": f"{verb}é",
        "chose": f"{root}e",
        "choses": f"{root}es",
        "comment": f"{quality}able",
        "adv": f"{quality}ement",
        "Sache": f"{root.title()}ung",
        "Sachen": f"{root.title()}ungen",
        "getan": f"ge{verb}t",
        "wie": f"{quality}lich",
    }
    return forms[slot]


def _sentence(rng: random.Random, roots: Sequence[str], template: str) -> str:
    parts: list[str] = []
    for part in template.replace("}", "{").split("{"):
        is_slot = len(parts) % 2 == 1
        parts.append(_word(rng, roots, part) if is_slot and part != "a" else part)
    for n, part in enumerate(parts):
        if n % 2 and part == "a":
            following = "".join(parts[n + 1 :]).lstrip()
            parts[n] = "an" if following[0] in "aeiou" else "a"
    return "".join(parts)


LANGUAGES: Mapping[str, Sequence[str]] = {"en": _ENGLISH, "fr": _FRENCH, "de": _GERMAN}


def talk(language: str, size: int, seed: int) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    """Give an interview and its quotes."""
    rng = random.Random(seed)
    roots, templates = _roots(rng), LANGUAGES[language]
    texts = dict.fromkeys(_sentence(rng, roots, rng.choice(templates)) for _n in range(size))
    quotes = [
        quote(n, text=text, exchange=1 + n % 5, speaker=SPEAKERS[n // 5 % 2], topics=["boats"])
        for n, text in enumerate(texts, 1)
    ]
    return {**INTERVIEW, "language": language}, quotes
