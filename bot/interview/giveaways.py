"""Words by which a line tells whose it is, so that nobody can be asked who said it."""

from functools import lru_cache
from typing import Final

from bot.interview.model import Interview
from bot.interview.words import words_of

_OWN_PART: Final = tuple(
    f" {' '.join(words_of(phrase))} "
    for phrase in (
        *("my character", "my role", "my part", "mon personnage", "mon rôle", "meine figur"),
        *("meine rolle", "mi personaje", "mi papel", "il mio personaggio", "il mio ruolo"),
        *("minha personagem", "meu personagem", "meu papel", "mijn personage", "mijn rol"),
    )
)


def is_anybodys(text: str, interview: Interview) -> bool:
    """Say whether a line does not name anybody, and speaks of no part of the speaker's own."""
    words = words_of(text)
    line = f" {' '.join(words)} "
    if any(phrase in line for phrase in _OWN_PART):
        return False
    names = (name for person in interview.people for name in (person.name, *person.aliases))
    parts = (person.part for person in interview.people)
    return _words((*names, *parts)).isdisjoint(words)


@lru_cache(maxsize=64)
def _words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in words_of(name))
